package org.minusone.simulator.replay;

import java.time.Duration;

/**
 * When an instant of a recording is due: so long after the one before as it was in the recording,
 * but at most {@code maxGap}, divided by the speed.
 */
final class Pace {
  private final double speed;
  private final long maxGapMs;
  private long lastMs = Long.MIN_VALUE;
  private double dueMs;

  Pace(double speed, Duration maxGap) {
    this.speed = speed;
    this.maxGapMs = maxGap.toMillis();
  }

  /** Wall milliseconds after the start at which that recorded instant is due; 0 for the first. */
  double dueMs(long recordedMs) {
    if (lastMs != Long.MIN_VALUE) {
      dueMs += Math.min(recordedMs - lastMs, maxGapMs) / speed;
    }
    lastMs = recordedMs;
    return dueMs;
  }
}
