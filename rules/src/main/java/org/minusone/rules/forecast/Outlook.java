package org.minusone.rules.forecast;

/**
 * What a method expects, written into an object the caller owns so that a reading costs no garbage.
 * {@code NaN} where the method does not say.
 */
public final class Outlook {
  /** Seconds from the last reading to the crossing. */
  public double etaS;

  /** Low end of the 80 % interval of {@link #etaS}. */
  public double etaLowS;

  /** High end of the 80 % interval of {@link #etaS}. */
  public double etaHighS;

  /** That it is crossed within the horizon, 0 to 1. */
  public double probability;

  /** Change per second, in the quantity's unit. */
  public double slopePerS;

  public Outlook() {
    clear();
  }

  /** Nothing is said. */
  public void clear() {
    etaS = Double.NaN;
    etaLowS = Double.NaN;
    etaHighS = Double.NaN;
    probability = Double.NaN;
    slopePerS = Double.NaN;
  }
}
