package org.minusone.rules.forecast;

import java.time.Duration;

/**
 * The growth of a fire, or of a body that heats up ever faster (DOMAIN §7): what it has risen above
 * its rest goes with time squared.
 *
 * <pre>
 * Holt(.1 H, .1 H);  base = the resting level;  dT = max(l − base, .5);  eta = (2 dT/b)(√((L − base)/dT) − 1)
 * foreseen if  eta ≤ H,  b > 0,  v − base ≥ .15 (L − base),  3 readings were seen
 * </pre>
 *
 * <p>No time constant is longer than {@value #READINGS_OF_SLOPE} observed intervals (D): who
 * reports many times within it does so because things move.
 *
 * <p>The probability is made of three trends, as that of {@link ThreeTrends}: P = σ(w₀ + Σ w_k
 * tanh(x_k/2rem)), see {@link RiseWeights}. The square alone knows no rise that slows down, as that
 * of a cable under a new load does.
 */
final class TSquared extends Rising {
  static final String METHOD = "t-squared";

  private static final double TIME_SHARE = .1;
  private static final double READINGS_OF_SLOPE = 30;
  private static final double GATE = .15;

  /** Half a degree: below it a rise is noise. */
  private static final double LEAST_RISE = .5;

  private final RiseWeights weights;
  private final double operatingPoint;
  private final Duration withdrawAfter;

  TSquared(Task task, RiseWeights weights) {
    super(task);
    this.weights = weights;
    operatingPoint = task.probabilityOr(Double.NaN);
    withdrawAfter = task.horizon();
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public int memorySize() {
    return OWN + Paces.SIZE;
  }

  @Override
  void begin(double[] memory, double x) {
    Paces.start(memory, OWN, x);
  }

  @Override
  double follow(double[] memory, double seconds, double x) {
    Paces.follow(memory, OWN, seconds, x, horizonS);
    double time = StrictMath.min(TIME_SHARE * horizonS, READINGS_OF_SLOPE * memory[INTERVAL]);
    return Trend.follow(memory, LEVEL, seconds, x, time, time);
  }

  @Override
  boolean looksAhead(double[] memory, double x, int target, Outlook outlook) {
    double[] row = new double[RiseWeights.FEATURES];
    if (!features(memory, x, target, row)) {
      outlook.probability = 0;
      return false;
    }
    outlook.probability = logistic(LinearSystem.dot(weights.ofRisk(), row));
    double eta = eta(memory, target);
    if (Double.isNaN(eta)) {
      return false;
    }
    boolean threat =
        Double.isNaN(operatingPoint) ? eta <= horizonS : outlook.probability >= operatingPoint;
    if (threat) {
      tell(memory, eta * weights.low(), eta, eta * weights.high(), outlook);
    }
    return threat;
  }

  /** Seconds to the crossing; {@code NaN} where it does not rise. */
  double eta(double[] memory, int target) {
    if (memory[SLOPE] <= 0) {
      return Double.NaN;
    }
    double rest = memory[REST];
    double way = limits[target] - rest;
    double risen = StrictMath.max(memory[LEVEL] - rest, LEAST_RISE);
    return StrictMath.max(0, 2 * risen / memory[SLOPE] * (StrictMath.sqrt(way / risen) - 1));
  }

  /** Fills what P is made of; false where it is not far enough on its way and P is 0. */
  boolean features(double[] memory, double x, int target, double[] row) {
    double rest = memory[REST];
    double way = limits[target] - rest;
    if (memory[READINGS] < MIN_READINGS
        || way <= 0
        || !resting.isPast(GATE, rest, x, limits[target])) {
      return false;
    }
    row[0] = 1;
    Paces.features(memory, OWN, horizonS, way, (x - rest) / way, row, 1);
    return true;
  }

  @Override
  public Duration withdrawAfter() {
    return withdrawAfter;
  }
}
