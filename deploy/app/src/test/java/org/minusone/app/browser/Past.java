package org.minusone.app.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.StringJoiner;

/** What a gateway sends that kept readings for a while: true past stamps, one message. */
final class Past {
  private Past() {}

  /** One value a minute, the last one taken now. */
  static String minutesUntilNow(String quantity, double... values) {
    Instant last = Instant.now();
    StringJoiner readings = new StringJoiner(",", "[", "]");
    for (int i = 0; i < values.length; i++) {
      Instant at = last.minus(Duration.ofMinutes(values.length - 1L - i));
      readings.add(
          String.format(
              Locale.ROOT,
              "{\"ts\":%d,\"values\":{\"%s\":%.2f}}",
              at.toEpochMilli(),
              quantity,
              values[i]));
    }
    return readings.toString();
  }
}
