package org.minusone.rules.quality;

/**
 * How long a sensor has stayed within a tolerance: the longest stretch of readings up to the last
 * whose greatest and least differ by less. It is kept by the few readings that can still be either,
 * not by all of them.
 *
 * <p>A position is whatever grows from reading to reading and a duration is measured in: event time
 * in ms, or the number of the reading.
 */
public final class FlatRun {
  static final long OPEN = Long.MAX_VALUE;

  /**
   * A slow drift within the tolerance may hold more than this many readings that could be an
   * extreme; the run then begins later than it did (D), which flags later, never wrongly.
   */
  private static final int MOST = 32;

  /** Position of the first reading of the run; {@link #OPEN} before the first. */
  long from = OPEN;

  final Extremes greatest = new Extremes();

  /** Of the mirrored values. */
  final Extremes least = new Extremes();

  private final int most;

  public FlatRun() {
    this(MOST);
  }

  /**
   * @param most how many readings are held of either extreme
   */
  public FlatRun(int most) {
    this.most = most;
  }

  /** A reading that is missing: it has a place, but no value. */
  public void miss(long position) {
    greatest.follow(position);
    least.follow(position);
    if (from == OPEN) {
      from = position;
    }
  }

  /**
   * The next reading.
   *
   * @param tolerance above 0, in the quantity's unit
   */
  public void push(long position, double value, double tolerance) {
    miss(position);
    greatest.push(position, value);
    least.push(position, -value);
    while (greatest.first() + least.first() >= tolerance
        || greatest.size > most
        || least.size > most) {
      boolean high = greatest.at[0] <= least.at[0];
      Extremes older = high ? greatest : least;
      long gone = older.at[0];
      from = older.next[0];
      greatest.dropUpTo(gone);
      least.dropUpTo(gone);
    }
  }

  /** For how long, up to and with the reading at {@code position}. */
  public long lasts(long position) {
    return from == OPEN ? 0 : position - from;
  }

  public void clear() {
    from = OPEN;
    greatest.clear();
    least.clear();
  }

  boolean isEmpty() {
    return from == OPEN;
  }
}
