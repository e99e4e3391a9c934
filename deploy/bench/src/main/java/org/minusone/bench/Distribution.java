package org.minusone.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Percentiles by nearest rank: each is a value that was measured, nothing is interpolated. */
record Distribution(double p50, double p90, double p99, double max, int n) {

  static Distribution of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0
        ? new Distribution(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0)
        : new Distribution(
            rank(sorted, 50), rank(sorted, 90), rank(sorted, 99), rank(sorted, 100), sorted.length);
  }

  private static double rank(double[] sorted, int percent) {
    int rank = (sorted.length * percent + 99) / 100;
    return round(sorted[Math.max(0, rank - 1)]);
  }

  /** Each percentile's median over the rounds, the highest maximum, and how many in all. */
  static Distribution median(List<Distribution> rounds) {
    return new Distribution(
        median(rounds, Distribution::p50),
        median(rounds, Distribution::p90),
        median(rounds, Distribution::p99),
        rounds.stream().mapToDouble(Distribution::max).max().orElse(Double.NaN),
        rounds.stream().mapToInt(Distribution::n).sum());
  }

  /** The middle one; of an even number, the mean of the two in the middle. */
  static <T> double median(Collection<T> all, ToDoubleFunction<T> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
    return round(Arrays.stream(middle).average().orElseThrow());
  }

  /** To a tenth: the clocks that are compared tell whole milliseconds. */
  static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
