package org.minusone.simulator.physics;

/**
 * A smooth swing over the day: highest at {@code peakHour}, lowest twelve hours later.
 *
 * @param peakHour local hour, 0 to 24
 */
public record DailyCourse(double peakHour) {
  /** Between −1 and 1 at that local hour of the day. */
  public double at(double localHour) {
    return StrictMath.cos((localHour - peakHour) * StrictMath.PI / 12);
  }
}
