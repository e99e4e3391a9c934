package org.minusone.ingest.decode;

import java.util.LinkedHashMap;
import java.util.Map;
import org.minusone.model.SensorKey;

/**
 * Gives a time to what has none: its arrival, made strictly increasing per sensor (CONTRACTS §2.1),
 * so that two messages of one sensor within a millisecond are two readings and not a duplicate.
 *
 * <p>The times it remembers are those it gave. It forgets the sensor unheard of for longest when it
 * holds more than its bound, which loses nothing while the clock runs forwards: a time it gave lies
 * at most a burst's length ahead of the clock. Not thread-safe: the one thread that decodes owns
 * it.
 */
final class ArrivalTimes {
  private final Map<SensorKey, Long> last;

  ArrivalTimes(int mostSensors) {
    this.last =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<SensorKey, Long> eldest) {
            return size() > mostSensors;
          }
        };
  }

  /** {@code arrivalMs}, or a millisecond after the last time given to {@code key}. */
  long next(SensorKey key, long arrivalMs) {
    Long before = last.get(key);
    long time = before == null ? arrivalMs : Math.max(arrivalMs, before + 1);
    last.put(key, time);
    return time;
  }

  int size() {
    return last.size();
  }
}
