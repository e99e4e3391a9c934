package org.minusone.rules.quality;

import org.minusone.model.QualityFlag;

/**
 * QARTOD flat line: a value that stays within a tolerance for too long. A difference equal to the
 * tolerance is none that stays, so a tolerance of 0 never flags.
 *
 * @param suspectAfter in the unit of positions, as {@link FlatRun} has them; {@code Long.MAX_VALUE}
 *     = never suspect
 * @param failAfter as {@code suspectAfter}
 * @param tolerance in the quantity's unit
 */
public record FlatLine(long suspectAfter, long failAfter, double tolerance) {

  public QualityFlag of(FlatRun run, long position, double value) {
    if (Double.isNaN(value)) {
      run.miss(position);
      return QualityFlag.MISSING;
    }
    if (!(tolerance > 0)) {
      return QualityFlag.PASS;
    }
    run.push(position, value, tolerance);
    long lasts = run.lasts(position);
    if (lasts >= failAfter) {
      return QualityFlag.FAIL;
    }
    return lasts >= suspectAfter ? QualityFlag.SUSPECT : QualityFlag.PASS;
  }
}
