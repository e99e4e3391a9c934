package org.minusone.rules.forecast;

/**
 * A fast, a middle and a slow trend of one value, three Holt(.4 k H, k H), k = .1, 1/3, 1 (DOMAIN
 * §7): six doubles of a memory, level and slope of each.
 */
final class Paces {
  static final int COUNT = 3;

  /** Doubles of a memory. */
  static final int SIZE = 2 * COUNT;

  private static final double[] SHARES = {.1, 1.0 / 3, 1};
  private static final double LEVEL_SHARE = .4;
  private static final double LEAST_LEFT = .02;

  private Paces() {}

  static void start(double[] memory, int at, double x) {
    for (int k = 0; k < COUNT; k++) {
      memory[at + 2 * k] = x;
      memory[at + 2 * k + 1] = 0;
    }
  }

  /** Takes in {@code x}; returns by how much it missed what the slow trend predicted. */
  static double follow(double[] memory, int at, double seconds, double x, double horizonS) {
    double missed = 0;
    for (int k = 0; k < COUNT; k++) {
      double pace = SHARES[k] * horizonS;
      missed = Trend.follow(memory, at + 2 * k, seconds, x, LEVEL_SHARE * pace, pace);
    }
    return missed;
  }

  static double slope(double[] memory, int at, int k) {
    return memory[at + 2 * k + 1];
  }

  /** The share of the way from rest to the limit that is left, at least a fiftieth. */
  static double left(double gone) {
    return StrictMath.max(1 - gone, LEAST_LEFT);
  }

  /**
   * tanh(x_k/2rem) of each trend, x_k = b_k·H/way.
   *
   * @param gone of the way from rest to the limit
   * @param row filled from {@code from} on
   */
  static void features(
      double[] memory, int at, double horizonS, double way, double gone, double[] row, int from) {
    for (int k = 0; k < COUNT; k++) {
      double rise = slope(memory, at, k) * horizonS / way;
      row[from + k] = StrictMath.tanh(rise / (2 * left(gone)));
    }
  }
}
