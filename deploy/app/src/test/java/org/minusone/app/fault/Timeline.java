package org.minusone.app.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was done to the house, and when: printed when something does not hold. */
final class Timeline {
  private record Event(Instant at, String what) {}

  /** From and to when a server was away. */
  record Window(Instant from, Instant to) {
    /** {@code slack} later still counts: what failed is noticed and tried again. */
    boolean covers(Instant instant, Duration slack) {
      return !instant.isBefore(from.minusSeconds(1)) && !instant.isAfter(to.plus(slack));
    }
  }

  private final Instant begin = Instant.now();
  private final List<Event> events = new ArrayList<>();

  synchronized void say(String what, Object... values) {
    Instant now = Instant.now();
    events.add(new Event(now, what.formatted(values)));
    System.out.printf("%7.1f s  %s%n", seconds(now), what.formatted(values));
  }

  private double seconds(Instant at) {
    return Duration.between(begin, at).toMillis() / 1000.0;
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    for (Event event : events) {
      text.append("%7.1f s  %s%n".formatted(seconds(event.at), event.what));
    }
    return text.toString();
  }
}
