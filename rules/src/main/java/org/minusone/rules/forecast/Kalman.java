package org.minusone.rules.forecast;

import java.time.Duration;

/**
 * A Kalman filter of constant slope: the slope wanders with white noise, readings scatter about the
 * level. Foreseen if it is more likely than not that the level will have reached the limit at the
 * horizon, by the filter's own variance.
 *
 * <p>How much the readings scatter is learnt from the innovations; how much the slope wanders is
 * set so that the filter's time constant is a tenth of the horizon (DOMAIN §7 has t² and Holt
 * there): {@code q = R·dt/τ⁴}, where R·dt is the density of the readings' noise.
 */
final class Kalman extends Rising {
  static final String METHOD = "kalman";

  private static final double TIME_SHARE = .1;
  private static final double GATE = .2;
  private static final double OPERATING_POINT = .5;

  /** Variance of level, of both together, of slope, in units of the readings' variance. */
  private static final int PLL = OWN;

  private static final int PLB = OWN + 1;
  private static final int PBB = OWN + 2;

  /** Readings' variance as learnt. */
  private static final int NOISE = OWN + 3;

  /** What a reading's resolution may hide, as a share of the limit squared (D). */
  private static final double LEAST_NOISE = 1e-8;

  /** Of a standard normal: 80 % lie within. */
  private static final double Z80 = 1.2816;

  private final double operatingPoint;
  private final double leastNoise;

  Kalman(Task task) {
    super(task);
    operatingPoint = task.probabilityOr(OPERATING_POINT);
    double widest = 1e-3;
    for (double limit : limits) {
      widest = StrictMath.max(widest, StrictMath.abs(limit));
    }
    leastNoise = LEAST_NOISE * widest * widest;
  }

  @Override
  public String method() {
    return METHOD;
  }

  @Override
  public int memorySize() {
    return OWN + 4;
  }

  @Override
  void begin(double[] memory, double x) {
    memory[PLL] = 1;
    memory[PLB] = 0;
    memory[PBB] = 1 / (TIME_SHARE * horizonS) / (TIME_SHARE * horizonS);
    memory[NOISE] = leastNoise;
  }

  @Override
  double follow(double[] memory, double seconds, double x) {
    double tau = TIME_SHARE * horizonS;
    double q = memory[INTERVAL] / (tau * tau * tau * tau);
    // What lies far back says nothing about now: the variance need not grow beyond all bounds.
    double dt = StrictMath.min(seconds, 4 * horizonS);
    double pbb = memory[PBB];
    double plb = memory[PLB] + dt * pbb;
    double pll = memory[PLL] + dt * (memory[PLB] + plb) + q * dt * dt * dt / 3;
    plb += q * dt * dt / 2;
    pbb += q * dt;
    double missed = x - (memory[LEVEL] + memory[SLOPE] * seconds);
    double sum = pll + 1;
    memory[LEVEL] = x - missed / sum;
    memory[SLOPE] += plb / sum * missed;
    memory[PLL] = pll / sum;
    memory[PLB] = plb / sum;
    memory[PBB] = pbb - plb * plb / sum;
    double gain = -StrictMath.expm1(-seconds / horizonS);
    memory[NOISE] =
        StrictMath.max(leastNoise, memory[NOISE] + gain * (missed * missed / sum - memory[NOISE]));
    return missed;
  }

  @Override
  boolean looksAhead(double[] memory, double x, int target, Outlook outlook) {
    double limit = limits[target];
    if (memory[READINGS] < MIN_READINGS || memory[REST] >= limit) {
      return false;
    }
    double tau = TIME_SHARE * horizonS;
    double q = memory[INTERVAL] / (tau * tau * tau * tau);
    double h = horizonS;
    double variance =
        memory[NOISE]
            * (memory[PLL] + 2 * h * memory[PLB] + h * h * memory[PBB] + q * h * h * h / 3);
    double deviation = StrictMath.sqrt(variance);
    double slope = memory[SLOPE];
    double left = limit - memory[LEVEL];
    outlook.probability = normal((slope * h - left) / deviation);
    if (outlook.probability < operatingPoint
        || slope <= 0
        || !resting.isPast(GATE, memory[REST], x, limit)) {
      return false;
    }
    double eta = StrictMath.max(0, left / slope);
    double slopeDeviation = Z80 * StrictMath.sqrt(memory[NOISE] * memory[PBB]);
    double slow = slope - slopeDeviation;
    double low = StrictMath.max(0, left / (slope + slopeDeviation));
    tell(memory, low, eta, slow > 0 ? left / slow : 4 * h, outlook);
    return true;
  }

  /** The standard normal's distribution, to 1e-7 (Abramowitz and Stegun 26.2.17). */
  private static double normal(double z) {
    double t = 1 / (1 + .2316419 * StrictMath.abs(z));
    double tail =
        StrictMath.exp(-z * z / 2)
            / StrictMath.sqrt(2 * StrictMath.PI)
            * t
            * (.319381530
                + t * (-.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return z >= 0 ? 1 - tail : tail;
  }

  @Override
  public Duration withdrawAfter() {
    return Duration.ofMillis((long) (1000 * horizonS));
  }
}
