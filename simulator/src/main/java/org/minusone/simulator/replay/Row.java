package org.minusone.simulator.replay;

import java.util.Comparator;
import org.minusone.model.Family;
import org.minusone.model.SensorId;
import org.minusone.simulator.scenario.Value;

/**
 * A row that is a reading.
 *
 * @param line in the file, from 1
 */
record Row(SensorId sensor, Family family, long timeMs, Value value, long line) {
  /** Of rows of one instant: by sensor, then as the file has them. */
  static final Comparator<Row> WITHIN_AN_INSTANT =
      Comparator.comparing(Row::sensor).thenComparingLong(Row::line);
}
