package org.minusone.rules.score;

import java.time.Duration;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;

/**
 * Which forewarnings are asked about.
 *
 * @param limit in the quantity's unit; only signals that aim at it count
 * @param horizon a true forewarning came at most four of them before the crossing
 * @param deadband how far inside the limit a reading must be before the next crossing counts
 * @param gap readings further apart than this belong to two series
 * @param openEndIsFalse whether a forewarning still open where its series ends was false; no for
 *     recordings that stop while things are still going on (a fire test), yes where the end is the
 *     end (the street is dry)
 */
public record Question(
    Quantity quantity,
    Rule.Direction direction,
    double limit,
    Duration horizon,
    double deadband,
    Duration gap,
    boolean openEndIsFalse) {
  /** CONTRACTS §4: an hour without readings starts the forecast afresh. */
  public static final Duration USUAL_GAP = Duration.ofHours(1);

  public Question {
    if (horizon.isZero() || horizon.isNegative()) {
      throw new IllegalArgumentException("a horizon is longer than 0s, not " + horizon);
    }
  }

  /** Above {@code limit}; an open end is false. */
  public static Question above(Quantity quantity, double limit, Duration horizon, double deadband) {
    return new Question(quantity, Rule.Direction.ABOVE, limit, horizon, deadband, USUAL_GAP, true);
  }

  public Question below() {
    return new Question(
        quantity, Rule.Direction.BELOW, limit, horizon, deadband, gap, openEndIsFalse);
  }

  /** What is open at the end of a recording is neither true nor false. */
  public Question undecidedAtTheEnd() {
    return new Question(quantity, direction, limit, horizon, deadband, gap, false);
  }

  /** What {@code rule} asks of its forewarnings at {@code limit}. */
  public static Question of(Quantity quantity, Rule.Threshold rule, double limit) {
    if (rule.forecast() == null) {
      throw new IllegalArgumentException("the rule foresees nothing");
    }
    Rule.Deadband deadband = rule.deadband() == null ? Rule.Deadband.NONE : rule.deadband();
    return new Question(
        quantity,
        rule.direction(),
        limit,
        rule.forecast().horizon(),
        deadband.at(limit),
        USUAL_GAP,
        true);
  }
}
