package org.minusone.alerting.notify.channel;

import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.minusone.alerting.notify.Message;
import org.minusone.alerting.notify.Notifier;
import org.minusone.alerting.notify.Outcome;

/** {@link Cap} 1.2 XML by HTTP POST, to whatever takes warnings from several systems. */
public final class CapPost implements Notifier {
  private final URI url;
  private final Map<String, String> headers;
  private final Cap cap;
  private final HttpCall http;

  /**
   * @param headers further ones: an authorization
   * @param sender who answers for it, see {@link Cap}
   */
  public CapPost(
      URI url, Map<String, String> headers, String sender, boolean exercise, InstantSource clock) {
    this(url, headers, sender, exercise, new HttpCall(clock));
  }

  CapPost(URI url, Map<String, String> headers, String sender, boolean exercise, HttpCall http) {
    this.url = url;
    this.headers = Map.copyOf(headers);
    this.cap = new Cap(sender, exercise);
    this.http = http;
  }

  @Override
  public boolean summarises() {
    return false;
  }

  @Override
  public Outcome send(Message m) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/cap+xml; charset=utf-8");
    all.put("X-MinusOne-Delivery", m.delivery().replaceAll("[^\\x21-\\x7e]", "_"));
    return http.send("POST", url, all, cap.xml(m)).orAccepted();
  }
}
