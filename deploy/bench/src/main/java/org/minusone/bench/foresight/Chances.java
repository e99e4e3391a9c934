package org.minusone.bench.foresight;

import java.util.ArrayList;
import java.util.List;

/** Predicted probabilities held against what came, in five equal bins. */
final class Chances {
  private static final int BINS = 5;

  /** Below it a bin says nothing. */
  static final int LEAST_EVENTS = 20;

  private final long[] readings = new long[BINS];
  private final long[] crossed = new long[BINS];
  private final double[] sum = new double[BINS];

  /**
   * @param readings that had such a probability
   * @param crossed how many of them crossed within the horizon
   */
  record Bin(double from, double to, long readings, long crossed, double predicted, double seen) {
    boolean counts() {
      return crossed >= LEAST_EVENTS;
    }
  }

  void add(double probability, boolean happened) {
    if (Double.isNaN(probability)) {
      return;
    }
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    readings[bin]++;
    sum[bin] += probability;
    crossed[bin] += happened ? 1 : 0;
  }

  Chances plus(Chances other) {
    Chances both = new Chances();
    for (int i = 0; i < BINS; i++) {
      both.readings[i] = readings[i] + other.readings[i];
      both.crossed[i] = crossed[i] + other.crossed[i];
      both.sum[i] = sum[i] + other.sum[i];
    }
    return both;
  }

  boolean isEmpty() {
    for (long n : readings) {
      if (n > 0) {
        return false;
      }
    }
    return true;
  }

  List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      if (readings[i] > 0) {
        bins.add(
            new Bin(
                i / (double) BINS,
                (i + 1) / (double) BINS,
                readings[i],
                crossed[i],
                sum[i] / readings[i],
                crossed[i] / (double) readings[i]));
      }
    }
    return bins;
  }
}
