package org.minusone.ingest.mqtt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session is subscribed to. It outlives the session's connections and, where it is kept,
 * the process, so that a filter that went while we were away is taken from the broker's session
 * too: after what is wanted now is subscribed to, lest what comes in between goes to nobody.
 *
 * <p>Owned by the session's thread.
 */
final class Subscriptions {
  private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

  /** Retain Handling 2: no retained messages at subscribe; they were readings once already. */
  private static final int NO_RETAINED = 2;

  private final MqttSettings settings;
  private final KeptSessions kept;
  private final String clientId;
  private final boolean leaving;
  private final Set<String> refused = new HashSet<>();
  private final Set<String> atMostOnce = new ConcurrentSkipListSet<>();
  private String toldWeakness = "";

  /**
   * @param leaving whether the session is to be subscribed to nothing
   */
  Subscriptions(MqttSettings settings, KeptSessions kept, String clientId, boolean leaving) {
    this.settings = settings;
    this.kept = kept;
    this.clientId = clientId;
    this.leaving = leaving;
  }

  /** What the broker does not deliver as we want it, for a person; empty when all is well. */
  String weakness() {
    return atMostOnce.isEmpty()
        ? ""
        : "the broker grants only QoS 0 on "
            + String.join(", ", atMostOnce)
            + ": what is on its way when a connection breaks, or comes while we are away, is lost";
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
    atMostOnce.clear();
    Set<String> wanted = wanted(further);
    Set<String> had = had();
    Set<String> base = leaving ? Set.of() : shared(settings.filters());
    keep(had, wanted);
    List<String> first = List.copyOf(base);
    List<Integer> codes = subscribe(client, first);
    for (int i = 0; i < first.size(); i++) {
      if (codes.get(i) >= 0x80) {
        throw new Connection.NotOpened(
            "cannot subscribe: " + ConnectProblem.ofReason(codes.get(i), null), null);
      }
      granted(first.get(i), codes.get(i));
    }
    add(client, minus(wanted, base));
    drop(client, minus(had, wanted));
    tellWeakness();
  }

  /** Subscribes and unsubscribes what changed. */
  void follow(MqttAsyncClient client, Set<String> further) throws MqttException {
    Set<String> wanted = wanted(further);
    Set<String> had = had();
    if (wanted.equals(had)) {
      return;
    }
    refused.retainAll(wanted);
    Set<String> missing = minus(wanted, had);
    keep(had, missing);
    add(client, missing);
    drop(client, minus(had, wanted));
    tellWeakness();
  }

  /** What the broker's session may be subscribed to, refused ones among it. */
  private Set<String> had() {
    Set<String> had = kept.filters(clientId);
    if (settings.group() != null && had.isEmpty()) {
      // The session may be from a time without a group: it would have everything twice.
      had.addAll(settings.filters());
    }
    return had;
  }

  private void keep(Set<String> had, Set<String> more) {
    Set<String> all = new HashSet<>(had);
    all.addAll(more);
    kept.put(clientId, all);
  }

  private void add(MqttAsyncClient client, Set<String> filters) throws MqttException {
    List<String> adding = List.copyOf(filters);
    List<Integer> codes = subscribe(client, adding);
    List<String> added = new ArrayList<>();
    for (int i = 0; i < adding.size(); i++) {
      if (codes.get(i) < 0x80) {
        granted(adding.get(i), codes.get(i));
        added.add(adding.get(i));
      } else if (refused.add(adding.get(i))) {
        log.warn(
            "MQTT at {}: not subscribed to {}: {}",
            settings.uri(),
            adding.get(i),
            ConnectProblem.ofReason(codes.get(i), null));
      }
    }
    if (!added.isEmpty()) {
      log.info("Subscribed to {} as well", String.join(", ", added));
    }
  }

  private void granted(String filter, int qos) {
    if (qos == 0) {
      atMostOnce.add(filter);
    }
  }

  private void tellWeakness() {
    String now = weakness();
    if (!now.isEmpty() && !now.equals(toldWeakness)) {
      log.warn("MQTT at {}: {}", settings.uri(), now);
    }
    toldWeakness = now;
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

  private void drop(MqttAsyncClient client, Set<String> filters) throws MqttException {
    if (!filters.isEmpty()) {
      Connection.await(client.unsubscribe(filters.toArray(String[]::new)));
      kept.put(clientId, minus(kept.filters(clientId), filters));
      atMostOnce.removeAll(filters);
    }
  }

  private Set<String> wanted(Set<String> further) {
    if (leaving) {
      return Set.of();
    }
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
