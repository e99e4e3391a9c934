package org.minusone.rules.forecast;

/**
 * The fitted constants of {@link TSquared}. A rule has {@link #FIRES}; who scores the method on
 * readings those were fitted on hands in others, fitted without them.
 *
 * @param risk constant, weights of the fast, the middle and the slow trend
 * @param low factor on the time left that nine in ten exceed
 * @param high factor on it that one in ten exceeds
 */
public record RiseWeights(double[] risk, double low, double high) {
  static final int FEATURES = Paces.COUNT + 1;

  /**
   * Logistic regression over the readings on the way to a limit, and the percentiles 9 and 91 of
   * lead/eta over the true warnings, in house fires (NIST TN 1455, every 5 °C from 40 to 80, H = 60
   * s). Cross-validated by fire, predicted .34/.49/.70/.89 were seen .36/.49/.72/.84.
   */
  public static final RiseWeights FIRES =
      new RiseWeights(new double[] {-1.51, 1.55, 4.68, -2.63}, .545, 1.89);

  public RiseWeights {
    if (risk.length != FEATURES) {
      throw new IllegalArgumentException(FEATURES + " weights of the risk");
    }
    risk = risk.clone();
  }

  double[] ofRisk() {
    return risk;
  }
}
