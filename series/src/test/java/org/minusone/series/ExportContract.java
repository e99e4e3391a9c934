package org.minusone.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.minusone.series.Readings.celsius;
import static org.minusone.series.Readings.key;
import static org.minusone.series.Readings.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.model.port.SeriesReader;
import org.minusone.model.port.SeriesReader.Point;
import org.minusone.model.port.SeriesReader.Row;
import org.minusone.model.port.SeriesReader.Selection;
import org.minusone.series.store.LineProtocol;
import org.minusone.series.store.SeriesStore;
import org.minusone.series.store.StoreConfig;

/** What every kind of store promises of an export; and the store, for the rest of the contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExportContract {
  /** The stores' own now: what is ahead of the reader's clock must be ahead of theirs too. */
  static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  static final long NOW_MS = NOW.toEpochMilli();

  StoreServer server;
  SeriesStore store;
  SeriesReader reader;

  abstract StoreServer server(Path folder) throws Exception;

  abstract SeriesReader reader(StoreConfig config, InstantSource clock);

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = server(folder);
    server.start();
    store = server.config().store();
    reader = reader(server.config(), () -> NOW);
  }

  @AfterAll
  void end() throws Exception {
    if (store != null) {
      store.close();
    }
    if (server != null) {
      server.close();
    }
  }

  void write(List<Reading> readings) throws Exception {
    for (Reading reading : readings) {
      store.prepare(LineProtocol.measurement(reading.site()), !reading.site().isRun());
    }
    store.write(LineProtocol.lines(readings));
  }

  /** A store may take a moment to show what it has taken. */
  static void soon(Story story) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(story::hold);
  }

  @FunctionalInterface
  interface Story {
    void hold() throws Exception;
  }

  static Reading flagged(SensorKey key, Quantity quantity, long ms, double v, QualityFlag f) {
    return new Reading(
        key.site(), Family.HAZMAT_STORAGE, key.sensor(), quantity, ms, ms, Stamp.OWN, v, null, f);
  }

  private List<Row> export(Selection selection) throws Exception {
    List<Row> rows = new ArrayList<>();
    reader.export(selection, rows::add);
    return rows;
  }

  private static Row row(Reading r) {
    Point point = new Point(Instant.ofEpochMilli(r.timeMs()), r.value(), r.word(), r.flag());
    return new Row(r.sensor(), r.family(), r.quantity(), point);
  }

  @Test
  void anExportHasEveryReadingOfTheRangeInOrderAsItWent() throws Exception {
    SensorKey a = key("quay", "a");
    SensorKey b = key("quay", "b");
    long ms = NOW_MS - 5_000;
    List<Reading> ordered =
        List.of(
            celsius(a, ms, -3.25),
            flagged(a, Quantity.HUMIDITY, ms + 1, 1e-9, QualityFlag.SUSPECT),
            state(a, ms + 1, "fault"),
            celsius(a, ms + 1, 20),
            flagged(b, Quantity.TEMPERATURE, ms + 1, 0.1, QualityFlag.FAIL),
            // A gap no window spans that was made for what is before it.
            celsius(a, NOW_MS - 1, 5));
    List<Reading> written = new ArrayList<>(ordered);
    written.add(celsius(a, ms - 1, 99));
    written.add(celsius(b, NOW_MS, 99));
    written.add(celsius(key("city", "a"), ms, 99));
    written.add(celsius(key("quay@r-17", "a"), ms, 33));
    Collections.reverse(written);
    write(written);
    SiteId quay = a.site();
    Instant from = Instant.ofEpochMilli(ms);
    List<Row> all = ordered.stream().map(ExportContract::row).toList();
    soon(() -> assertThat(export(Selection.of(quay, from, NOW))).isEqualTo(all));
    assertThat(export(Selection.of(quay, Instant.EPOCH, NOW.plusSeconds(9)))).hasSize(8);
    assertThat(export(Selection.of(quay.withRun("r-17"), Instant.EPOCH, NOW)))
        .extracting(row -> row.point().value())
        .containsExactly(33.0);
    assertThat(export(Selection.of(quay.withRun("never"), from, NOW))).isEmpty();
    assertThat(export(Selection.of(new SiteId("nowhere"), from, NOW))).isEmpty();
    assertThat(export(Selection.of(quay, NOW, from))).isEmpty();

    Set<SensorId> both = Set.of(a.sensor(), b.sensor());
    Set<Quantity> two = Set.of(Quantity.TEMPERATURE, Quantity.STATE);
    assertThat(export(new Selection(quay, from, NOW, Set.of(b.sensor()), Set.of(), Set.of())))
        .containsExactly(all.get(4));
    assertThat(export(new Selection(quay, from, NOW, both, two, Set.of(Family.SMOKE))))
        .containsExactly(all.get(2));
    assertThat(export(new Selection(quay, from, NOW, Set.of(), two, Set.of()))).hasSize(5);
    Set<SensorId> nobody = Set.of(new SensorId("nobody"));
    assertThat(export(new Selection(quay, from, NOW, nobody, Set.of(), Set.of()))).isEmpty();
  }

  @Test
  void anExportHasOneRowOfATimeThoughTheFamilyOfTheSensorWasChanged() throws Exception {
    SensorKey key = key("depot", "moved");
    Reading before = celsius(key, NOW_MS - 7, 20);
    Reading after =
        Reading.number(key, Family.SMOKE, Quantity.TEMPERATURE, NOW_MS - 7, NOW_MS, Stamp.OWN, 20);
    write(List.of(before, celsius(key, NOW_MS - 3, 21)));
    write(List.of(after));
    soon(
        () ->
            assertThat(export(Selection.of(key.site(), NOW.minusSeconds(1), NOW)))
                .extracting(row -> row.point().value())
                .containsExactly(20.0, 21.0));
  }

  @Test
  void anExportOfManyWindowsLosesNothingAndDoublesNothing() throws Exception {
    List<Reading> batch = new ArrayList<>();
    int written = 0;
    // By the minute all at once, as sensors with a common clock send; then one each second.
    for (int i = 0; i < 30_000; i++) {
      long ms = i < 24_000 ? i / 300 * 60_000L : 9_000_000 + (i - 24_000) * 1_000L;
      batch.add(celsius(key("many", "S-" + i % 300), NOW_MS - 86_400_000 + ms, i));
      if (batch.size() == 10_000) {
        write(batch);
        written += batch.size();
        batch.clear();
      }
    }
    int all = written;
    Selection selection = Selection.of(new SiteId("many"), NOW.minusSeconds(86_400), NOW);
    soon(
        () ->
            assertThat(export(selection))
                .hasSize(all)
                .extracting(row -> row.point().value())
                .doesNotHaveDuplicates());
    assertThat(export(selection)).extracting(row -> row.point().time()).isSorted();
  }

  @Test
  void anExportEndsWhereItsRowsAreNotTaken() throws Exception {
    SensorKey key = key("brim", "full");
    write(List.of(celsius(key, NOW_MS - 3, 1), celsius(key, NOW_MS - 2, 2)));
    Selection selection = Selection.of(key.site(), NOW.minusSeconds(1), NOW);
    soon(() -> assertThat(export(selection)).hasSize(2));
    List<Row> taken = new ArrayList<>();
    IOException full = new IOException("the disk is full");
    assertThatThrownBy(
            () ->
                reader.export(
                    selection,
                    row -> {
                      taken.add(row);
                      throw full;
                    }))
        .isSameAs(full);
    assertThat(taken).hasSize(1);
  }
}
