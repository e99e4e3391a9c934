package org.minusone.alerting.notify.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.minusone.alerting.notify.Message;
import org.minusone.alerting.notify.Notifier;
import org.minusone.alerting.notify.Outcome;
import org.minusone.alerting.notify.Texts;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.codec.Json;

/**
 * JSON as Alertmanager's webhook sends it (version 4), with our own event beside it under {@code
 * minusone}. Headers: {@code X-MinusOne-Delivery}, by which a receiver drops what comes twice;
 * {@code X-MinusOne-Timestamp}, epoch seconds; {@code X-MinusOne-Signature}, {@code sha256=} and
 * the hexadecimal HMAC-SHA256 of {@code timestamp + "." + body}. A receiver that checks both and
 * refuses old timestamps cannot be played a recording.
 */
public final class Webhook implements Notifier {
  private final String name;
  private final URI url;
  private final String secret;
  private final Texts.Language language;
  private final HttpCall http;

  /**
   * @param secret null = unsigned
   */
  public Webhook(
      String name, URI url, String secret, Texts.Language language, InstantSource clock) {
    this(name, url, secret, language, new HttpCall(clock));
  }

  Webhook(String name, URI url, String secret, Texts.Language language, HttpCall http) {
    this.name = name;
    this.url = url;
    this.secret = secret;
    this.language = language;
    this.http = http;
  }

  @Override
  public Outcome send(Message message) {
    String body = Json.text(body(message));
    Map<String, String> headers = new LinkedHashMap<>();
    String timestamp = Long.toString(http.clock().instant().getEpochSecond());
    headers.put("X-MinusOne-Delivery", message.delivery().replaceAll("[^\\x21-\\x7e]", "_"));
    headers.put("X-MinusOne-Timestamp", timestamp);
    if (secret != null) {
      String signature = HexFormat.of().formatHex(Hmac.sha256(secret, timestamp + "." + body));
      headers.put("X-MinusOne-Signature", "sha256=" + signature);
    }
    return http.postJson(url, headers, body).orAccepted();
  }

  private ObjectNode body(Message m) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    AlertEvent event = m.event();
    boolean firing = event == null || isFiring(event.alert());
    root.put("version", "4");
    root.put("groupKey", event == null ? m.delivery() : event.alert().id());
    root.put("truncatedAlerts", 0);
    root.put("status", firing ? "firing" : "resolved");
    root.put("receiver", name);
    root.putObject("groupLabels");
    root.putObject("commonLabels");
    root.putObject("commonAnnotations").put("summary", Texts.title(m, language));
    root.put("externalURL", Objects.requireNonNullElse(m.link(), ""));
    var alerts = root.putArray("alerts");
    ObjectNode own = root.putObject("minusone");
    own.put("delivery", m.delivery());
    if (event == null) {
      own.set("summary", Json.MAPPER.valueToTree(Texts.lines(m, language)));
      return root;
    }
    own.set("event", Json.MAPPER.valueToTree(event));
    Alert a = event.alert();
    ObjectNode one = alerts.addObject();
    one.put("status", firing ? "firing" : "resolved");
    ObjectNode labels = one.putObject("labels");
    labels.put("alertname", a.rule());
    labels.put("severity", a.severity() == null ? "none" : a.severity().id());
    labels.put("site", a.site().value());
    labels.put("sensor", a.sensor().value());
    labels.put("family", a.family() == null ? "" : a.family().id());
    root.set("groupLabels", labels.deepCopy().retain("alertname", "sensor"));
    root.set("commonLabels", labels.deepCopy());
    ObjectNode annotations = one.putObject("annotations");
    annotations.put("summary", Texts.title(m, language));
    annotations.put("description", String.join("\n", Texts.lines(m, language)));
    one.put("startsAt", a.startedAt().toString());
    one.put("endsAt", text(firing ? null : Objects.requireNonNullElse(a.clearedAt(), event.at())));
    one.put("generatorURL", Objects.requireNonNullElse(m.link(), ""));
    one.put("fingerprint", Integer.toHexString(a.id().hashCode()));
    return root;
  }

  private static boolean isFiring(Alert alert) {
    return switch (alert.state()) {
      case FOREWARNED, ACTIVE -> true;
      case CLEARED, CLOSED -> false;
    };
  }

  /** Alertmanager's way to say not yet. */
  private static String text(Instant end) {
    return end == null ? "0001-01-01T00:00:00Z" : end.toString();
  }
}
