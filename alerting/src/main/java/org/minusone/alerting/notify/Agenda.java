package org.minusone.alerting.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.minusone.alerting.notify.DeliveryDesk.Change;

/**
 * What is to be attempted when, receiver by receiver: those whose time has come, the worst first,
 * then the oldest; the others by their time. What waits costs nothing until its time comes.
 */
final class Agenda {
  private static final Comparator<Change> BY_TIME =
      Comparator.comparing((Change c) -> c.delivery().nextAt())
          .thenComparing(c -> c.delivery().id());

  private static final Comparator<Change> WORST_FIRST =
      Comparator.comparingInt((Change c) -> rank(c.delivery()))
          .thenComparing(c -> c.delivery().plannedAt())
          .thenComparing(c -> c.delivery().id());

  private static final class Lane {
    final TreeSet<Change> later = new TreeSet<>(BY_TIME);
    final TreeSet<Change> ready = new TreeSet<>(WORST_FIRST);
  }

  private final Map<String, Lane> lanes = new HashMap<>();
  private long looks;

  private static int rank(Delivery d) {
    return d.event() == null || d.event().alert().severity() == null
        ? 5
        : d.event().alert().severity().number();
  }

  private static boolean isToBeAttempted(Delivery d) {
    return d.state() == DeliveryState.PLANNED || d.state() == DeliveryState.WAITING;
  }

  /** Nothing where it is not to be attempted. */
  void add(Change c) {
    if (isToBeAttempted(c.delivery())) {
      lanes.computeIfAbsent(c.delivery().receiver(), r -> new Lane()).later.add(c);
    }
  }

  /** As it was added. */
  void remove(Change c) {
    Lane lane = lanes.get(c.delivery().receiver());
    if (lane != null && isToBeAttempted(c.delivery()) && !lane.ready.remove(c)) {
      lane.later.remove(c);
    }
  }

  /**
   * Those whose time has come, as many of each receiver as there is room for. They stay until they
   * are removed.
   *
   * @param room by receiver
   */
  List<Change> due(Instant now, ToIntFunction<String> room) {
    List<Change> due = new ArrayList<>();
    lanes.forEach(
        (receiver, lane) -> {
          looks++;
          while (!lane.later.isEmpty()
              && DeliveryLifecycle.isDue(lane.later.first().delivery(), now)) {
            looks++;
            lane.ready.add(lane.later.pollFirst());
          }
          int left = lane.ready.isEmpty() ? 0 : room.applyAsInt(receiver);
          for (Change c : lane.ready) {
            if (left-- <= 0) {
              break;
            }
            looks++;
            due.add(c);
          }
        });
    return due;
  }

  /** Receivers and deliveries looked at so far: what the work costs, without a clock. */
  long looks() {
    return looks;
  }
}
