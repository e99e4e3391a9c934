package org.minusone.alerting.notify;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is told what.
 *
 * @param receivers by name
 * @param giveUpAfter how long a delivery is tried
 * @param deadMan where a beat goes while all is well; null = nowhere
 * @param deadManEvery between two beats
 * @param console its address, for links; null where not known
 */
public record NotifyConfig(
    Map<String, Notifier> receivers,
    List<Route> routes,
    Duration giveUpAfter,
    URI deadMan,
    Duration deadManEvery,
    String console) {
  public static final Duration USUAL_PATIENCE = Duration.ofHours(1);
  public static final Duration USUAL_BEAT = Duration.ofSeconds(60);

  /** Nobody is told anything. */
  public static final NotifyConfig NOBODY =
      new NotifyConfig(Map.of(), List.of(), USUAL_PATIENCE, null, USUAL_BEAT, null);

  public NotifyConfig {
    receivers = Map.copyOf(receivers);
    routes = List.copyOf(routes);
    for (Route route : routes) {
      for (String to : route.to()) {
        if (!receivers.containsKey(to)) {
          throw new IllegalArgumentException("no such receiver: " + to);
        }
      }
    }
  }

  public Set<String> names() {
    return receivers.keySet();
  }

  public boolean isNobody() {
    return receivers.isEmpty() && deadMan == null;
  }
}
