package org.minusone.rules.quality;

import org.minusone.model.QualityFlag;
import org.minusone.model.QualityTests.Spread;

/**
 * QARTOD attenuated signal: over a period the readings vary less than they should. The period ends
 * with the reading and begins after the instant that lies it before.
 *
 * @param suspectBelow in the quantity's unit
 * @param failBelow as {@code suspectBelow}
 * @param minReadings with fewer, missing ones not counted, it is not evaluated
 * @param spread how variation is measured; a range with a missing reading is not evaluated
 */
public record AttenuatedSignal(
    double suspectBelow, double failBelow, long periodMs, int minReadings, Spread spread) {

  public QualityFlag of(Window window, long timeMs, double value) {
    window.push(timeMs, value, periodMs);
    if (Double.isNaN(value)) {
      return QualityFlag.MISSING;
    }
    if (window.present() < minReadings) {
      return QualityFlag.NOT_EVALUATED;
    }
    double size = size(window);
    if (Double.isNaN(size)) {
      return QualityFlag.NOT_EVALUATED;
    }
    if (size < failBelow) {
      return QualityFlag.FAIL;
    }
    return size < suspectBelow ? QualityFlag.SUSPECT : QualityFlag.PASS;
  }

  double size(Window window) {
    return switch (spread) {
      case STANDARD_DEVIATION -> window.standardDeviation();
      case RANGE -> window.range();
    };
  }
}
