package org.minusone.series.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.port.SeriesReader;
import org.minusone.series.store.InfluxQl;
import org.minusone.series.store.LineProtocol;
import org.minusone.series.store.StoreConfig;

/**
 * Reads the series from InfluxDB 1.x. A measurement that is not there yet is an empty series; a
 * database that is not there is an error.
 */
public final class InfluxDb1Reader implements SeriesReader {
  private static final String FIELDS = "\"value\", \"state\", \"flag\"";

  /** Every point has it. */
  private static final String FLAG = "\"flag\"";

  private final InfluxQl influxQl;
  private final InstantSource clock;

  public InfluxDb1Reader(StoreConfig config, InstantSource clock) {
    this.influxQl = new InfluxQl(config);
    this.clock = clock;
  }

  /** Words are not split into steps: where one changes is kept. */
  @Override
  public List<Point> range(
      SensorKey key, Quantity quantity, Instant from, Instant to, int maxPoints)
      throws IOException {
    if (maxPoints < 2) {
      throw new IllegalArgumentException("a range of fewer than 2 points: " + maxPoints);
    }
    Instant first = InfluxTimes.within(from);
    Instant end = InfluxTimes.within(to);
    if (!first.isBefore(end)) {
      return List.of();
    }
    String where =
        ofSite(key.site())
            + " AND \"sensor\" = "
            + InfluxQl.text(key.sensor().value())
            + " AND \"quantity\" = "
            + InfluxQl.text(quantity.id())
            + " AND time >= "
            + nanos(first)
            + " AND time < "
            + nanos(end);
    String all = "SELECT " + FIELDS + where + " ORDER BY time";
    if (quantity.isWord()) {
      return WordChanges.of(points(influxQl.run(all)));
    }
    return count(where) <= maxPoints
        ? points(influxQl.run(all))
        : extremes(where, Steps.over(first, end, maxPoints / 2));
  }

  private long count(String where) throws IOException {
    long found = 0;
    for (JsonNode row : rows(influxQl.run("SELECT COUNT(\"value\")" + where))) {
      found += row.get(1).asLong();
    }
    return found;
  }

  /**
   * The lowest and the highest of each step. (BOTTOM and TOP name the time of the point itself; MIN
   * and MAX would name the step's.)
   */
  private List<Point> extremes(String where, Steps steps) throws IOException {
    String each =
        " GROUP BY time(%dms, %dms) FILL(none)".formatted(steps.widthMs(), steps.offsetMs());
    return points(
        influxQl.run(selecting("BOTTOM", where) + each + "; " + selecting("TOP", where) + each));
  }

  private static String selecting(String selector, String where) {
    return "SELECT " + selector + "(\"value\", 1) AS \"value\", \"flag\"" + where;
  }

  /** A run's now is its newest event time (CONTRACTS §1), a site's is the clock's. */
  @Override
  public Map<SensorId, Map<Quantity, Point>> latest(SiteId site, Duration within)
      throws IOException {
    Instant now = clock.instant();
    if (site.isRun()) {
      List<Point> newest =
          points(influxQl.run("SELECT " + FIELDS + ofSite(site) + " ORDER BY time DESC LIMIT 1"));
      if (newest.isEmpty()) {
        return Map.of();
      }
      now = newest.get(0).time();
    }
    JsonNode results =
        influxQl.run(
            "SELECT "
                + FIELDS
                + ofSite(site)
                + " AND time >= "
                + nanos(InfluxTimes.within(now.minus(within)))
                + " GROUP BY \"sensor\", \"quantity\" ORDER BY time DESC LIMIT 1");
    Map<SensorId, Map<Quantity, Point>> latest = new HashMap<>();
    for (JsonNode result : results) {
      for (JsonNode series : result.path("series")) {
        JsonNode tags = series.get("tags");
        latest
            .computeIfAbsent(
                new SensorId(tags.get("sensor").asText()), sensor -> new EnumMap<>(Quantity.class))
            .put(
                Quantity.of(tags.get("quantity").asText()),
                point(series.get("columns"), series.get("values").get(0)));
      }
    }
    return latest;
  }

  @Override
  public void export(Selection selection, Rows rows) throws IOException {
    new Windows(new Export(selection))
        .walk(InfluxTimes.within(selection.from()), InfluxTimes.within(selection.to()), rows);
  }

  /** The statements of one export. */
  private final class Export implements Windows.Source {
    private final String selected;

    Export(Selection selection) {
      selected =
          ofSite(selection.site())
              + in("sensor", selection.sensors(), SensorId::value)
              + in("quantity", selection.quantities(), Quantity::id)
              + in("family", selection.families(), Family::id);
    }

    private static <T> String in(String tag, Set<T> wanted, Function<T, String> id) {
      return wanted.isEmpty()
          ? ""
          : wanted.stream()
              .map(one -> InfluxQl.name(tag) + " = " + InfluxQl.text(id.apply(one)))
              .sorted()
              .collect(Collectors.joining(" OR ", " AND (", ")"));
    }

    private JsonNode select(String columns, Instant from, Instant to, String end)
        throws IOException {
      return influxQl.run(
          "SELECT "
              + columns
              + selected
              + " AND time >= "
              + nanos(from)
              + " AND time < "
              + nanos(to)
              + end);
    }

    @Override
    public Instant first(Instant from, Instant to) throws IOException {
      List<JsonNode> rows = InfluxDb1Reader.rows(select(FLAG, from, to, " ORDER BY time LIMIT 1"));
      return rows.isEmpty() ? null : Instant.ofEpochMilli(rows.get(0).get(0).asLong());
    }

    @Override
    public long count(Instant from, Instant to) throws IOException {
      List<JsonNode> rows = InfluxDb1Reader.rows(select("COUNT(" + FLAG + ")", from, to, ""));
      return rows.isEmpty() ? 0 : rows.get(0).get(1).asLong();
    }

    @Override
    public List<Row> rows(Instant from, Instant to) throws IOException {
      List<Row> rows = new ArrayList<>();
      JsonNode results = select(FIELDS, from, to, " GROUP BY \"sensor\", \"quantity\", \"family\"");
      for (JsonNode result : results) {
        for (JsonNode series : result.path("series")) {
          JsonNode tags = series.get("tags");
          for (JsonNode row : series.get("values")) {
            rows.add(
                Windows.row(
                    tags.get("sensor").asText(),
                    tags.get("family").asText(),
                    tags.get("quantity").asText(),
                    point(series.get("columns"), row)));
          }
        }
      }
      return rows;
    }
  }

  private static String ofSite(SiteId site) {
    return " FROM "
        + InfluxQl.name(LineProtocol.measurement(site))
        + " WHERE \"site\" = "
        + InfluxQl.text(site.value());
  }

  /** One for each time, oldest first: a sensor whose family was changed may have two of a time. */
  private static List<Point> points(JsonNode results) {
    Map<Instant, Point> points = new TreeMap<>();
    for (JsonNode result : results) {
      for (JsonNode series : result.path("series")) {
        for (JsonNode row : series.get("values")) {
          Point point = point(series.get("columns"), row);
          points.put(point.time(), point);
        }
      }
    }
    return new ArrayList<>(points.values());
  }

  private static List<JsonNode> rows(JsonNode results) {
    List<JsonNode> rows = new ArrayList<>();
    results.forEach(
        result ->
            result.path("series").forEach(series -> series.path("values").forEach(rows::add)));
    return rows;
  }

  private static Point point(JsonNode columns, JsonNode row) {
    long timeMs = 0;
    double value = Double.NaN;
    String word = null;
    QualityFlag flag = QualityFlag.NOT_EVALUATED;
    for (int i = 0; i < columns.size(); i++) {
      JsonNode cell = row.get(i);
      if (cell.isNull()) {
        continue;
      }
      switch (columns.get(i).asText()) {
        case "time" -> timeMs = cell.asLong();
        case "value" -> value = cell.asDouble();
        case "state" -> word = cell.asText();
        case "flag" -> flag = QualityFlag.of(cell.asInt());
        default -> throw new IllegalStateException("not asked for: " + columns.get(i));
      }
    }
    return new Point(Instant.ofEpochMilli(timeMs), value, word, flag);
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }
}
