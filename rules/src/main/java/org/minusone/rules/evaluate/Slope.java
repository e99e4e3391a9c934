package org.minusone.rules.evaluate;

import java.util.Arrays;

/**
 * How fast one quantity of one sensor moves: the median of the slopes between all pairs of points
 * of a window (Theil 1950, Sen 1968). A single outlier does not sway it, nor does a coarse step of
 * the instrument; irregular intervals are what they are.
 *
 * <p>What falls into one tenth of the window is one point, their mean, so that a sensor may report
 * as often as it likes and its memory stays small. A point counts for the window and a tenth more,
 * or the two ends of a window of a few readings would never be in it together.
 *
 * <p>Nothing is said before {@link #MIN_POINTS} points span half the window. A gap longer than the
 * window or {@link #GAP_MS} starts afresh: what happened meanwhile is not known.
 */
final class Slope {
  /** Two points cannot tell an outlier from a rise. */
  static final int MIN_POINTS = 3;

  /** As for forecasts (CONTRACTS §4). */
  private static final long GAP_MS = 3_600_000;

  private static final int SHARES = 10;

  /** Of the window, a tenth more, and one being filled. */
  static final int MOST_POINTS = SHARES + 2;

  final long overMs;

  /** Oldest first. */
  final long[] times = new long[MOST_POINTS];

  final double[] values = new double[MOST_POINTS];
  int points;

  /** How many readings the newest point is the mean of. */
  int inNewest;

  Slope(long overMs) {
    this.overMs = overMs;
  }

  private long shareMs() {
    return Math.max(1, overMs / SHARES);
  }

  /** Takes a good reading in, in order. */
  void take(long timeMs, double value) {
    if (points > 0 && timeMs - times[points - 1] > Math.min(overMs + shareMs(), GAP_MS)) {
      points = 0;
    }
    if (points > 0
        && Math.floorDiv(timeMs, shareMs()) == Math.floorDiv(times[points - 1], shareMs())) {
      int n = points - 1;
      inNewest++;
      times[n] += Math.floorDiv(timeMs - times[n], (long) inNewest);
      values[n] += (value - values[n]) / inNewest;
    } else {
      int old = 0;
      while (old < points && timeMs - times[old] > overMs + shareMs()) {
        old++;
      }
      old = Math.max(old, points + 1 - MOST_POINTS);
      System.arraycopy(times, old, times, 0, points - old);
      System.arraycopy(values, old, values, 0, points - old);
      points -= old;
      times[points] = timeMs;
      values[points] = value;
      points++;
      inNewest = 1;
    }
  }

  boolean isKnown() {
    return points >= MIN_POINTS && 2 * (times[points - 1] - times[0]) >= overMs;
  }

  /** The quantity's unit per second; {@code NaN} while nothing can be said. */
  double perSecond() {
    if (!isKnown()) {
      return Double.NaN;
    }
    double[] slopes = new double[points * (points - 1) / 2];
    int n = 0;
    for (int i = 1; i < points; i++) {
      for (int j = 0; j < i; j++) {
        slopes[n++] = (values[i] - values[j]) * 1000 / (times[i] - times[j]);
      }
    }
    Arrays.sort(slopes);
    return n % 2 == 1 ? slopes[n / 2] : (slopes[n / 2 - 1] + slopes[n / 2]) / 2;
  }
}
