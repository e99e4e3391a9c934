package org.minusone.app.command;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.minusone.app.stack.SeriesReaders;
import org.minusone.model.Reading;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.model.port.SeriesReader;
import org.minusone.series.store.StoreConfig;

/**
 * The series of a running system, in order of time. The store keeps no arrivals: each reading is
 * taken to have arrived when it was measured.
 */
final class StoreReadings {
  private StoreReadings() {}

  /**
   * @param from null = the first there is
   * @param to exclusive; null = all there is
   */
  static List<Reading> read(LiveSites system, SiteId site, Instant from, Instant to)
      throws Exception {
    StoreConfig store = system.store();
    SeriesReader reader = SeriesReaders.of(store, InstantSource.system());
    List<Reading> readings = new ArrayList<>();
    Instant first = from == null ? Instant.EPOCH : from;
    Instant end = to == null ? Instant.now().plusSeconds(86_400) : to;
    try {
      reader.export(
          SeriesReader.Selection.of(site, first, end),
          row -> {
            SeriesReader.Point point = row.point();
            long ms = point.time().toEpochMilli();
            readings.add(
                new Reading(
                    site,
                    row.family(),
                    row.sensor(),
                    row.quantity(),
                    ms,
                    ms,
                    Stamp.OWN,
                    point.value(),
                    point.word(),
                    point.flag()));
          });
    } catch (IOException e) {
      throw Problem.failed(
          "cannot read the series at %s: %s".formatted(store.url(), e.getMessage()));
    }
    return readings;
  }
}
