package org.minusone.rules.quality;

import java.util.Arrays;

/** The readings of the last while, oldest first; a missing one is {@code NaN}. */
public final class Window {
  /** A window holds no more: what it costs is bounded, the period is then in effect shorter (D). */
  static final int MOST = 256;

  private final int most;
  double[] values = {};
  long[] timesMs = {};
  int size;

  public Window() {
    this(MOST);
  }

  public Window(int most) {
    this.most = most;
  }

  void push(long timeMs, double value, long periodMs) {
    int gone = 0;
    while (gone < size && (timeMs - timesMs[gone] >= periodMs || size - gone >= most)) {
      gone++;
    }
    if (gone > 0) {
      size -= gone;
      System.arraycopy(values, gone, values, 0, size);
      System.arraycopy(timesMs, gone, timesMs, 0, size);
    }
    if (size == values.length) {
      int capacity = Math.max(8, size * 2);
      values = Arrays.copyOf(values, capacity);
      timesMs = Arrays.copyOf(timesMs, capacity);
    }
    values[size] = value;
    timesMs[size] = timeMs;
    size++;
  }

  int present() {
    int present = 0;
    for (int i = 0; i < size; i++) {
      present += Double.isNaN(values[i]) ? 0 : 1;
    }
    return present;
  }

  /** Greatest less least; {@code NaN} where one is missing. */
  double range() {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, values[i]);
      greatest = Math.max(greatest, values[i]);
    }
    return greatest - least;
  }

  /**
   * Of those that are present (divided by n), by Welford's sums: exact where all are the same, and
   * where it ties with a limit it falls on the side that ioos_qc's does.
   */
  double standardDeviation() {
    int n = 0;
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      if (!Double.isNaN(values[i])) {
        n++;
        double off = values[i] - mean;
        mean += off / n;
        squares += off * (values[i] - mean);
      }
    }
    return StrictMath.sqrt(squares / n);
  }

  public void clear() {
    size = 0;
  }
}
