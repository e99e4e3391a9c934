package org.minusone.rules.evaluate;

import java.util.Arrays;
import org.minusone.model.QualityFlag;
import org.minusone.rules.quality.QualityMemory;

/** One quantity of one sensor: which readings were seen, and the last good one. */
final class QuantityState {
  /** CONTRACTS §2.2. */
  static final int REMEMBERED = 64;

  /** Ring of the times seen, grown on demand; the oldest at {@link #head} once it is full. */
  long[] times = new long[4];

  int head;
  int count;
  long newestMs = Long.MIN_VALUE;

  /** Event time of the last reading evaluated in order. */
  long lastTimeMs = Long.MIN_VALUE;

  /** Whether the last reading failed its quality tests. */
  boolean failing;

  /** The last reading in order that passed; {@code NaN} for a word or before the first. */
  double value = Double.NaN;

  String word;

  /** Of the quality tests; null for a word and before the first reading. */
  QualityMemory quality;

  /** Of the last reading in order. */
  QualityFlag flag = QualityFlag.NOT_EVALUATED;

  /** Event time of that reading. */
  long goodMs = Long.MIN_VALUE;

  /** Wall time since which it counts as quiet: its newest arrival. */
  long lastArrivalMs = Long.MIN_VALUE;

  /** Arrival − event of that arrival. */
  long offsetMs;

  /** Reading of the task's quiet clock at that arrival; not kept, it begins again at start-up. */
  long quietFromMs;

  /** Whether a good reading in order came yet. */
  boolean isKnown() {
    return goodMs != Long.MIN_VALUE;
  }

  boolean isSeen(long timeMs) {
    if (timeMs > newestMs) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (times[i] == timeMs) {
        return true;
      }
    }
    return false;
  }

  void remember(long timeMs) {
    newestMs = Math.max(newestMs, timeMs);
    if (count < REMEMBERED) {
      if (count == times.length) {
        times = Arrays.copyOf(times, Math.min(REMEMBERED, count * 2));
      }
      times[count++] = timeMs;
    } else {
      times[head] = timeMs;
      head = (head + 1) % REMEMBERED;
    }
  }

  /** The {@code i}th oldest time seen. */
  long time(int i) {
    return times[(head + i) % times.length];
  }
}
