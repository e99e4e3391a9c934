package org.minusone.alerting.topology;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Forgets alerts that are over: those of a run that is over, and those before the newest episode of
 * their sensor and rule. Only after their events need not be announced again any more: dropped
 * sooner, a closing that a crash kept from Kafka would be lost.
 */
final class ClosedAlerts {
  private final KeyValueStore<String, Kept> store;
  private final EndedRuns runs;
  private final InstantSource clock;
  private final Map<String, Instant> waiting = new LinkedHashMap<>();

  ClosedAlerts(KeyValueStore<String, Kept> store, EndedRuns runs, InstantSource clock) {
    this.store = store;
    this.runs = runs;
    this.clock = clock;
  }

  /** To be looked at when its time has come. */
  void add(AlertKey key) {
    String text = key.text();
    waiting.remove(text); // to the end: the map stays ordered by time
    waiting.put(text, clock.instant());
  }

  void sweep() {
    Instant due = clock.instant().minus(Kept.KEEP);
    Iterator<Map.Entry<String, Instant>> oldest = waiting.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<String, Instant> entry = oldest.next();
      if (entry.getValue().isAfter(due)) {
        return;
      }
      oldest.remove();
      Kept kept = store.get(entry.getKey());
      boolean attended = kept != null && kept.episode().alert().hasOpenJob();
      if (kept != null && !kept.isOpen() && !attended && isOver(kept)) {
        store.delete(entry.getKey());
      }
    }
  }

  private boolean isOver(Kept kept) {
    AlertKey key = AlertKey.parse(kept.episode().alert().id());
    return runs.isOver(key.site()) || newestStart(store, key) > key.start();
  }

  /** Of the episodes known of a sensor and rule; {@link Long#MIN_VALUE} if there is none. */
  static long newestStart(KeyValueStore<String, Kept> store, AlertKey key) {
    String prefix = key.sensorRule();
    try (KeyValueIterator<String, Kept> newest = store.reverseRange(prefix, prefix + "~")) {
      if (!newest.hasNext()) {
        return Long.MIN_VALUE;
      }
      KeyValue<String, Kept> entry = newest.next();
      return AlertKey.parse(entry.value.episode().alert().id()).start();
    }
  }
}
