package org.minusone.series.read;

import java.time.Instant;

/** What InfluxDB can hold as a time: nanoseconds since the epoch in 64 bits, less a few. */
final class InfluxTimes {
  static final Instant FIRST = Instant.parse("1677-09-21T00:12:44Z");
  static final Instant LAST = Instant.parse("2262-04-11T23:47:16Z");

  private InfluxTimes() {}

  /** The nearest that it can hold. */
  static Instant within(Instant time) {
    return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
  }
}
