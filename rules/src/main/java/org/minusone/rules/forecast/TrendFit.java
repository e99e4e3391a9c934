package org.minusone.rules.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * Fits {@link TrendWeights} to what sensors reported: the risk to the readings between .15 L and L
 * of all targets, the interval to the forewarnings that came true. Deterministic.
 */
public final class TrendFit {
  private static final int FEATURES = 5;

  /** A little wider than a tenth at each end: what was fitted fits what follows a little less. */
  private static final double LOW = .09;

  private static final double HIGH = .91;

  private final Task task;
  private final List<double[]> rows = new ArrayList<>();
  private final List<Boolean> crossed = new ArrayList<>();
  private final List<double[]> warned = new ArrayList<>();
  private final List<Double> leads = new ArrayList<>();

  public TrendFit(Task task) {
    this.task = task;
  }

  /** Takes in what a sensor reported, for the risk. */
  public void add(Sampled sensor) {
    ThreeTrends trends = new ThreeTrends(task, TrendWeights.STREETS);
    boolean[][] crosses = new boolean[task.limits().length][];
    for (int target = 0; target < crosses.length; target++) {
      crosses[target] = sensor.crossesWithin(task.horizonS(), task.limits()[target], task.sign());
    }
    sensor.walk(
        trends,
        (i, memory) -> {
          double x = task.sign() * sensor.values()[i];
          for (int target = 0; target < crosses.length; target++) {
            double[] row = new double[FEATURES];
            if (x < trends.limits[target] && trends.features(memory, x, target, row)) {
              rows.add(row);
              crossed.add(crosses[target][i]);
            }
          }
        });
  }

  public double[] risk() {
    return LogisticFit.weights(rows, crossed, FEATURES);
  }

  /**
   * Takes in a forewarning of {@code sensor} that came true, for the interval.
   *
   * @param risk the weights it was given by
   */
  public void addTrue(Sampled sensor, double[] risk, int target, long atMs, double leadS) {
    ThreeTrends trends = new ThreeTrends(task, TrendWeights.STREETS);
    sensor.walk(
        trends,
        (i, memory) -> {
          double[] row = new double[FEATURES];
          double x = task.sign() * sensor.values()[i];
          if (sensor.timesMs()[i] == atMs && trends.features(memory, x, target, row)) {
            double z = LinearSystem.dot(risk, row);
            warned.add(new double[] {1, trends.wayByRise(memory, x, target), z});
            leads.add(StrictMath.log(leadS / task.horizonS()));
          }
        });
  }

  public double[][] interval() {
    double[] values = leads.stream().mapToDouble(Double::doubleValue).toArray();
    return new double[][] {
      QuantileFit.weights(warned, values, LOW),
      QuantileFit.weights(warned, values, .5),
      QuantileFit.weights(warned, values, HIGH)
    };
  }
}
