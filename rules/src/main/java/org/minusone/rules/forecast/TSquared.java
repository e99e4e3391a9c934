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
 * <p>The probability is a logistic curve of ln(H/eta) and of how much of the way is gone, see
 * {@link RiseWeights}.
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
  double follow(double[] memory, double seconds, double x) {
    double time = StrictMath.min(TIME_SHARE * horizonS, READINGS_OF_SLOPE * memory[INTERVAL]);
    return Trend.follow(memory, LEVEL, seconds, x, time, time);
  }

  @Override
  boolean looksAhead(double[] memory, double x, int target, Outlook outlook) {
    double eta = eta(memory, x, target);
    if (Double.isNaN(eta)) {
      outlook.probability = 0;
      return false;
    }
    outlook.probability =
        logistic(LinearSystem.dot(weights.risk(), features(memory, x, target, eta)));
    boolean threat =
        Double.isNaN(operatingPoint) ? eta <= horizonS : outlook.probability >= operatingPoint;
    if (threat) {
      tell(memory, eta * weights.low(), eta, eta * weights.high(), outlook);
    }
    return threat;
  }

  /**
   * Seconds to the crossing; {@code NaN} where it does not rise or is not far enough on its way.
   */
  double eta(double[] memory, double x, int target) {
    double limit = limits[target];
    double rest = memory[REST];
    double way = limit - rest;
    if (memory[READINGS] < MIN_READINGS
        || memory[SLOPE] <= 0
        || way <= 0
        || !resting.isPast(GATE, rest, x, limit)) {
      return Double.NaN;
    }
    double risen = StrictMath.max(memory[LEVEL] - rest, LEAST_RISE);
    return StrictMath.max(0, 2 * risen / memory[SLOPE] * (StrictMath.sqrt(way / risen) - 1));
  }

  /** What P is made of, see {@link RiseWeights}. */
  double[] features(double[] memory, double x, int target, double eta) {
    double nearest = .01 * horizonS;
    double furthest = 100 * horizonS;
    double ahead =
        StrictMath.log(horizonS / StrictMath.min(furthest, StrictMath.max(nearest, eta)));
    double way = limits[target] - memory[REST];
    double gone = StrictMath.min(1, (x - memory[REST]) / way);
    return new double[] {1, ahead, gone, ahead * gone};
  }

  @Override
  public Duration withdrawAfter() {
    return withdrawAfter;
  }
}
