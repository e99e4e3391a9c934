package org.minusone.rules.forecast;

import java.time.Duration;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;

/**
 * What a forecaster is asked to foresee.
 *
 * @param limits in the quantity's unit, one a target level
 * @param horizon how far ahead a crossing is worth announcing; positive
 * @param probability from which on it is announced; null = the method's own
 * @param interval factors on the ends of the method's interval; null = none
 */
public record Task(
    Quantity quantity,
    Rule.Direction direction,
    double[] limits,
    Duration horizon,
    Double probability,
    Rule.Stretch interval) {

  /** At the method's own operating point. */
  public Task(Quantity quantity, Rule.Direction direction, double[] limits, Duration horizon) {
    this(quantity, direction, limits, horizon, null, null);
  }

  double horizonS() {
    return horizon.toMillis() / 1000.0;
  }

  double probabilityOr(double own) {
    return probability == null ? own : probability;
  }

  /** {@link #limits} mirrored, so that each method only rises. */
  double[] mirroredLimits() {
    double[] mirrored = limits.clone();
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] *= sign();
    }
    return mirrored;
  }

  /** +1 for above, −1 for below: every method works on the mirrored values and only rises. */
  double sign() {
    return direction == Rule.Direction.ABOVE ? 1 : -1;
  }
}
