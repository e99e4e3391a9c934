package org.minusone.model;

import java.util.Objects;

/**
 * One value of one quantity of one sensor at one instant. Its identity is site, sensor, quantity
 * and {@code timeMs}.
 *
 * @param site the site or run it belongs to
 * @param family the sensor's kind; {@code quantity} is one of its quantities
 * @param timeMs event time, epoch milliseconds; at most 60 s ahead of {@code arrivalMs}
 * @param arrivalMs when ingest received it, epoch milliseconds, by the wall clock
 * @param value the number in the quantity's unit; {@code NaN} when the quantity is a word
 * @param word the mode or state; null when the quantity is a number
 */
public record Reading(
    SiteId site,
    Family family,
    SensorId sensor,
    Quantity quantity,
    long timeMs,
    long arrivalMs,
    Stamp stamp,
    double value,
    String word,
    QualityFlag flag) {

  public Reading {
    Objects.requireNonNull(site);
    Objects.requireNonNull(family);
    Objects.requireNonNull(sensor);
    Objects.requireNonNull(quantity);
    Objects.requireNonNull(stamp);
    Objects.requireNonNull(flag);
    if (quantity.isWord() ? word == null : word != null || !Double.isFinite(value)) {
      throw new IllegalArgumentException(quantity + " cannot be " + (word == null ? value : word));
    }
  }

  /** A number, flagged by its quantity's gross range. */
  public static Reading number(
      SensorKey key,
      Family family,
      Quantity quantity,
      long timeMs,
      long arrivalMs,
      Stamp stamp,
      double value) {
    return new Reading(
        key.site(),
        family,
        key.sensor(),
        quantity,
        timeMs,
        arrivalMs,
        stamp,
        value,
        null,
        quantity.grossRange(value));
  }

  /** A mode or a state. */
  public static Reading word(
      SensorKey key,
      Family family,
      Quantity quantity,
      long timeMs,
      long arrivalMs,
      Stamp stamp,
      String word) {
    return new Reading(
        key.site(),
        family,
        key.sensor(),
        quantity,
        timeMs,
        arrivalMs,
        stamp,
        Double.NaN,
        word,
        QualityFlag.PASS);
  }

  public SensorKey key() {
    return new SensorKey(site, sensor);
  }
}
