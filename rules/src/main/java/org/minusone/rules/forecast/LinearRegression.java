package org.minusone.rules.forecast;

import java.time.Duration;

/**
 * Least squares over the last readings, as Prometheus' {@code predict_linear} over ten minutes of a
 * quarter of an hour (DOMAIN §7): foreseen if the line reaches the limit within the horizon.
 *
 * <p>The window has a soft edge, weights e^(−age/τ) with τ = H/3: the same mean age as a hard one
 * of 2 H/3, and five sums instead of a list of readings.
 */
final class LinearRegression extends Rising {
  static final String METHOD = "linear";

  private static final double WINDOW = 1.0 / 3;
  private static final double LOW = .5;
  private static final double HIGH = 2;

  /** Sums of weights, of age, of its square, of value, of age · value; age is minus seconds. */
  private static final int S = OWN;

  private static final int ST = OWN + 1;
  private static final int STT = OWN + 2;
  private static final int SX = OWN + 3;
  private static final int STX = OWN + 4;

  LinearRegression(Task task) {
    super(task);
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public int memorySize() {
    return OWN + 5;
  }

  @Override
  void begin(double[] memory, double x) {
    memory[S] = 1;
    memory[ST] = 0;
    memory[STT] = 0;
    memory[SX] = x;
    memory[STX] = 0;
  }

  @Override
  double follow(double[] memory, double seconds, double x) {
    double predicted = memory[LEVEL] + memory[SLOPE] * seconds;
    double kept = StrictMath.exp(-seconds / (WINDOW * horizonS));
    double s = memory[S];
    double st = memory[ST];
    memory[STX] = kept * (memory[STX] - seconds * memory[SX]);
    memory[SX] = kept * memory[SX] + x;
    memory[STT] = kept * (memory[STT] - 2 * seconds * st + seconds * seconds * s);
    memory[ST] = kept * (st - seconds * s);
    memory[S] = kept * s + 1;
    double spread = memory[S] * memory[STT] - memory[ST] * memory[ST];
    // Readings a millisecond apart say nothing about a slope.
    boolean flat = !(spread > 1e-9 * horizonS * horizonS * memory[S] * memory[S]);
    memory[SLOPE] = flat ? 0 : (memory[S] * memory[STX] - memory[ST] * memory[SX]) / spread;
    memory[LEVEL] = (memory[SX] - memory[SLOPE] * memory[ST]) / memory[S];
    return x - predicted;
  }

  @Override
  boolean looksAhead(double[] memory, double x, int target, Outlook outlook) {
    double left = limits[target] - memory[LEVEL];
    if (memory[READINGS] < MIN_READINGS || memory[SLOPE] <= 0 || memory[SLOPE] * horizonS < left) {
      return false;
    }
    double eta = StrictMath.max(0, left / memory[SLOPE]);
    tell(memory, eta * LOW, eta, eta * HIGH, outlook);
    return true;
  }

  @Override
  public Duration withdrawAfter() {
    return Duration.ZERO;
  }
}
