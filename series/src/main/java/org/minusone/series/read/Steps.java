package org.minusone.series.read;

import java.time.Instant;

/**
 * Equal stretches of time that together cover a range, in InfluxDB's terms: windows as wide as
 * {@code widthMs}, of which one begins {@code offsetMs} after the epoch.
 *
 * @param widthMs at least 1
 * @param offsetMs at least 0, less than the width
 */
record Steps(long widthMs, long offsetMs) {
  /**
   * At most {@code count} windows from {@code from} on.
   *
   * @param to exclusive, after {@code from}
   */
  static Steps over(Instant from, Instant to, int count) {
    long start = from.toEpochMilli();
    // The millisecond that holds a broken end belongs to it.
    long end = to.minusNanos(1).toEpochMilli() + 1;
    long width = Math.max(1, (end - start + count - 1) / count);
    return new Steps(width, Math.floorMod(start, width));
  }
}
