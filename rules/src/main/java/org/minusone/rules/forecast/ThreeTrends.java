package org.minusone.rules.forecast;

import java.time.Duration;

/**
 * How likely it is that a level which rises from rest crosses within the horizon, from three trends
 * of it and the site's own history (DOMAIN §7):
 *
 * <pre>
 * three Holt(.4 k H, k H), k = .1, 1/3, 1;  rem = max(1 − v/L, .02);  x_k = b_k·H/L
 * P = σ(w₀ + Σ w_k tanh(x_k/2rem) + w₄ r),  0 where v ≤ .15 L
 * r = ln((C + .6)/(A − C + 1)) within ±1: A approaches of this sensor that ended or crossed (from
 *     .5 L on, until below .25 L or a gap), C those that crossed
 * </pre>
 *
 * v and L are counted from the resting level where that is not zero.
 *
 * <p>Announced where P is at or past the operating point, which two things move (chosen with it on
 * street floods, P cross-validated by sensor):
 *
 * <ul>
 *   <li><b>history</b>: the operating point moves by {@value #HISTORY} min(r, {@value
 *       #MOST_HISTORY}) in logits, which holds back where few approaches crossed. A forewarning
 *       stands for four horizons, P speaks of one, and what a site usually does says more about the
 *       longer time.
 *   <li><b>now or never</b>: another step as large as the last would cross, so that the next
 *       reading may be the crossing and waiting buys nothing; then {@value #EARLIER} less in logits
 *       will do.
 * </ul>
 */
final class ThreeTrends extends Rising {
  static final String METHOD = "three-trends";
  static final int WITHDRAW_HORIZONS = 2;

  private static final double OPERATING_POINT = .525;
  private static final double HISTORY = .8;
  private static final double MOST_HISTORY = .2;
  private static final double EARLIER = 2.6;

  private static final double DRY = .15;
  private static final double LEAST_RISE = .05;
  private static final double ENTER = .5;
  private static final double LEAVE = .25;

  /** Constant, one a pace, history. */
  private static final int FEATURES = Paces.COUNT + 2;

  private static final int TRENDS = OWN;
  private static final int VALUE = TRENDS + Paces.SIZE;
  private static final int BEFORE = VALUE + 1;

  /** Three doubles a target: approaches, those that crossed, whether one is on. */
  private static final int APPROACHES = BEFORE + 1;

  private static final int NONE = 0;
  private static final int NEAR = 1;
  private static final int CROSSED = 2;

  private final TrendWeights weights;
  private final double atOrPast;
  private final Duration withdrawAfter;

  ThreeTrends(Task task, TrendWeights weights) {
    super(task);
    this.weights = weights;
    atOrPast = logit(task.probabilityOr(OPERATING_POINT));
    withdrawAfter = task.horizon().multipliedBy(WITHDRAW_HORIZONS);
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public int memorySize() {
    return APPROACHES + 3 * limits.length;
  }

  /** The history outlives a gap. */
  @Override
  void begin(double[] memory, double x) {
    Paces.start(memory, TRENDS, x);
    memory[VALUE] = x;
    memory[BEFORE] = x;
    for (int target = 0; target < limits.length; target++) {
      leave(memory, target);
      approach(memory, target, x);
    }
  }

  @Override
  double follow(double[] memory, double seconds, double x) {
    double missed = Paces.follow(memory, TRENDS, seconds, x, horizonS);
    memory[LEVEL] = memory[TRENDS + 2];
    memory[SLOPE] = Paces.slope(memory, TRENDS, 1);
    memory[BEFORE] = memory[VALUE];
    memory[VALUE] = x;
    for (int target = 0; target < limits.length; target++) {
      approach(memory, target, x);
    }
    return missed;
  }

  private void approach(double[] memory, int target, double x) {
    int at = APPROACHES + 3 * target;
    double rest = memory[REST];
    double way = limits[target] - rest;
    if (way <= 0) {
      return;
    }
    if (memory[at + 2] == NONE && x - rest >= ENTER * way) {
      memory[at + 2] = NEAR;
    }
    if (memory[at + 2] == NEAR && x >= limits[target]) {
      memory[at + 2] = CROSSED;
      memory[at]++;
      memory[at + 1]++;
    }
    if (x - rest < LEAVE * way) {
      leave(memory, target);
    }
  }

  private static void leave(double[] memory, int target) {
    int at = APPROACHES + 3 * target;
    if (memory[at + 2] == NEAR) {
      memory[at]++;
    }
    memory[at + 2] = NONE;
  }

  private static double history(double[] memory, int target) {
    double approaches = memory[APPROACHES + 3 * target];
    double crossed = memory[APPROACHES + 3 * target + 1];
    double odds = StrictMath.log((crossed + .6) / (approaches - crossed + 1));
    return StrictMath.max(-1, StrictMath.min(1, odds));
  }

  @Override
  boolean looksAhead(double[] memory, double x, int target, Outlook outlook) {
    double[] row = new double[FEATURES];
    if (!features(memory, x, target, row)) {
      outlook.probability = 0;
      return false;
    }
    double z = LinearSystem.dot(weights.ofRisk(), row);
    outlook.probability = logistic(z);
    boolean isNext = x + (x - memory[BEFORE]) >= limits[target];
    double history = StrictMath.min(row[FEATURES - 1], MOST_HISTORY);
    if (z < atOrPast - HISTORY * history - (isNext ? EARLIER : 0)) {
      return false;
    }
    double u = wayByRise(memory, x, target);
    tell(
        memory,
        horizonS * StrictMath.exp(weights.low(u, z)),
        horizonS * StrictMath.exp(weights.middle(u, z)),
        horizonS * StrictMath.exp(weights.high(u, z)),
        outlook);
    return true;
  }

  /** Fills what P is made of; false where the place is as good as dry and P is 0. */
  boolean features(double[] memory, double x, int target, double[] row) {
    double rest = memory[REST];
    double way = limits[target] - rest;
    if (way <= 0 || x - rest <= DRY * way) {
      return false;
    }
    row[0] = 1;
    Paces.features(memory, TRENDS, horizonS, way, (x - rest) / way, row, 1);
    row[FEATURES - 1] = history(memory, target);
    return true;
  }

  /** u = ln(rem/max(mean of the rising x_k, .05)). */
  double wayByRise(double[] memory, double x, int target) {
    double rest = memory[REST];
    double way = limits[target] - rest;
    double rise = 0;
    for (int k = 0; k < Paces.COUNT; k++) {
      double slope = Paces.slope(memory, TRENDS, k);
      rise += StrictMath.max(slope * horizonS / way, 0) / Paces.COUNT;
    }
    double left = Paces.left((x - rest) / way);
    return StrictMath.log(left / StrictMath.max(rise, LEAST_RISE));
  }

  @Override
  public Duration withdrawAfter() {
    return withdrawAfter;
  }
}
