package org.minusone.simulator.physics;

/**
 * A body that follows its surroundings: Newton's law of cooling, a street that drains in proportion
 * to its depth, a ventilated room that fills with smoke. All are {@code dx/dt = (asymptote − x) /
 * τ}.
 *
 * @param start value at 0 s
 * @param asymptote where it settles
 * @param timeConstantS seconds until 63 % of the way is gone
 */
public record FirstOrder(double start, double asymptote, double timeConstantS) {
  public FirstOrder {
    if (!(timeConstantS > 0)) {
      throw new IllegalArgumentException("time constant must be > 0 s: " + timeConstantS);
    }
  }

  /**
   * The one that passes {@code value} after {@code afterS} seconds.
   *
   * @throws IllegalArgumentException unless {@code value} lies between start and asymptote
   */
  public static FirstOrder through(double start, double asymptote, double value, double afterS) {
    double left = (asymptote - value) / (asymptote - start);
    if (!(left > 0 && left < 1)) {
      throw new IllegalArgumentException(value + " is not between " + start + ", " + asymptote);
    }
    return new FirstOrder(start, asymptote, -afterS / StrictMath.log(left));
  }

  /** Its value {@code seconds} after the start; the start itself before. */
  public double at(double seconds) {
    return seconds <= 0
        ? start
        : asymptote + (start - asymptote) * StrictMath.exp(-seconds / timeConstantS);
  }

  /** Seconds until {@code value} is reached; infinite where it never is. */
  public double reaches(double value) {
    double left = (asymptote - value) / (asymptote - start);
    return left > 0 && left <= 1 ? -timeConstantS * StrictMath.log(left) : Double.POSITIVE_INFINITY;
  }
}
