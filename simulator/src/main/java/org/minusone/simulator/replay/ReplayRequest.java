package org.minusone.simulator.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.minusone.model.Family;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;

/**
 * What to replay, and how.
 *
 * @param file CSV with a header: {@code sensor,time,quantity,value} and optionally {@code family};
 *     other columns are passed over. Time is ISO-8601 or epoch milliseconds
 * @param run the run it becomes, {@code fubao@r17}
 * @param speed how many times faster than recorded; {@link Double#POSITIVE_INFINITY} = as fast as
 *     the broker acknowledges
 * @param from recorded time, inclusive; null = from the first row
 * @param to recorded time, exclusive; null = to the last row
 * @param maxGap the longest recorded time waited for between two instants at which any sensor
 *     reported: a longer one is waited for as if it were this long, divided by the speed. Stamps
 *     stay what they are, so only the waiting is shorter, never the silence that rules see in the
 *     stamps. Positive
 * @param families of sensors the site knows, for rows without a family
 */
public record ReplayRequest(
    Path file,
    SiteId run,
    double speed,
    Instant from,
    Instant to,
    Duration maxGap,
    Map<SensorId, Family> families) {
  public static final Duration DEFAULT_MAX_GAP = Duration.ofSeconds(60);

  public ReplayRequest {
    Objects.requireNonNull(file);
    Objects.requireNonNull(maxGap);
    families = Map.copyOf(families);
    if (!run.isRun()) {
      throw new IllegalArgumentException("a replay is a run, SITE@RUN, not " + run);
    }
    if (!(speed > 0)) {
      throw new IllegalArgumentException("--speed must be a number above 0 or max, not " + speed);
    }
    if (maxGap.isNegative() || maxGap.isZero()) {
      throw new IllegalArgumentException("--max-gap must be more than 0 s, not " + maxGap);
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException("--from " + from + " is not before --to " + to);
    }
  }

  /** A run's name that was not used before: {@code r} and the time in base 36. */
  public static String newRunName(Instant now) {
    return "r" + Long.toString(now.toEpochMilli(), 36);
  }

  /**
   * {@code max} or a number above 0, as the command line has it.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static double parseSpeed(String text) {
    if (text.equals("max")) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      double speed = Double.parseDouble(text);
      if (speed > 0) {
        return speed;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number that is none above 0.
    }
    throw new IllegalArgumentException("--speed must be a number above 0 or max, not " + text);
  }

  /** A fresh one, at the recording's beginning. */
  Pace pace() {
    return new Pace(speed, maxGap);
  }

  boolean includes(long timeMs) {
    return (from == null || timeMs >= from.toEpochMilli())
        && (to == null || timeMs < to.toEpochMilli());
  }
}
