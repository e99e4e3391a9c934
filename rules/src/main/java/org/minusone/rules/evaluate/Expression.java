package org.minusone.rules.evaluate;

import java.util.List;
import org.minusone.model.Quantity;

/**
 * A free condition, compiled: a question to what a sensor last reported. It has no memory, no clock
 * and no effect, so the same readings always get the same answer.
 */
public interface Expression {
  /** The quantities it names, each once, in the order of the text. */
  List<Quantity> reads();

  /** Whether it asks how old a reading is. */
  boolean asksForAges();

  /**
   * Whether it holds. Not where that hangs on a quantity that has not been read; never throws.
   *
   * @param latest what is known; every quantity of {@link #reads()} may be asked for
   */
  boolean holds(Latest latest);

  /** The last good reading in order of each quantity of one sensor. */
  interface Latest {
    boolean isKnown(Quantity quantity);

    /** In the quantity's unit; only of a number that is known. */
    double value(Quantity quantity);

    /** Only of a mode or state that is known. */
    String word(Quantity quantity);

    /** Milliseconds from it to the reading that is being evaluated, not negative. */
    long ageMs(Quantity quantity);
  }
}
