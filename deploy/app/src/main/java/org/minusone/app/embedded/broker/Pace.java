package org.minusone.app.embedded.broker;

/**
 * When the next message of a client may go on: at most so many a second, after a rest up to a
 * second's worth at once. Nothing is dropped: each call reserves its place and is told how long to
 * wait for it.
 */
final class Pace {
  private static final long SECOND = 1_000_000_000L;

  private long nextNanos;
  private boolean begun;

  /**
   * @param perSecond 0 = without limit
   * @param nowNanos of a clock that only goes forward
   * @return nanoseconds to wait
   */
  synchronized long reserve(double perSecond, long nowNanos) {
    if (perSecond <= 0) {
      return 0;
    }
    long interval = (long) (SECOND / perSecond);
    long rested = nowNanos - Math.max(0, SECOND - interval);
    nextNanos = begun && nextNanos - rested > 0 ? nextNanos : rested;
    begun = true;
    long wait = Math.max(0, nextNanos - nowNanos);
    nextNanos += interval;
    return wait;
  }
}
