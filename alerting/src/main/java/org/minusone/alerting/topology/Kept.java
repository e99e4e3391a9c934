package org.minusone.alerting.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minusone.alerting.lifecycle.AlertLifecycle;
import org.minusone.alerting.lifecycle.Episode;
import org.minusone.model.AlertEvent;

/**
 * What the store holds of one alert.
 *
 * @param handled by input ({@code topic-partition}), the offset of the last record that reached
 *     this alert; a record at or below it is one that is read again
 * @param events its last events, oldest first, to be announced again when their input is read
 *     again. Bounded: those older than {@link #KEEP} go with the next one, all but the newest
 *     {@value #MOST} anyway
 */
record Kept(Episode episode, Map<String, Long> handled, List<Followed> events) {
  /**
   * Longer than any time between two commits: Streams commits each second and gives up on a broker
   * that does not take records for two minutes (Kafka's delivery timeout).
   */
  static final Duration KEEP = Duration.ofMinutes(3);

  static final int MOST = 32;

  Kept {
    handled = Map.copyOf(handled);
    events = List.copyOf(events);
  }

  /**
   * @param input {@code topic-partition}; null for a run's end, which follows no record
   */
  record Followed(String input, long offset, AlertEvent event) {
    boolean follows(Where where) {
      return where.input().equals(input) && where.offset() == offset;
    }
  }

  /** A record's place in an input. */
  record Where(String input, long offset) {}

  boolean isOpen() {
    return episode.alert().state().isOpen();
  }

  boolean contains(Where where) {
    return handled.getOrDefault(where.input(), -1L) >= where.offset();
  }

  List<AlertEvent> eventsAt(Where where) {
    return events.stream().filter(f -> f.follows(where)).map(Followed::event).toList();
  }

  /**
   * After {@code decided} followed.
   *
   * @param before null before the first event
   * @param where null for a run's end
   */
  static Kept after(Kept before, List<AlertEvent> decided, Where where, Instant now) {
    Episode episode = before == null ? null : before.episode;
    Map<String, Long> handled = new HashMap<>(before == null ? Map.of() : before.handled);
    List<Followed> events = new ArrayList<>(before == null ? List.of() : before.events);
    if (!decided.isEmpty()) {
      Instant oldest = now.minus(KEEP);
      events.removeIf(f -> f.event().at().isBefore(oldest));
    }
    if (where != null) {
      handled.put(where.input(), where.offset());
    }
    for (AlertEvent event : decided) {
      episode = AlertLifecycle.evolve(episode, event);
      events.add(
          where == null
              ? new Followed(null, -1, event)
              : new Followed(where.input(), where.offset(), event));
    }
    int surplus = Math.max(0, events.size() - MOST);
    return new Kept(episode, handled, events.subList(surplus, events.size()));
  }
}
