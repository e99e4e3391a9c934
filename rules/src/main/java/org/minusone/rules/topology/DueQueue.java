package org.minusone.rules.topology;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Which sensors have something due, so that a tick looks at those only. An entry is a promise to
 * look again no later than that; what is really due is asked then, so that a reading that moves a
 * deadline further away costs nothing.
 */
final class DueQueue {
  private final int slot;
  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>(Comparator.comparingLong(Entry::dueMs));

  private record Entry(long dueMs, HeldSensor held) {}

  /**
   * @param slot of {@link HeldSensor#queuedMs}: each queue has its own
   */
  DueQueue(int slot) {
    this.slot = slot;
  }

  /** Promises to look at it at {@code dueMs}, or earlier if that was promised. */
  void offer(HeldSensor held, long dueMs) {
    if (dueMs < held.queuedMs[slot]) {
      held.queuedMs[slot] = dueMs;
      queue.add(new Entry(dueMs, held));
    }
  }

  /** The next one to look at; null when none is due at {@code nowMs}. */
  HeldSensor poll(long nowMs) {
    while (!queue.isEmpty() && queue.peek().dueMs() <= nowMs) {
      Entry entry = queue.remove();
      if (entry.dueMs() == entry.held().queuedMs[slot]) {
        entry.held().queuedMs[slot] = Long.MAX_VALUE;
        return entry.held();
      }
    }
    return null;
  }
}
