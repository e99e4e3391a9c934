package org.minusone.rules.forecast;

import java.util.Arrays;

/**
 * The fitted constants of {@link ThreeTrends}. A rule has {@link #STREETS}; who scores the method
 * on readings those were fitted on hands in others, fitted without them.
 *
 * @param risk constant, weights of the fast, the middle and the slow trend, weight of the history
 * @param interval three rows (9 %, half, 91 % of the crossings came sooner), each constant, weight
 *     of u = ln(rem/rise) and of z = logit P, giving ln(lead/H)
 */
public record TrendWeights(double[] risk, double[][] interval) {
  /**
   * Fitted on 119 street gauges of New York (FloodNet, 2020–2025, limits 10, 15 and 27 cm, one
   * reading a minute, H = 900 s): the risk by logistic regression over the readings between .15 L
   * and L, the interval by quantile regression over the true warnings.
   */
  public static final TrendWeights STREETS =
      new TrendWeights(
          new double[] {-4.942, 2.569, 2.455, 2.131, .68},
          new double[][] {{-.356, 1.406, .493}, {.073, 1.015, .291}, {.346, .386, -.036}});

  public TrendWeights {
    if (risk.length != 5 || interval.length != 3) {
      throw new IllegalArgumentException("5 weights of the risk, 3 rows of the interval");
    }
    risk = risk.clone();
    interval = Arrays.stream(interval).map(double[]::clone).toArray(double[][]::new);
  }

  double[] ofRisk() {
    return risk;
  }

  /** ln(lead/H) that nine in ten exceed. */
  double low(double u, double z) {
    return at(0, u, z);
  }

  double middle(double u, double z) {
    return at(1, u, z);
  }

  /** ln(lead/H) that one in ten exceeds. */
  double high(double u, double z) {
    return at(2, u, z);
  }

  private double at(int row, double u, double z) {
    double[] q = interval[row];
    return q[0] + q[1] * u + q[2] * z;
  }
}
