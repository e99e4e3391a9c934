package org.minusone.console.feed;

import org.minusone.model.QualityFlag;

/**
 * The newest value of one quantity of a sensor.
 *
 * @param timeMs event time, epoch ms
 * @param value {@code NaN} for a word
 * @param word null for a number
 */
public record Latest(long timeMs, double value, String word, QualityFlag flag) {
  /** Null for a word: JSON has no NaN. */
  public Double number() {
    return Double.isFinite(value) ? value : null;
  }
}
