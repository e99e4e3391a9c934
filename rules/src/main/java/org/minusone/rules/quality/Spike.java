package org.minusone.rules.quality;

import org.minusone.model.QualityFlag;
import org.minusone.model.QualityTests.SpikeMethod;

/**
 * QARTOD spike: how far a reading stands out from the one before and the one after it. So it speaks
 * of a reading when its successor is there; the first and the last of a series are not evaluated.
 *
 * <pre>
 * average        |v − (before + after) / 2|: a step counts by half as well
 * differential   the smaller of |v − before| and |after − v| where it turns back, else 0: a step never
 * </pre>
 *
 * @param suspectAbove in the quantity's unit; 0 = never suspect
 * @param failAbove in the quantity's unit; 0 = never fails
 */
public record Spike(double suspectAbove, double failAbove, SpikeMethod method) {

  /** {@code NaN} stands for a missing reading. */
  public QualityFlag of(double before, double value, double after) {
    if (Double.isNaN(value)) {
      return QualityFlag.MISSING;
    }
    double size = size(before, value, after);
    if (Double.isNaN(size)) {
      return QualityFlag.NOT_EVALUATED;
    }
    if (failAbove != 0 && size > failAbove) {
      return QualityFlag.FAIL;
    }
    return suspectAbove != 0 && size > suspectAbove ? QualityFlag.SUSPECT : QualityFlag.PASS;
  }

  /** How far {@code value} stands out, in its unit; {@code NaN} where a neighbour is missing. */
  double size(double before, double value, double after) {
    return switch (method) {
      case AVERAGE -> Math.abs(value - (before + after) / 2);
      case DIFFERENTIAL -> {
        double there = value - before;
        double back = after - value;
        yield there * back >= 0 ? 0 : Math.min(Math.abs(there), Math.abs(back));
      }
    };
  }

  /** Whether {@code value} may turn out to fail, before its successor is known. */
  boolean mayFail(double before, double value) {
    if (failAbove == 0 || Double.isNaN(before)) {
      return false;
    }
    return switch (method) {
      case AVERAGE -> true;
      case DIFFERENTIAL -> Math.abs(value - before) > failAbove;
    };
  }
}
