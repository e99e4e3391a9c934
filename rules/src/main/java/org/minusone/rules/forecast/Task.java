package org.minusone.rules.forecast;

import java.time.Duration;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;

/**
 * What a forecaster is asked to foresee.
 *
 * @param limits in the quantity's unit, one a target level
 * @param horizon how far ahead a crossing is worth announcing; positive
 */
public record Task(Quantity quantity, Rule.Direction direction, double[] limits, Duration horizon) {

  double horizonS() {
    return horizon.toMillis() / 1000.0;
  }

  /** +1 for above, −1 for below: every method works on the mirrored values and only rises. */
  double sign() {
    return direction == Rule.Direction.ABOVE ? 1 : -1;
  }
}
