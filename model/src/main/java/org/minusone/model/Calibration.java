package org.minusone.model;

/**
 * How a sensor's raw number becomes a value: converted to the quantity's unit first, then {@code
 * value · scale + offset}.
 *
 * @param unit what the sensor sends ({@code °F}, {@code inch}, {@code kPa}); null = the quantity's
 *     own, or what the payload says
 * @param scale 1 = none
 * @param offset in the quantity's unit; 0 = none
 */
public record Calibration(String unit, double scale, double offset) {
  public Calibration {
    if (!Double.isFinite(scale) || scale == 0 || !Double.isFinite(offset)) {
      throw new IllegalArgumentException("no calibration: " + scale + " · x + " + offset);
    }
  }
}
