package org.minusone.simulator.scenario;

import org.minusone.model.Quantity;
import org.minusone.model.Sensor;

/**
 * Something that happens at one sensor for a while, on top of its calm values; while it lasts the
 * sensor reports more often.
 *
 * @param fromMs onset, epoch milliseconds
 * @param untilMs when the sensor goes back to its usual reporting; the disturbance is over by then
 * @param intervalMs between two reports meanwhile
 * @param change what it does to the values
 */
record Episode(
    Sensor sensor,
    long fromMs,
    long untilMs,
    long intervalMs,
    Change change,
    Scenario.Planned plan) {

  /** Turns a calm value into the disturbed one. */
  @FunctionalInterface
  interface Change {
    /**
     * The value to report; {@code calm} itself where nothing happens to it.
     *
     * @param seconds since onset
     */
    Value apply(Value calm, double seconds);

    /** Adds a rise to one quantity. */
    static Change rise(Quantity quantity, Rise rise) {
      return (calm, seconds) ->
          calm.quantity() == quantity
              ? Value.of(quantity, Background.round(quantity, calm.number() + rise.at(seconds)))
              : calm;
    }

    default Change and(Change next) {
      return (calm, seconds) -> next.apply(apply(calm, seconds), seconds);
    }
  }

  /** In the quantity's unit, by seconds since onset. */
  @FunctionalInterface
  interface Rise {
    double at(double seconds);
  }

  Value over(Value calm, long timeMs) {
    return timeMs < fromMs || timeMs > untilMs
        ? calm
        : change.apply(calm, (timeMs - fromMs) / 1000.0);
  }
}
