package org.minusone.rules.forecast;

import java.util.List;

/**
 * Logistic regression by Newton's method, with a ridge too small to matter that keeps it solvable.
 * The same rows in the same order give the same weights to the last bit.
 */
final class LogisticFit {
  private static final int MOST_STEPS = 30;
  private static final double RIDGE = 1e-3;
  private static final double DONE = 1e-9;

  private LogisticFit() {}

  /**
   * @param rows features, the constant among them
   * @param happened one for each row
   */
  static double[] weights(List<double[]> rows, List<Boolean> happened, int features) {
    double[] w = new double[features];
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] gradient = new double[features];
      double[][] curvature = new double[features][features];
      for (int j = 0; j < features; j++) {
        gradient[j] = -RIDGE * w[j];
        curvature[j][j] = RIDGE;
      }
      for (int i = 0; i < rows.size(); i++) {
        double[] row = rows.get(i);
        double p = Rising.logistic(LinearSystem.dot(w, row));
        double missed = (happened.get(i) ? 1 : 0) - p;
        double weight = p * (1 - p) + 1e-9;
        for (int j = 0; j < features; j++) {
          gradient[j] += missed * row[j];
          for (int k = 0; k <= j; k++) {
            curvature[j][k] += weight * row[j] * row[k];
          }
        }
      }
      double[] change = LinearSystem.solve(curvature, gradient);
      double largest = 0;
      for (int j = 0; j < features; j++) {
        w[j] += change[j];
        largest = StrictMath.max(largest, StrictMath.abs(change[j]));
      }
      if (largest < DONE) {
        break;
      }
    }
    return w;
  }
}
