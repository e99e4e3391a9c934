package org.minusone.rules.score;

import org.minusone.model.SensorId;

/**
 * The first reading at or past the limit after re-arming.
 *
 * @param value of that reading
 * @param warning the true one; null = missed
 */
public record Crossing(SensorId sensor, long timeMs, double value, Warning warning) {
  public boolean isForeseen() {
    return warning != null;
  }

  /** Seconds from the forewarning to the crossing; {@code NaN} where it was missed. */
  public double leadS() {
    return warning == null ? Double.NaN : (timeMs - warning.atMs()) / 1000.0;
  }
}
