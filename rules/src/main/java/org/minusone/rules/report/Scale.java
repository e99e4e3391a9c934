package org.minusone.rules.report;

import java.util.ArrayList;
import java.util.List;

/** From values to coordinates, with ticks at round numbers. */
record Scale(double low, double high, double from, double to) {
  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** A range with some air, never empty. */
  static double[] around(double low, double high) {
    double span = high - low;
    double air = span == 0 ? Math.max(1, Math.abs(low) * .1) : span * .08;
    return new double[] {low - air, high + air};
  }

  /** Round steps, about {@code wanted} of them. */
  List<Double> ticks(int wanted) {
    double raw = (high - low) / wanted;
    double power = 1;
    while (power * 10 <= raw) {
      power *= 10;
    }
    while (power > raw) {
      power /= 10;
    }
    double step =
        raw <= power
            ? power
            : raw <= 2 * power ? 2 * power : raw <= 5 * power ? 5 * power : 10 * power;
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
