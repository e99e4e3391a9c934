package org.minusone.simulator.scenario;

import java.util.Objects;
import org.minusone.model.Quantity;

/**
 * One quantity's value.
 *
 * @param number in the quantity's unit; {@code NaN} for a word
 * @param word the mode or state; null for a number
 */
public record Value(Quantity quantity, double number, String word) {
  public Value {
    Objects.requireNonNull(quantity);
    if (quantity.isWord() ? word == null : word != null || !Double.isFinite(number)) {
      throw new IllegalArgumentException(quantity + " cannot be " + (word == null ? number : word));
    }
  }

  public static Value of(Quantity quantity, double number) {
    return new Value(quantity, number, null);
  }

  public static Value of(Quantity quantity, String word) {
    return new Value(quantity, Double.NaN, word);
  }
}
