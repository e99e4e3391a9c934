package org.minusone.rules.score;

/**
 * A forewarning that did not come true.
 *
 * @param endMs when that was settled
 */
public record FalseWarning(Warning warning, long endMs, Reason reason) {
  public enum Reason {
    /** Cleared before any crossing. */
    CLEARED,
    /** Still open four horizons later. */
    OUTLIVED,
    /** The crossing came, more than four horizons later. */
    TOO_EARLY,
    /** Open where its series ends. */
    OPEN_AT_THE_END
  }
}
