package org.minusone.series.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.minusone.series.Readings.STORE_7;
import static org.minusone.series.Readings.celsius;
import static org.minusone.series.Readings.key;
import static org.minusone.series.Readings.state;

import io.questdb.ServerMain;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.port.SeriesReader;
import org.minusone.series.store.LineProtocol;
import org.minusone.series.store.QuestDbSql;
import org.minusone.series.store.SeriesStore;
import org.minusone.series.store.StoreAway;
import org.minusone.series.store.StoreConfig;
import org.minusone.series.store.StoreRefused;

/** Store and reader on a real embedded QuestDB with a password: 2 s to start, once for all. */
class QuestDbSeriesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long NOW_MS = NOW.toEpochMilli();

  @TempDir static Path root;

  private static ServerMain server;
  private static StoreConfig config;
  private static SeriesStore store;
  private static QuestDbReader reader;
  private static QuestDbSql sql;

  @BeforeAll
  static void start() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server =
        ServerMain.create(
            Files.createDirectories(root.resolve("questdb")).toString(),
            Map.of(
                "QDB_HTTP_BIND_TO", "127.0.0.1:" + port,
                "QDB_HTTP_USER", "minusone",
                "QDB_HTTP_PASSWORD", "random",
                "QDB_HTTP_MIN_ENABLED", "false",
                "QDB_PG_ENABLED", "false",
                "QDB_LINE_TCP_ENABLED", "false",
                "QDB_LINE_AUTO_CREATE_NEW_TABLES", "false",
                "QDB_LINE_AUTO_CREATE_NEW_COLUMNS", "false",
                "QDB_TELEMETRY_ENABLED", "false"));
    server.start();
    config = StoreConfig.questDb(URI.create("http://127.0.0.1:" + port), "minusone", "random");
    store = config.store();
    reader = new QuestDbReader(config, () -> NOW);
    sql = new QuestDbSql(config);
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  private static void write(List<Reading> readings) throws Exception {
    for (Reading reading : readings) {
      store.prepare(LineProtocol.measurement(reading.site()), !reading.site().isRun());
    }
    store.write(LineProtocol.lines(readings));
  }

  /** Rows are seen once the write-ahead log is applied. */
  private static List<SeriesReader.Point> awaitRange(
      SensorKey key, Quantity quantity, int points, int maxPoints) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> reader.range(key, quantity, NOW.minusSeconds(86_400), NOW, maxPoints),
            found -> found.size() == points);
  }

  @Test
  void aReadingWrittenTwiceIsOnePointAndTheLastValueCounts() throws Exception {
    SensorKey key = key("fubao", "twice");
    write(List.of(celsius(key, NOW_MS - 5000, 20), celsius(key, NOW_MS - 4000, 21)));
    write(List.of(celsius(key, NOW_MS - 5000, 25)));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(reader.range(key, Quantity.TEMPERATURE, NOW.minusSeconds(60), NOW, 100))
                    .containsExactly(
                        new SeriesReader.Point(NOW.minusSeconds(5), 25, null, QualityFlag.PASS),
                        new SeriesReader.Point(NOW.minusSeconds(4), 21, null, QualityFlag.PASS)));
  }

  @Test
  void fromIsInclusiveAndToIsExclusive() throws Exception {
    SensorKey key = key("fubao", "edges");
    write(
        List.of(
            celsius(key, NOW_MS - 3000, 1),
            celsius(key, NOW_MS - 2000, 2),
            celsius(key, NOW_MS - 1000, 3)));
    awaitRange(key, Quantity.TEMPERATURE, 3, 100);
    assertThat(
            reader.range(key, Quantity.TEMPERATURE, NOW.minusSeconds(3), NOW.minusSeconds(1), 100))
        .extracting(SeriesReader.Point::value)
        .containsExactly(1.0, 2.0);
    assertThat(reader.range(key, Quantity.HUMIDITY, NOW.minusSeconds(60), NOW, 100)).isEmpty();
  }

  @Test
  void noPeakIsLostInALongRange() throws Exception {
    SensorKey key = key("fubao", "long");
    Random random = new Random(7);
    List<Reading> day = new ArrayList<>();
    for (int i = 1; i <= 8_640; i++) {
      double value = i == 4_321 ? 99 : i == 7_000 ? -3 : 20 + random.nextGaussian();
      day.add(celsius(key, NOW_MS - i * 10_000L, value));
    }
    write(day);
    awaitRange(key, Quantity.TEMPERATURE, 8_640, 10_000);
    List<SeriesReader.Point> points =
        reader.range(key, Quantity.TEMPERATURE, NOW.minusSeconds(86_400), NOW, 600);
    assertThat(points).hasSizeBetween(500, 600);
    assertThat(points).extracting(SeriesReader.Point::time).isSorted();
    assertThat(points)
        .contains(
            new SeriesReader.Point(NOW.minusSeconds(43_210), 99, null, QualityFlag.PASS),
            new SeriesReader.Point(NOW.minusSeconds(70_000), -3, null, QualityFlag.PASS));
  }

  @Test
  void ofWordsTheChangesAreKept() throws Exception {
    SensorKey key = key("fubao", "words");
    List<Reading> hour = new ArrayList<>();
    for (int i = 0; i < 3_600; i++) {
      hour.add(state(key, NOW_MS - 3_600_000 + i * 1000L, i == 1800 ? "fire" : "normal"));
    }
    write(hour);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(reader.range(key, Quantity.STATE, NOW.minusSeconds(3600), NOW, 10))
                    .extracting(SeriesReader.Point::word)
                    .containsExactly("normal", "normal", "fire", "normal", "normal"));
  }

  @Test
  void latestHasTheNewestOfEachQuantityWithinReach() throws Exception {
    SensorKey old = key("city", "old");
    SensorKey fresh = key("city", "fresh");
    write(
        List.of(
            celsius(old, NOW_MS - 7_200_000, 10),
            celsius(fresh, NOW_MS - 60_000, 20),
            celsius(fresh, NOW_MS - 30_000, 21),
            state(fresh, NOW_MS - 45_000, "test")));
    Awaitility.await()
        .untilAsserted(
            () -> {
              var latest = reader.latest(new SiteId("city"), Duration.ofHours(1));
              assertThat(latest).containsOnlyKeys(fresh.sensor());
              assertThat(latest.get(fresh.sensor()))
                  .containsOnlyKeys(Quantity.TEMPERATURE, Quantity.STATE);
              assertThat(latest.get(fresh.sensor()).get(Quantity.TEMPERATURE).value())
                  .isEqualTo(21);
              assertThat(latest.get(fresh.sensor()).get(Quantity.STATE).word()).isEqualTo("test");
            });
  }

  @Test
  void aRunHasItsOwnTableThatKeepsOldPointsAndGoesWithIt() throws Exception {
    SiteId run = new SiteId("fubao@r-17");
    SensorKey key = new SensorKey(run, STORE_7.sensor());
    long then = Instant.parse("2023-09-29T12:00:00Z").toEpochMilli();
    write(List.of(celsius(key, then, 33)));
    Awaitility.await()
        .untilAsserted(
            () ->
                // A run's now is its newest event, or a replay of 2023 would have no latest.
                assertThat(reader.latest(run, Duration.ofHours(1)).get(key.sensor()))
                    .containsKey(Quantity.TEMPERATURE));
    assertThat(
            sql.run("select ttlValue from tables() where table_name = 'readings_r-17'")
                .get(0)
                .get(0)
                .asInt())
        .isZero();
    reader.dropRun(run);
    assertThat(reader.latest(run, Duration.ofHours(1))).isEmpty();
    assertThatThrownBy(() -> reader.dropRun(new SiteId("fubao")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theMainTableExpiresAndTakesAReadingOnce() throws Exception {
    store.prepare("readings", true);
    assertThat(
            sql.run(
                    "select dedup, walEnabled, ttlValue, ttlUnit from tables()"
                        + " where table_name = 'readings'")
                .toString())
        .isEqualTo("[[true,true,90,\"DAY\"]]");
  }

  @Test
  void aTableThatIsMissingIsNoFaultOfThePoints() {
    assertThatThrownBy(() -> store.write(List.of("unprepared,site=a,sensor=s value=1 1")))
        .isInstanceOf(StoreAway.class);
  }

  @Test
  void aSeriesThatWasNeverWrittenIsEmpty() throws Exception {
    SensorKey nobody = key("fubao@never", "H-07");
    assertThat(reader.range(nobody, Quantity.TEMPERATURE, NOW.minusSeconds(60), NOW, 10)).isEmpty();
    assertThat(reader.latest(nobody.site(), Duration.ofDays(1))).isEmpty();
    reader.dropRun(nobody.site());
  }

  @Test
  void aBadLineIsRefusedAndAWrongPasswordIsNot() throws Exception {
    store.prepare("readings", true);
    assertThatThrownBy(
            () -> store.write(List.of("readings,site=a,sensor=s,quantity=q value=\"x\" 1")))
        .isInstanceOf(StoreRefused.class);
    assertThatThrownBy(
            () -> store.write(List.of("readings,site=a,sensor=s value=1 253402300800000")))
        .isInstanceOf(StoreRefused.class);
    assertThat(store.answers()).isTrue();
    StoreConfig wrong = StoreConfig.questDb(config.url(), "minusone", "guess");
    try (SeriesStore stranger = wrong.store()) {
      assertThatThrownBy(() -> stranger.write(List.of("readings,site=a value=1 1")))
          .isInstanceOf(StoreAway.class);
      assertThatThrownBy(() -> stranger.prepare("readings", true))
          .isInstanceOf(StoreAway.class)
          .hasMessageContaining("credentials");
    }
  }
}
