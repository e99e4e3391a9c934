package org.minusone.series.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.port.SeriesReader;
import org.minusone.series.store.LineProtocol;
import org.minusone.series.store.QuestDbSql;
import org.minusone.series.store.StoreConfig;

/**
 * Reads the series from QuestDB. Ids have narrow forms and are quoted all the same: the endpoint
 * takes no parameters. A table that is not there yet is an empty series.
 */
public final class QuestDbReader implements SeriesReader {
  private static final String COLUMNS = "timestamp::long, value, state, flag";

  private final QuestDbSql sql;
  private final InstantSource clock;

  public QuestDbReader(StoreConfig config, InstantSource clock) {
    this.sql = new QuestDbSql(config);
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
    String where =
        " from "
            + QuestDbSql.name(LineProtocol.measurement(key.site()))
            + " where site = "
            + QuestDbSql.text(key.site().value())
            + " and sensor = "
            + QuestDbSql.text(key.sensor().value())
            + " and quantity = "
            + QuestDbSql.text(quantity.id())
            + " and timestamp >= "
            + micros(from)
            + " and timestamp < "
            + micros(to);
    if (quantity.isWord()) {
      return WordChanges.of(points(query("select " + COLUMNS + where + " order by timestamp")));
    }
    JsonNode count = query("select count()" + where);
    long found = count.isEmpty() ? 0 : count.get(0).get(0).asLong();
    return found <= maxPoints
        ? points(query("select " + COLUMNS + where + " order by timestamp"))
        : steps(where, from, to, maxPoints / 2);
  }

  /** The lowest and the highest of each of {@code steps} equal stretches of time. */
  private List<Point> steps(String where, Instant from, Instant to, int steps) throws IOException {
    long width = Math.max(1, (micros(to) - micros(from) + steps - 1) / steps);
    JsonNode rows =
        query(
            "select (timestamp::long - "
                + micros(from)
                + ") / "
                + width
                + " step, arg_min(timestamp, value)::long, min(value), arg_min(flag, value),"
                + " arg_max(timestamp, value)::long, max(value), arg_max(flag, value)"
                + where
                + " group by step order by step");
    List<Point> points = new ArrayList<>(rows.size() * 2);
    for (JsonNode row : rows) {
      Point lowest = point(row.get(1), row.get(2), null, row.get(3));
      Point highest = point(row.get(4), row.get(5), null, row.get(6));
      if (lowest.time().equals(highest.time())) {
        points.add(lowest);
      } else {
        boolean lowestFirst = lowest.time().isBefore(highest.time());
        points.add(lowestFirst ? lowest : highest);
        points.add(lowestFirst ? highest : lowest);
      }
    }
    points.sort(Comparator.comparing(Point::time));
    return points;
  }

  /** A run's now is its newest event time (CONTRACTS §1), a site's is the clock's. */
  @Override
  public Map<SensorId, Map<Quantity, Point>> latest(SiteId site, Duration within)
      throws IOException {
    String table = QuestDbSql.name(LineProtocol.measurement(site));
    String ofSite = " where site = " + QuestDbSql.text(site.value());
    long now = micros(clock.instant());
    if (site.isRun()) {
      JsonNode newest = query("select max(timestamp)::long from " + table + ofSite);
      if (newest.isEmpty() || newest.get(0).get(0).isNull()) {
        return Map.of();
      }
      now = newest.get(0).get(0).asLong();
    }
    JsonNode rows =
        query(
            "select sensor, quantity, "
                + COLUMNS
                + " from "
                + table
                + ofSite
                + " and timestamp >= "
                + (now - TimeUnit.MILLISECONDS.toMicros(within.toMillis()))
                + " latest on timestamp partition by sensor, quantity");
    Map<SensorId, Map<Quantity, Point>> latest = new HashMap<>();
    for (JsonNode row : rows) {
      latest
          .computeIfAbsent(
              new SensorId(row.get(0).asText()), sensor -> new EnumMap<>(Quantity.class))
          .put(
              Quantity.of(row.get(1).asText()),
              point(row.get(2), row.get(3), row.get(4), row.get(5)));
    }
    return latest;
  }

  @Override
  public void export(Selection selection, Rows rows) throws IOException {
    new Windows(new Export(selection)).walk(selection.from(), selection.to(), rows);
  }

  /** The statements of one export. */
  private final class Export implements Windows.Source {
    private final String table;
    private final String selected;

    Export(Selection selection) {
      table = " from " + QuestDbSql.name(LineProtocol.measurement(selection.site()));
      selected =
          " where site = "
              + QuestDbSql.text(selection.site().value())
              + in("sensor", selection.sensors(), SensorId::value)
              + in("quantity", selection.quantities(), Quantity::id)
              + in("family", selection.families(), Family::id);
    }

    private static <T> String in(String column, Set<T> wanted, Function<T, String> id) {
      return wanted.isEmpty()
          ? ""
          : wanted.stream()
              .map(one -> QuestDbSql.text(id.apply(one)))
              .sorted()
              .collect(Collectors.joining(", ", " and " + column + " in (", ")"));
    }

    private JsonNode select(String columns, Instant from, Instant to, String end)
        throws IOException {
      return query(
          "select "
              + columns
              + table
              + selected
              + " and timestamp >= "
              + micros(from)
              + " and timestamp < "
              + micros(to)
              + end);
    }

    @Override
    public Instant first(Instant from, Instant to) throws IOException {
      JsonNode rows = select("timestamp::long", from, to, " order by timestamp limit 1");
      return rows.isEmpty() ? null : time(rows.get(0).get(0));
    }

    @Override
    public long count(Instant from, Instant to) throws IOException {
      JsonNode rows = select("count()", from, to, "");
      return rows.isEmpty() ? 0 : rows.get(0).get(0).asLong();
    }

    @Override
    public List<Row> rows(Instant from, Instant to) throws IOException {
      List<Row> rows = new ArrayList<>();
      for (JsonNode row : select("sensor, family, quantity, " + COLUMNS, from, to, "")) {
        rows.add(
            Windows.row(
                row.get(0).asText(),
                row.get(1).asText(),
                row.get(2).asText(),
                point(row.get(3), row.get(4), row.get(5), row.get(6))));
      }
      return rows;
    }
  }

  /**
   * Drops what a run wrote. To be done once series has written all of it: QuestDB takes points for
   * a table that was just dropped, says it has them, and loses them (9.3.4).
   *
   * @throws IOException if the store cannot be asked, or another site has a run of that name, whose
   *     points the table holds too
   */
  public void dropRun(SiteId run) throws IOException {
    if (!run.isRun()) {
      throw new IllegalArgumentException("not a run: " + run);
    }
    String table = QuestDbSql.name(LineProtocol.measurement(run));
    JsonNode others =
        query("select count() from " + table + " where site != " + QuestDbSql.text(run.value()));
    if (!others.isEmpty() && others.get(0).get(0).asLong() > 0) {
      throw new IOException("another site has a run of that name: " + run);
    }
    sql.run("drop table if exists " + table);
  }

  /** No rows where there is no table. */
  private JsonNode query(String statement) throws IOException {
    try {
      return sql.run(statement);
    } catch (QuestDbSql.Failed e) {
      if (e.isUnknownTable()) {
        return org.minusone.model.codec.Json.MAPPER.createArrayNode();
      }
      throw e;
    }
  }

  private static List<Point> points(JsonNode rows) {
    List<Point> points = new ArrayList<>(rows.size());
    for (JsonNode row : rows) {
      points.add(point(row.get(0), row.get(1), row.get(2), row.get(3)));
    }
    return points;
  }

  private static Point point(JsonNode micros, JsonNode value, JsonNode word, JsonNode flag) {
    return new Point(
        time(micros),
        value == null || value.isNull() ? Double.NaN : value.asDouble(),
        word == null || word.isNull() ? null : word.asText(),
        flag.isNull() ? QualityFlag.NOT_EVALUATED : QualityFlag.of(flag.asInt()));
  }

  private static Instant time(JsonNode micros) {
    return Instant.ofEpochMilli(Math.floorDiv(micros.asLong(), 1000));
  }

  private static long micros(Instant time) {
    return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1000;
  }
}
