package org.minusone.ingest.mqtt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session is subscribed to. It outlives the session's connections, so that a filter that
 * went while we were away is taken from the broker's session too.
 *
 * <p>Owned by the session's thread.
 */
final class Subscriptions {
  private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

  /** Retain Handling 2: no retained messages at subscribe; they were readings once already. */
  private static final int NO_RETAINED = 2;

  private final MqttSettings settings;
  private final Set<String> had = new HashSet<>();
  private final Set<String> refused = new HashSet<>();

  Subscriptions(MqttSettings settings) {
    this.settings = settings;
    if (settings.group() != null) {
      // The session may be from a time without a group: it would have everything twice.
      had.addAll(settings.filters());
    }
  }

  /**
   * Subscribes to all of {@code further} and to what is wanted in any case, anew: a broker may have
   * lost the session, or a part of it.
   *
   * @throws Connection.NotOpened if one that is wanted in any case is refused
   */
  void renew(MqttAsyncClient client, Set<String> further)
      throws MqttException, Connection.NotOpened {
    refused.clear();
    Set<String> wanted = wanted(further);
    unsubscribe(client, minus(had, wanted));
    Set<String> base = shared(settings.filters());
    List<Integer> codes = subscribe(client, List.copyOf(base));
    for (int code : codes) {
      if (code >= 0x80) {
        throw new Connection.NotOpened(
            "cannot subscribe: " + ConnectProblem.ofReason(code, null), null);
      }
    }
    had.addAll(base);
    add(client, minus(wanted, base));
  }

  /** Subscribes and unsubscribes what changed. */
  void follow(MqttAsyncClient client, Set<String> further) throws MqttException {
    Set<String> wanted = wanted(further);
    refused.retainAll(wanted);
    unsubscribe(client, minus(had, wanted));
    Set<String> missing = minus(wanted, had);
    missing.removeAll(refused);
    add(client, missing);
  }

  private void add(MqttAsyncClient client, Set<String> filters) throws MqttException {
    List<String> adding = List.copyOf(filters);
    List<Integer> codes = subscribe(client, adding);
    for (int i = 0; i < adding.size(); i++) {
      if (codes.get(i) < 0x80) {
        had.add(adding.get(i));
      } else if (refused.add(adding.get(i))) {
        log.warn(
            "MQTT at {}: not subscribed to {}: {}",
            settings.uri(),
            adding.get(i),
            ConnectProblem.ofReason(codes.get(i), null));
      }
    }
    if (!adding.isEmpty()) {
      log.info("Subscribed to {} as well", String.join(", ", adding));
    }
  }

  private static List<Integer> subscribe(MqttAsyncClient client, List<String> filters)
      throws MqttException {
    List<Integer> codes = new ArrayList<>();
    if (filters.isEmpty()) {
      return codes;
    }
    MqttSubscription[] subscriptions = new MqttSubscription[filters.size()];
    for (int i = 0; i < subscriptions.length; i++) {
      subscriptions[i] = new MqttSubscription(filters.get(i), 1);
      subscriptions[i].setRetainHandling(NO_RETAINED);
    }
    IMqttToken granted = client.subscribe(subscriptions);
    Connection.await(granted);
    for (int code : granted.getReasonCodes()) {
      codes.add(code);
    }
    return codes;
  }

  private void unsubscribe(MqttAsyncClient client, Set<String> filters) throws MqttException {
    if (!filters.isEmpty()) {
      Connection.await(client.unsubscribe(filters.toArray(String[]::new)));
      had.removeAll(filters);
    }
  }

  private Set<String> wanted(Set<String> further) {
    Set<String> all = new HashSet<>(settings.filters());
    further.stream().filter(TopicFilter::isValid).forEach(all::add);
    Set<String> least = TopicFilter.leastOf(all);
    least.addAll(settings.filters());
    return shared(least);
  }

  private Set<String> shared(Iterable<String> filters) {
    Set<String> all = new HashSet<>();
    filters.forEach(filter -> all.add(settings.shared(filter)));
    return all;
  }

  private static Set<String> minus(Set<String> all, Set<String> these) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(these);
    return rest;
  }
}
