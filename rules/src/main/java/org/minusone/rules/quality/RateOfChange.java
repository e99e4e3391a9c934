package org.minusone.rules.quality;

import org.minusone.model.QualityFlag;

/**
 * QARTOD rate of change against the reading before; a rate equal to the limit passes, and so does
 * what has nothing before it.
 *
 * @param suspectPerS in the quantity's unit a second; {@code NaN} = never suspect
 * @param failPerS as {@code suspectPerS}
 */
public record RateOfChange(double suspectPerS, double failPerS) {

  /**
   * @param before {@code NaN} for a missing reading
   * @param value {@code NaN} for a missing reading
   */
  public QualityFlag of(double before, double value, double seconds) {
    if (Double.isNaN(value)) {
      return QualityFlag.MISSING;
    }
    double rate = rate(before, value, seconds);
    if (rate > failPerS) {
      return QualityFlag.FAIL;
    }
    return rate > suspectPerS ? QualityFlag.SUSPECT : QualityFlag.PASS;
  }

  /** Without time between the two, the change itself stands for the rate. */
  static double rate(double before, double value, double seconds) {
    double change = value - before;
    return Math.abs(seconds == 0 ? change : change / seconds);
  }
}
