package org.minusone.simulator.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.simulator.scenario.Report;
import org.minusone.simulator.scenario.Sample;
import org.minusone.simulator.scenario.Value;

/**
 * Rows of one instant at a time, as reports: those of one sensor in one, sensors by id. A quantity
 * that comes twice for one sensor and instant goes into a further report, as the file has them.
 */
final class Instants {
  private final RowSource rows;
  private Row ahead;

  Instants(RowSource rows) throws IOException {
    this.rows = rows;
    this.ahead = rows.next();
  }

  /** The reports of the next instant; empty at the end. */
  List<Report> next() throws IOException {
    List<Row> together = new ArrayList<>();
    while (ahead != null && (together.isEmpty() || ahead.timeMs() == together.get(0).timeMs())) {
      together.add(ahead);
      ahead = rows.next();
    }
    together.sort(Row.WITHIN_AN_INSTANT);
    List<Report> reports = new ArrayList<>();
    Map<Quantity, Value> values = new EnumMap<>(Quantity.class);
    Row of = null;
    for (Row row : together) {
      if (of != null && !belongs(row, of.sensor(), values)) {
        reports.add(report(of, values));
        values.clear();
      }
      of = row;
      values.put(row.value().quantity(), row.value());
    }
    if (of != null) {
      reports.add(report(of, values));
    }
    return reports;
  }

  private static boolean belongs(Row row, SensorId sensor, Map<Quantity, Value> values) {
    return row.sensor().equals(sensor) && !values.containsKey(row.value().quantity());
  }

  private static Report report(Row row, Map<Quantity, Value> values) {
    return new Report(
        row.sensor(),
        row.family(),
        List.of(new Sample(row.timeMs(), List.copyOf(values.values()))));
  }
}
