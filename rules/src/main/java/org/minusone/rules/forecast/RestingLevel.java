package org.minusone.rules.forecast;

import org.minusone.model.Quantity;

/**
 * How far a value is on its way from where the quantity rests to the limit. Works on mirrored
 * values (rising = towards the limit).
 *
 * <p>Some quantities rest at zero by nature (a dry street, a clean chamber): there the way starts
 * at zero, and the gate stands at .7 of it (DOMAIN §7, fitted on street floods). The others rest
 * where the place is warm, damp or under pressure; {@code .7 L} of 30 °C would be 21 °C and hold
 * nothing back. There the way starts at the slow minimum of the level: it follows down at once and
 * creeps up over {@link #MEMORY_S}, and the gate stands at .2 of the way, as DOMAIN §7 has it for
 * humidity.
 */
final class RestingLevel {
  /** D: a day, so that the daily course of temperature does not count as an approach for long. */
  private static final double MEMORY_S = 86_400;

  private static final double ZERO_GATE = .7;
  private static final double TRACKED_GATE = .2;

  private final boolean zero;

  RestingLevel(Task task) {
    this.zero = task.sign() > 0 && restsAtZero(task.quantity());
  }

  private static boolean restsAtZero(Quantity quantity) {
    return switch (quantity) {
      case DEPTH, ARC, GAS, OBSCURATION -> true;
      case RESIDUAL_CURRENT,
          TEMPERATURE,
          VOLTAGE,
          CURRENT,
          LOAD,
          PRESSURE,
          LEVEL,
          PUMP_MODE,
          HUMIDITY,
          BATTERY,
          STATE ->
          false;
    };
  }

  double start(double level) {
    return zero ? 0 : level;
  }

  /**
   * @param smooth the smoothed level: behind a steep fall it shoots past the readings, where
   *     nothing rests
   * @param value the reading
   */
  double follow(double rest, double smooth, double value, double seconds) {
    if (zero) {
      return 0;
    }
    double level = StrictMath.max(smooth, value);
    return level <= rest ? level : rest + (level - rest) * -StrictMath.expm1(-seconds / MEMORY_S);
  }

  boolean isPast(double share, double rest, double value, double limit) {
    return value - rest >= share * (limit - rest);
  }

  /** Whether {@code value} is far enough on its way to {@code limit} to be taken seriously. */
  boolean opens(double rest, double value, double limit) {
    return isPast(zero ? ZERO_GATE : TRACKED_GATE, rest, value, limit);
  }
}
