package org.minusone.rules.calibrate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.minusone.model.Rule;
import org.minusone.rules.score.Score;

/**
 * What is proposed for a rule.
 *
 * @param rule its name
 * @param method the forecaster's name
 * @param probability null where the method has no operating point
 * @param interval null where there were too few forewarnings to say
 * @param before as the rule stands, over all sensors
 * @param heldOut as proposed, each sensor by what was fitted on the others; with one sensor only,
 *     by what was fitted on itself
 * @param sensors how many reported the quantity
 * @param folds into how many parts they were divided; 1 = no cross-validation
 */
public record Calibration(
    String rule,
    String method,
    Double probability,
    Rule.Stretch interval,
    Score before,
    Score heldOut,
    int sensors,
    int folds) {

  /**
   * Whether the proposal is worth writing down: on sensors it was not fitted to, its warnings come
   * true as often as wanted, or at least as often as before.
   *
   * @param precision what share of the warnings should come true
   */
  public boolean helps(double precision) {
    double now = heldOut.precision();
    return now >= precision || now >= before.precision() || Double.isNaN(before.precision());
  }

  /** The figures as one line for the rule file. */
  public String figures() {
    StringBuilder text = new StringBuilder();
    text.append(heldOut.events()).append(" crossings at ").append(sensors);
    text.append(sensors == 1 ? " sensor" : " sensors");
    if (heldOut.events() > 0) {
      text.append(", foreseen ").append(share(heldOut.recall()));
    }
    text.append(", of the warnings true ").append(share(heldOut.precision()));
    if (heldOut.foreseen() > 0) {
      text.append(String.format(Locale.ROOT, ", lead %.0f s", heldOut.leadMedianS()));
    }
    if (heldOut.intervals() > 0) {
      text.append(", in the interval ").append(share(heldOut.intervalCoverage()));
      text.append(" of ").append(heldOut.intervals());
    }
    text.append(
        folds > 1
            ? ", each sensor by what fits the others (" + folds + " parts)"
            : ", on the sensors it was fitted to");
    return text.toString();
  }

  static String share(double value) {
    return Double.isNaN(value)
        ? "-"
        : new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }
}
