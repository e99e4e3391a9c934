package org.minusone.bench.foresight;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.minusone.rules.score.Score;

/**
 * All that is printed. Numbers are rounded; null where there is nothing to divide by.
 *
 * @param table a row a set, limit and method
 * @param probabilities a row a set, method and limits
 * @param intervals a row a set and method, over all true warnings of the limits pooled
 */
record Findings(List<Row> table, List<Honesty> probabilities, List<Interval> intervals) {
  record Row(
      String set,
      String quantity,
      double limit,
      double horizonS,
      String method,
      boolean isDefault,
      int events,
      Double recall,
      Double precision,
      Double leadMedianS,
      Double leadP10S,
      Double falsePerSensorDay,
      Double warnedShare,
      Double intervalCoverage) {

    static Row of(
        Recording recording, double limit, String method, boolean isDefault, Score score) {
      return new Row(
          recording.set(),
          recording.kind().quantity().id(),
          limit,
          recording.kind().horizon().toMillis() / 1000.0,
          method,
          isDefault,
          score.events(),
          round(score.recall(), 3),
          round(score.precision(), 3),
          round(score.leadMedianS(), 1),
          round(score.leadP10S(), 1),
          round(score.falsePerSensorDay(), 4),
          round(score.warnedShare(), 4),
          round(score.intervalCoverage(), 3));
    }
  }

  record Honesty(
      String set, String quantity, String method, List<Double> limits, List<Chances.Bin> bins) {}

  /**
   * @param least the least coverage that 80 % allows with so many warnings
   */
  record Interval(
      String set,
      String quantity,
      String method,
      List<Double> limits,
      int warnings,
      Double coverage,
      Double highByLowMedian,
      double least,
      double most,
      boolean holds) {

    /** 75 to 85 % from 200 warnings on, else within the binomial's 95 %. */
    static Interval of(Recording recording, String method, List<Double> limits, Score score) {
      int n = score.intervals();
      double half = n >= 200 ? .05 : n == 0 ? 1 : 1.96 * Math.sqrt(.8 * .2 / n);
      double least = Math.max(0, .8 - half);
      double most = Math.min(1, .8 + half);
      double coverage = score.intervalCoverage();
      return new Interval(
          recording.set(),
          recording.kind().quantity().id(),
          method,
          limits,
          n,
          round(coverage, 3),
          round(score.intervalRatioMedian(), 2),
          round(least, 3),
          round(most, 3),
          coverage >= least && coverage <= most);
    }
  }

  static Double round(double value, int digits) {
    return Double.isNaN(value) || Double.isInfinite(value)
        ? null
        : new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
  }
}
