package org.minusone.alerting.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.minusone.alerting.notify.DeliveryDesk.Change;

/**
 * The last of each delivery of some partitions, found by its id, its time, its alert and its state:
 * no step looks through all of them. Used by one thread.
 */
final class KnownDeliveries {
  private record Lane(int partition, String receiver) {}

  private record Told(int partition, String alert, String receiver) {}

  private final Map<Integer, Map<String, Delivery>> partitions = new HashMap<>();
  private final Agenda agenda = new Agenda();
  private final Map<Lane, Map<String, Delivery>> held = new LinkedHashMap<>();
  private final Map<Told, Set<String>> told = new HashMap<>();
  private final Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);

  void begin(int partition) {
    release(partition);
    partitions.put(partition, new LinkedHashMap<>());
  }

  void release(int partition) {
    Map<String, Delivery> gone = partitions.remove(partition);
    if (gone != null) {
      gone.values().forEach(d -> forget(partition, d));
    }
  }

  /** Null where it is not known. */
  Delivery get(int partition, String id) {
    return partitions.getOrDefault(partition, Map.of()).get(id);
  }

  void put(int partition, Delivery d) {
    Delivery before = partitions.get(partition).put(d.id(), d);
    if (before != null) {
      leave(partition, before);
    } else {
      told.computeIfAbsent(told(partition, d), k -> new LinkedHashSet<>()).add(d.id());
    }
    counts.merge(d.state(), 1L, Long::sum);
    agenda.add(new Change(partition, d));
    if (d.state() == DeliveryState.HELD) {
      held.computeIfAbsent(new Lane(partition, d.receiver()), l -> new LinkedHashMap<>())
          .put(d.id(), d);
    }
  }

  private void leave(int partition, Delivery d) {
    counts.merge(d.state(), -1L, (a, b) -> a + b == 0 ? null : a + b);
    agenda.remove(new Change(partition, d));
    if (d.state() == DeliveryState.HELD) {
      Lane lane = new Lane(partition, d.receiver());
      held.get(lane).remove(d.id());
      held.computeIfPresent(lane, (l, all) -> all.isEmpty() ? null : all);
    }
  }

  private void forget(int partition, Delivery d) {
    leave(partition, d);
    Set<String> others = told.get(told(partition, d));
    others.remove(d.id());
    if (others.isEmpty()) {
      told.remove(told(partition, d));
    }
  }

  private static Told told(int partition, Delivery d) {
    return new Told(partition, d.alert(), d.receiver());
  }

  /** As {@link Agenda#due}. */
  List<Change> due(Instant now, ToIntFunction<String> room) {
    return agenda.due(now, room);
  }

  /** What its receiver is told of its alert, itself included. */
  List<Delivery> ofSameAlert(int partition, Delivery d) {
    return told.getOrDefault(told(partition, d), Set.of()).stream()
        .map(id -> get(partition, id))
        .toList();
  }

  /** Those held back, by partition and receiver, the oldest first. */
  void forEachHeld(BiConsumer<Integer, List<Delivery>> then) {
    for (Map.Entry<Lane, Map<String, Delivery>> lane : List.copyOf(held.entrySet())) {
      then.accept(lane.getKey().partition(), List.copyOf(lane.getValue().values()));
    }
  }

  /** Forgets those, after a look at all. @return what was forgotten */
  Collection<Change> forgetIf(Predicate<Delivery> old) {
    List<Change> gone = new ArrayList<>();
    partitions.forEach(
        (partition, all) -> {
          for (Delivery d : all.values()) {
            if (old.test(d)) {
              gone.add(new Change(partition, d));
            }
          }
        });
    for (Change c : gone) {
      partitions.get(c.partition()).remove(c.delivery().id());
      forget(c.partition(), c.delivery());
    }
    return gone;
  }

  /** How many are in each state. */
  Map<DeliveryState, Long> counts() {
    return Map.copyOf(counts);
  }

  long looks() {
    return agenda.looks();
  }
}
