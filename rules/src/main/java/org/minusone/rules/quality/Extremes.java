package org.minusone.rules.quality;

import java.util.Arrays;

/**
 * The readings of a window that can still become its greatest, oldest first: each is greater than
 * all that came after it. A value that stays the same costs one entry, noise a few.
 */
final class Extremes {
  double[] values = {};
  long[] at = {};

  /** Where the reading after this one stood; {@link FlatRun#OPEN} until it came. */
  long[] next = {};

  int size;

  double first() {
    return values[0];
  }

  void push(long position, double value) {
    while (size > 0 && values[size - 1] <= value) {
      size--;
    }
    if (size == values.length) {
      int capacity = Math.max(2, size * 2);
      values = Arrays.copyOf(values, capacity);
      at = Arrays.copyOf(at, capacity);
      next = Arrays.copyOf(next, capacity);
    }
    values[size] = value;
    at[size] = position;
    next[size] = FlatRun.OPEN;
    size++;
  }

  /** The reading before is not the last any more. */
  void follow(long position) {
    if (size > 0 && next[size - 1] == FlatRun.OPEN) {
      next[size - 1] = position;
    }
  }

  void dropUpTo(long position) {
    int gone = 0;
    while (gone < size && at[gone] <= position) {
      gone++;
    }
    if (gone > 0) {
      size -= gone;
      System.arraycopy(values, gone, values, 0, size);
      System.arraycopy(at, gone, at, 0, size);
      System.arraycopy(next, gone, next, 0, size);
    }
  }

  void clear() {
    size = 0;
  }
}
