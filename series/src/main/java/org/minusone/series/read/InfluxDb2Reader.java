package org.minusone.series.read;

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
import org.minusone.series.store.Flux;
import org.minusone.series.store.LineProtocol;
import org.minusone.series.store.StoreConfig;

/**
 * Reads the series from InfluxDB 2.x. A measurement that is not there yet is an empty series; a
 * bucket that is not there is an error.
 *
 * <p>InfluxDB 2 keeps the fields of a point apart. Where a range is read they are put together by
 * {@code pivot}; the latest of each field are put together here, so that {@code last} stays with
 * the storage, which answers it without reading the series.
 */
public final class InfluxDb2Reader implements SeriesReader {
  private final Flux flux;
  private final String bucket;
  private final InstantSource clock;

  public InfluxDb2Reader(StoreConfig config, InstantSource clock) {
    this.flux = new Flux(config);
    this.bucket = config.bucket();
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
      // Flux takes an empty range for a mistake.
      return List.of();
    }
    String series =
        ofSite(key.site(), first, end)
            + " |> filter(fn: (r) => r.sensor == "
            + Flux.text(key.sensor().value())
            + " and r.quantity == "
            + Flux.text(quantity.id())
            + ")";
    if (quantity.isWord()) {
      return WordChanges.of(points(flux.run(series + together("state"))));
    }
    return count(series) <= maxPoints
        ? points(flux.run(series + together("value")))
        : extremes(series, Steps.over(first, end, maxPoints / 2));
  }

  private long count(String series) throws IOException {
    long found = 0;
    for (Map<String, Object> row :
        flux.run(series + " |> filter(fn: (r) => r._field == \"value\") |> count()")) {
      found += (Long) row.get("_value");
    }
    return found;
  }

  /** The lowest and the highest of each step, with their own times. */
  private List<Point> extremes(String series, Steps steps) throws IOException {
    String windows =
        "w = "
            + series
            + together("value")
            + " |> window(every: %dms, offset: %dms)".formatted(steps.widthMs(), steps.offsetMs());
    return points(
        flux.run(
            windows
                + "\nw |> min(column: \"value\") |> yield(name: \"lowest\")"
                + "\nw |> max(column: \"value\") |> yield(name: \"highest\")"));
  }

  /** The fields of a point in one row, and all rows in one table whatever the family was. */
  private static String together(String field) {
    return " |> pivot(rowKey: [\"_time\"], columnKey: [\"_field\"], valueColumn: \"_value\")"
        + " |> group(columns: [\"_start\", \"_stop\"])"
        + " |> keep(columns: [\"_start\", \"_stop\", \"_time\", \""
        + field
        + "\", \"flag\"])";
  }

  /** A run's now is its newest event time (CONTRACTS §1), a site's is the clock's. */
  @Override
  public Map<SensorId, Map<Quantity, Point>> latest(SiteId site, Duration within)
      throws IOException {
    Instant now = clock.instant();
    if (site.isRun()) {
      Instant newest = newest(site);
      if (newest == null) {
        return Map.of();
      }
      now = newest;
    }
    List<Map<String, Object>> rows =
        flux.run(
            ofSite(site, InfluxTimes.within(now.minus(within)), InfluxTimes.LAST)
                + " |> last() |> group(columns: [\"_field\"])"
                + " |> keep(columns: [\"_time\", \"_field\", \"_value\", \"sensor\","
                + " \"quantity\"])");
    Map<SensorId, Map<Quantity, TreeMap<Instant, Map<String, Object>>>> fields = new HashMap<>();
    for (Map<String, Object> row : rows) {
      fields
          .computeIfAbsent(
              new SensorId((String) row.get("sensor")), sensor -> new EnumMap<>(Quantity.class))
          .computeIfAbsent(Quantity.of((String) row.get("quantity")), quantity -> new TreeMap<>())
          .computeIfAbsent((Instant) row.get("_time"), time -> new HashMap<>())
          .put((String) row.get("_field"), row.get("_value"));
    }
    Map<SensorId, Map<Quantity, Point>> latest = new HashMap<>();
    fields.forEach(
        (sensor, quantities) -> {
          Map<Quantity, Point> ofSensor = new EnumMap<>(Quantity.class);
          quantities.forEach(
              (quantity, times) ->
                  ofSensor.put(quantity, point(times.lastKey(), times.lastEntry().getValue())));
          latest.put(sensor, ofSensor);
        });
    return latest;
  }

  /** Null where there is nothing. */
  private Instant newest(SiteId site) throws IOException {
    Instant newest = null;
    for (Map<String, Object> row :
        flux.run(
            ofSite(site, InfluxTimes.FIRST, InfluxTimes.LAST)
                + " |> filter(fn: (r) => r._field == \"flag\") |> last()"
                + " |> keep(columns: [\"_time\"])")) {
      Instant time = (Instant) row.get("_time");
      newest = newest == null || time.isAfter(newest) ? time : newest;
    }
    return newest;
  }

  @Override
  public void export(Selection selection, Rows rows) throws IOException {
    new Windows(new Export(selection))
        .walk(InfluxTimes.within(selection.from()), InfluxTimes.within(selection.to()), rows);
  }

  /** The queries of one export. */
  private final class Export implements Windows.Source {
    private static final String OF_EACH_POINT = " |> filter(fn: (r) => r._field == \"flag\")";
    private static final String THE_OLDEST =
        " |> first() |> keep(columns: [\"_time\"]) |> group()"
            + " |> sort(columns: [\"_time\"]) |> limit(n: 1)";

    private final SiteId site;
    private final String selected;

    Export(Selection selection) {
      site = selection.site();
      selected =
          in("sensor", selection.sensors(), SensorId::value)
              + in("quantity", selection.quantities(), Quantity::id)
              + in("family", selection.families(), Family::id);
    }

    /** Equalities, which the storage looks up by its index; {@code contains} it would not. */
    private static <T> String in(String tag, Set<T> wanted, Function<T, String> id) {
      return wanted.isEmpty()
          ? ""
          : wanted.stream()
              .map(one -> "r." + tag + " == " + Flux.text(id.apply(one)))
              .sorted()
              .collect(Collectors.joining(" or ", " |> filter(fn: (r) => ", ")"));
    }

    private List<Map<String, Object>> run(Instant from, Instant to, String then)
        throws IOException {
      return flux.run(ofSite(site, from, to) + selected + then);
    }

    @Override
    public Instant first(Instant from, Instant to) throws IOException {
      List<Map<String, Object>> rows = run(from, to, OF_EACH_POINT + THE_OLDEST);
      return rows.isEmpty() ? null : (Instant) rows.get(0).get("_time");
    }

    @Override
    public long count(Instant from, Instant to) throws IOException {
      List<Map<String, Object>> rows =
          run(from, to, OF_EACH_POINT + " |> count() |> group() |> sum()");
      return rows.isEmpty() ? 0 : (Long) rows.get(0).get("_value");
    }

    @Override
    public List<Row> rows(Instant from, Instant to) throws IOException {
      List<Row> rows = new ArrayList<>();
      for (Map<String, Object> row :
          run(
              from,
              to,
              " |> pivot(rowKey: [\"_time\"], columnKey: [\"_field\"], valueColumn: \"_value\")"
                  + " |> keep(columns: [\"_time\", \"sensor\", \"family\", \"quantity\","
                  + " \"value\", \"state\", \"flag\"])")) {
        rows.add(
            Windows.row(
                (String) row.get("sensor"),
                (String) row.get("family"),
                (String) row.get("quantity"),
                point((Instant) row.get("_time"), row)));
      }
      return rows;
    }
  }

  private String ofSite(SiteId site, Instant from, Instant to) {
    return "from(bucket: "
        + Flux.text(bucket)
        + ") |> range(start: "
        + from
        + ", stop: "
        + to
        + ") |> filter(fn: (r) => r._measurement == "
        + Flux.text(LineProtocol.measurement(site))
        + " and r.site == "
        + Flux.text(site.value())
        + ")";
  }

  /** One for each time, oldest first: the lowest of a step may be its highest too. */
  private static List<Point> points(List<Map<String, Object>> rows) {
    Map<Instant, Point> points = new TreeMap<>();
    for (Map<String, Object> row : rows) {
      Instant time = (Instant) row.get("_time");
      points.put(time, point(time, row));
    }
    return new ArrayList<>(points.values());
  }

  private static Point point(Instant time, Map<String, Object> fields) {
    Double value = (Double) fields.get("value");
    Long flag = (Long) fields.get("flag");
    return new Point(
        time,
        value == null ? Double.NaN : value,
        (String) fields.get("state"),
        flag == null ? QualityFlag.NOT_EVALUATED : QualityFlag.of(flag.intValue()));
  }
}
