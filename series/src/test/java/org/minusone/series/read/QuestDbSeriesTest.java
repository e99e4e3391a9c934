package org.minusone.series.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.minusone.series.Readings.STORE_7;
import static org.minusone.series.Readings.celsius;
import static org.minusone.series.Readings.key;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.series.EmbeddedQuestDb;
import org.minusone.series.store.LineProtocol;
import org.minusone.series.store.QuestDbSql;
import org.minusone.series.store.SeriesStore;
import org.minusone.series.store.StoreAway;
import org.minusone.series.store.StoreConfig;
import org.minusone.series.store.StoreRefused;

/** What QuestDB alone has, on a real one: tables that expire or are dropped, and a password. */
class QuestDbSeriesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir static Path root;

  private static EmbeddedQuestDb server;
  private static StoreConfig config;
  private static SeriesStore store;
  private static QuestDbReader reader;
  private static QuestDbSql sql;

  @BeforeAll
  static void start() throws Exception {
    server = new EmbeddedQuestDb(root.resolve("questdb"));
    server.start();
    config = server.config();
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
  void aRunThatWroteNothingIsDroppedAllTheSame() throws Exception {
    SensorKey nobody = key("fubao@never", "H-07");
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
