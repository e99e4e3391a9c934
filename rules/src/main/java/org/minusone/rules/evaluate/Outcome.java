package org.minusone.rules.evaluate;

/** What a reading was to the evaluator; exactly one each, for the sums of CONTRACTS §6. */
public enum Outcome {
  EVALUATED,
  /** Its time is among the last 64 of its sensor and quantity. */
  DUPLICATE,
  /** Not after the last evaluated reading of its sensor and quantity. */
  LATE;

  /** The counter's name. */
  public String term() {
    return switch (this) {
      case EVALUATED -> "evaluated";
      case DUPLICATE -> "duplicate";
      case LATE -> "late";
    };
  }
}
