package org.minusone.app.command;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.minusone.app.config.Reason;
import org.minusone.app.export.CsvRows;
import org.minusone.app.site.SiteTable;
import org.minusone.app.stack.SeriesReaders;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.port.SeriesReader;
import org.minusone.model.port.SeriesReader.Point;
import org.minusone.series.store.StoreConfig;

/** The series of a system and what its sites say of it. A store that is away is a problem. */
final class SeriesSource implements AutoCloseable {
  private final StoreConfig store;
  private final SeriesReader reader;
  private final SiteTable sites;

  private SeriesSource(StoreConfig store, SiteTable sites) {
    this.store = store;
    this.reader = SeriesReaders.of(store, InstantSource.system());
    this.sites = sites;
  }

  static SeriesSource open(LiveSites system) throws Exception {
    StoreConfig store = system.store();
    return new SeriesSource(store, system.open(false));
  }

  SiteTable sites() {
    return sites;
  }

  /**
   * @throws CsvRows.Unwritten if {@code rows} does
   */
  void export(SeriesReader.Selection selection, CsvRows rows) throws Problem, CsvRows.Unwritten {
    try {
      reader.export(selection, rows);
    } catch (CsvRows.Unwritten e) {
      throw e;
    } catch (IOException e) {
      throw away(e);
    }
  }

  /** Whether there is one such reading. */
  boolean has(SeriesReader.Selection selection) throws Problem {
    boolean[] found = {false};
    try {
      reader.export(
          selection,
          row -> {
            found[0] = true;
            throw new IOException("one is enough");
          });
    } catch (IOException e) {
      if (!found[0]) {
        throw away(e);
      }
    }
    return found[0];
  }

  /** The time of a run's newest reading, null where it has none. */
  Instant newest(SiteId run) throws Problem {
    try {
      Instant newest = null;
      for (Map<Quantity, Point> ofSensor : reader.latest(run, Duration.ofMillis(1)).values()) {
        for (Point point : ofSensor.values()) {
          newest = newest == null || point.time().isAfter(newest) ? point.time() : newest;
        }
      }
      return newest;
    } catch (IOException e) {
      throw away(e);
    }
  }

  /** The sensors of the live version of a site, for those who look for one. */
  Set<String> sensors(SiteId site) {
    return sites
        .live(site)
        .map(
            version ->
                version.sensors().keySet().stream()
                    .map(SensorId::value)
                    .collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  boolean isRegistered(SiteId site, SensorId sensor) {
    return sites.live(site).flatMap(version -> version.sensor(sensor)).isPresent();
  }

  private Problem away(IOException failure) {
    String why = failure.getMessage() == null ? Reason.of(failure) : failure.getMessage();
    String where = store.url().toString();
    return Problem.failed(
        "cannot read the series: %s%s"
            .formatted(
                why.contains(where) ? "" : "the store at " + where + ": ",
                why.strip().replaceAll("\\s*\\R\\s*", " ")));
  }

  @Override
  public void close() {
    sites.close();
  }
}
