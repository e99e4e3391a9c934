package org.minusone.rules.forecast;

import java.time.Duration;

/**
 * One method, made for one rule. It keeps nothing itself: what it knows of a sensor is an array of
 * {@link #memorySize()} doubles that the caller stores, so one forecaster serves every sensor of
 * the rule.
 */
public interface Forecaster {

  /** The name used in rules and signals. */
  String method();

  /** How many doubles it keeps of a sensor. */
  int memorySize();

  /** Begins afresh with the first reading of a series. */
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
   * @param outlook is filled; its slope also where nothing is foreseen
   */
  boolean foresees(double[] memory, double value, int target, Outlook outlook);

  /** How many readings of this series were taken in. */
  int readings(double[] memory);

  /** How long the threat must be gone before a forewarning is withdrawn, unless the rule says. */
  Duration withdrawAfter();
}
