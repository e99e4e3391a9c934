package org.minusone.rules.forecast;

import java.util.ArrayList;
import java.util.List;

/** Fits {@link RiseWeights} to what sensors reported, one target at a time. Deterministic. */
public final class RiseFit {
  /** A little wider than a tenth at each end: what was fitted fits what follows a little less. */
  private static final double LOW = .09;

  private static final double HIGH = .91;

  private final List<double[]> rows = new ArrayList<>();
  private final List<Boolean> crossed = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();

  /** Takes in what a sensor reported on the way to the one limit of {@code task}. */
  public void add(Task task, Sampled sensor) {
    TSquared method = new TSquared(task, RiseWeights.FIRES);
    boolean[] crosses = sensor.crossesWithin(task.horizonS(), task.limits()[0], task.sign());
    sensor.walk(
        method,
        (i, memory) -> {
          double x = task.sign() * sensor.values()[i];
          double[] row = new double[RiseWeights.FEATURES];
          if (x < method.limits[0] && method.features(memory, x, 0, row)) {
            rows.add(row);
            crossed.add(crosses[i]);
          }
        });
  }

  /** Takes in a forewarning of {@code sensor} that came true. */
  public void addTrue(Task task, Sampled sensor, long atMs, double leadS) {
    TSquared method = new TSquared(task, RiseWeights.FIRES);
    sensor.walk(
        method,
        (i, memory) -> {
          double eta = method.eta(memory, 0);
          if (sensor.timesMs()[i] == atMs && eta > 0) {
            ratios.add(leadS / eta);
          }
        });
  }

  public RiseWeights weights() {
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    return new RiseWeights(
        LogisticFit.weights(rows, crossed, RiseWeights.FEATURES),
        n == 0 ? RiseWeights.FIRES.low() : sorted[(int) (LOW * n)],
        n == 0 ? RiseWeights.FIRES.high() : sorted[(int) (HIGH * n)]);
  }
}
