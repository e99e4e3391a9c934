package org.minusone.rules.quality;

import org.minusone.model.QualityFlag;

/**
 * What the tests of one quantity at one sensor remember: its last two readings, how long it has
 * been flat, and, where an attenuated signal is looked for, a period of readings. Belongs to the
 * sensor's state and is kept with it.
 */
public final class QualityMemory {
  private static final int LAST = 1;
  private static final int BEFORE = 2;
  private static final int FLAT = 4;
  private static final int WINDOW = 8;

  /** The last reading's value is the one the sensor's state has anyway. */
  private static final int KNOWN = 16;

  boolean hasLast;

  /** The last reading's own stamp, and its time as it counted. */
  long ownMs;

  long lastMs;
  double last;
  QualityFlag lastFlag = QualityFlag.NOT_EVALUATED;

  boolean hasBefore;
  long beforeMs;
  double before;

  final FlatRun flat = new FlatRun();
  final Window window = new Window();

  /** Where it is written to. */
  public interface Out {
    void signed(long value);

    void real(double value);
  }

  /** Where it is read from. */
  public interface In {
    long signed();

    double real();
  }

  /** Takes a reading in as the last. */
  void follow(long own, long timeMs, double value, QualityFlag flag) {
    hasBefore = hasLast;
    beforeMs = lastMs;
    before = last;
    hasLast = true;
    ownMs = own;
    lastMs = timeMs;
    last = value;
    lastFlag = flag;
  }

  /**
   * @param epoch what times are written as differences to, ms
   * @param known a value that the reader will have too
   */
  public void write(Out out, long epoch, double known) {
    boolean same = Double.doubleToRawLongBits(known) == Double.doubleToRawLongBits(last);
    out.signed(
        (hasLast ? LAST : 0)
            | (hasBefore ? BEFORE : 0)
            | (flat.isEmpty() ? 0 : FLAT)
            | (window.size == 0 ? 0 : WINDOW)
            | (same ? KNOWN : 0));
    if (!hasLast) {
      return;
    }
    out.signed(lastMs - epoch);
    out.signed(lastMs - ownMs);
    out.signed(lastFlag.code());
    if (!same) {
      out.real(last);
    }
    if (hasBefore) {
      out.signed(lastMs - beforeMs);
      out.real(before);
    }
    if (!flat.isEmpty()) {
      out.signed(lastMs - flat.from);
      write(out, flat.greatest);
      write(out, flat.least);
    }
    if (window.size > 0) {
      out.signed(window.size);
      for (int i = 0; i < window.size; i++) {
        out.signed(lastMs - window.timesMs[i]);
        out.real(window.values[i]);
      }
    }
  }

  /** All but the newest: that is the last reading. */
  private void write(Out out, Extremes extremes) {
    out.signed(extremes.size - 1);
    for (int i = 0; i < extremes.size - 1; i++) {
      out.signed(lastMs - extremes.at[i]);
      out.signed(lastMs - extremes.next[i]);
      out.real(extremes.values[i]);
    }
  }

  /** As it was written, with the same {@code epoch} and {@code known}. */
  public static QualityMemory read(In in, long epoch, double known) {
    QualityMemory memory = new QualityMemory();
    int has = (int) in.signed();
    if ((has & LAST) == 0) {
      return memory;
    }
    memory.hasLast = true;
    memory.lastMs = epoch + in.signed();
    memory.ownMs = memory.lastMs - in.signed();
    memory.lastFlag = QualityFlag.of((int) in.signed());
    memory.last = (has & KNOWN) != 0 ? known : in.real();
    if ((has & BEFORE) != 0) {
      memory.hasBefore = true;
      memory.beforeMs = memory.lastMs - in.signed();
      memory.before = in.real();
    }
    if ((has & FLAT) != 0) {
      memory.flat.from = memory.lastMs - in.signed();
      memory.read(in, memory.flat.greatest, memory.last);
      memory.read(in, memory.flat.least, -memory.last);
    }
    if ((has & WINDOW) != 0) {
      for (long left = in.signed(); left > 0; left--) {
        long timeMs = memory.lastMs - in.signed();
        memory.window.push(timeMs, in.real(), Long.MAX_VALUE);
      }
    }
    return memory;
  }

  private void read(In in, Extremes extremes, double newest) {
    for (long left = in.signed(); left > 0; left--) {
      long at = lastMs - in.signed();
      long next = lastMs - in.signed();
      extremes.push(at, in.real());
      extremes.next[extremes.size - 1] = next;
    }
    extremes.push(lastMs, newest);
  }
}
