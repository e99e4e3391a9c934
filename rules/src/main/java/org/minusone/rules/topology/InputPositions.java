package org.minusone.rules.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far each partition of the input was worked off in this process; written by the tasks. */
public final class InputPositions {
  private final Map<Integer, Long> next = new ConcurrentHashMap<>();

  /** The next offset to be processed; −1 before the partition was seen. */
  public long next(int partition) {
    return next.getOrDefault(partition, -1L);
  }

  public void set(int partition, long offset) {
    next.put(partition, offset);
  }
}
