package org.minusone.rules.forecast;

import java.util.List;

/** Quantile regression by reweighted least squares, a fixed number of rounds. */
final class QuantileFit {
  private static final int ROUNDS = 200;

  /** Residuals nearer to the line than this count as this near. */
  private static final double NEAREST = 1e-3;

  private static final double RIDGE = 1e-6;

  private QuantileFit() {}

  /**
   * @param share of the values that should lie below the line
   */
  static double[] weights(List<double[]> rows, double[] values, double share) {
    int features = rows.get(0).length;
    double[] w = new double[features];
    for (int round = 0; round < ROUNDS; round++) {
      double[][] matrix = new double[features][features];
      double[] right = new double[features];
      for (int j = 0; j < features; j++) {
        matrix[j][j] = RIDGE;
      }
      for (int i = 0; i < values.length; i++) {
        double[] row = rows.get(i);
        double missed = values[i] - LinearSystem.dot(w, row);
        double side = round == 0 ? 1 : missed > 0 ? share : 1 - share;
        double weight = round == 0 ? 1 : side / StrictMath.max(StrictMath.abs(missed), NEAREST);
        for (int j = 0; j < features; j++) {
          right[j] += weight * row[j] * values[i];
          for (int k = 0; k <= j; k++) {
            matrix[j][k] += weight * row[j] * row[k];
          }
        }
      }
      w = LinearSystem.solve(matrix, right);
    }
    return w;
  }
}
