package org.minusone.simulator.replay;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.minusone.model.SensorId;

/**
 * A first look over the whole file: how much there is to do, and whether it can be streamed.
 *
 * @param rows all, header and empty lines aside
 * @param read those inside the time asked for
 * @param outside those outside
 * @param sensors different ones inside
 * @param firstMs recorded time of the earliest; {@code Long.MAX_VALUE} if none
 * @param lastMs recorded time of the latest; {@code Long.MIN_VALUE} if none
 * @param sorted whether time never goes back from row to row
 * @param plannedMs how long it will take by the wall clock at the pace asked for; meaningless
 *     unless sorted
 */
record Survey(
    long rows,
    long read,
    long outside,
    int sensors,
    long firstMs,
    long lastMs,
    boolean sorted,
    double plannedMs) {

  static Survey of(ReplayRequest request, Skipped skipped) throws IOException {
    long read = 0;
    long outside = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    boolean sorted = true;
    Pace pace = request.pace();
    double planned = 0;
    Set<SensorId> sensors = new HashSet<>();
    try (Recording recording = new Recording(request.file(), request.families(), skipped)) {
      for (Row row = recording.next(); row != null; row = recording.next()) {
        if (!request.includes(row.timeMs())) {
          outside++;
          continue;
        }
        read++;
        sensors.add(row.sensor());
        sorted &= row.timeMs() >= last;
        planned = pace.dueMs(row.timeMs());
        first = Math.min(first, row.timeMs());
        last = Math.max(last, row.timeMs());
      }
      return new Survey(
          recording.rows(), read, outside, sensors.size(), first, last, sorted, planned);
    }
  }
}
