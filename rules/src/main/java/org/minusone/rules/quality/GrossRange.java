package org.minusone.rules.quality;

import org.minusone.model.QualityFlag;

/**
 * QARTOD gross range: outside what the instrument can report it fails, outside what is expected it
 * is suspect. Both ends belong to a range. In the quantity's unit; {@code NaN} ends = no range.
 */
public record GrossRange(double failLow, double failHigh, double suspectLow, double suspectHigh) {

  public QualityFlag of(double value) {
    if (Double.isNaN(value)) {
      return QualityFlag.MISSING;
    }
    if (value < failLow || value > failHigh) {
      return QualityFlag.FAIL;
    }
    return value < suspectLow || value > suspectHigh ? QualityFlag.SUSPECT : QualityFlag.PASS;
  }
}
