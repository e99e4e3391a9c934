package org.minusone.rules.forecast;

import java.time.Duration;

/**
 * One method, made for one rule. It keeps nothing itself: what it knows of a sensor is an array of
 * {@link #memorySize()} doubles that the caller stores, so one forecaster serves every sensor of
 * the rule.
 *
 * <p>All of it is in that array, a site's history too. So the last reading is undone by putting
 * back a copy made before its {@link #update}, with the time of the reading before: what follows is
 * then to the letter what it would have been without it. A caller that may have to undo keeps one
 * such copy a sensor and rule; {@link #foresees} changes nothing in the array.
 */
public interface Forecaster {

  /** The name used in rules and signals. */
  String method();

  /** How many doubles it keeps of a sensor. */
  int memorySize();

  /**
   * Begins afresh with the first reading of a series. The array is all zero for a sensor never
   * seen; after a gap it is as it was, so that what is known of the site can outlive the gap.
   */
  void start(double[] memory, double value);

  /**
   * Takes in the next reading. Called for each good reading in order, in alarm too.
   *
   * @param seconds since the reading before; positive
   */
  void update(double[] memory, double seconds, double value);

  /**
   * Whether the limit is expected to be crossed within the horizon, as of the last reading taken
   * in.
   *
   * @param value of that reading
   * @param target index of the limit
   * @param outlook is filled; its slope, and the probability of methods that have one, also where
   *     nothing is foreseen
   */
  boolean foresees(double[] memory, double value, int target, Outlook outlook);

  /** How many readings of this series were taken in. */
  int readings(double[] memory);

  /** How long the threat must be gone before a forewarning is withdrawn, unless the rule says. */
  Duration withdrawAfter();
}
