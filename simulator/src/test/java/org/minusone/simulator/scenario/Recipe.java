package org.minusone.simulator.scenario;

/**
 * Gated damped Holt as DOMAIN §7 writes it down, for tests alone: it says whether a story can be
 * foreseen at all. The product's own forecaster lives in the rules.
 */
final class Recipe {
  private final double limit;
  private final double horizonS;
  private final boolean firstDifference;
  private double level;
  private double trend;
  private double last;
  private long lastMs;
  private int seen;

  /**
   * @param firstDifference whether the trend starts with the first two readings' difference rather
   *     than 0
   */
  Recipe(double limit, double horizonS, boolean firstDifference) {
    this.limit = limit;
    this.horizonS = horizonS;
    this.firstDifference = firstDifference;
  }

  void feed(long timeMs, double value) {
    double dt = (timeMs - lastMs) / 1000.0;
    if (seen == 0 || dt > 3600) {
      level = value;
      trend = 0;
      seen = 0;
    } else {
      if (seen == 1 && firstDifference) {
        trend = (value - level) / dt;
      }
      double scale = horizonS / 900;
      double a = 1 - Math.exp(-dt / (40 * scale));
      double c = 1 - Math.exp(-dt / (600 * scale));
      double p = level + trend * dt;
      double next = p + a * (value - p);
      trend += c * ((next - level) / dt - trend);
      level = next;
    }
    last = value;
    lastMs = timeMs;
    seen++;
  }

  /** Where the damped forecast ends. */
  double foreseen() {
    return level + trend * horizonS * (1 - Math.exp(-1));
  }

  boolean forewarns() {
    return seen >= 3 && last >= 0.7 * limit && foreseen() >= limit;
  }
}
