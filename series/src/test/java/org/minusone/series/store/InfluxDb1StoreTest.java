package org.minusone.series.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.series.Influxd;

/** What a real InfluxDB 1.x that knows its users says no to, and whose fault it is. */
@ExtendWith(Influxd.Installed.class)
class InfluxDb1StoreTest {
  @TempDir static Path root;

  private static Influxd influxd;

  @BeforeAll
  static void start() throws Exception {
    influxd = new Influxd(root, true);
    influxd.start();
    for (String statement :
        List.of(
            "CREATE USER root WITH PASSWORD 'r00t' WITH ALL PRIVILEGES",
            "CREATE DATABASE given",
            "CREATE USER writer WITH PASSWORD 's3cret'",
            "GRANT ALL ON given TO writer",
            "CREATE USER reader WITH PASSWORD 's3cret'",
            "GRANT READ ON given TO reader")) {
      assertThat(influxd.say(statement, "root", "r00t")).doesNotContain("error");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    influxd.close();
  }

  private static SeriesStore store(String database, String username, String password) {
    return StoreConfig.influxDb1(influxd.url(), database, username, password).store();
  }

  @Test
  void anAdministratorMakesTheDatabaseAndMakesItAgain() throws Exception {
    try (SeriesStore store = store("the city's \"own\"", "root", "r00t")) {
      store.prepare("readings", true);
      store.write(List.of("readings,site=a value=1.0,flag=1i 1"));
      assertThat(influxd.say("SHOW DATABASES", "root", "r00t")).contains("the city's");
      influxd.say("DROP DATABASE \"the city's \\\"own\\\"\"", "root", "r00t");
      assertThatThrownBy(() -> store.write(List.of("readings,site=a value=1.0,flag=1i 1")))
          .isInstanceOf(StoreAway.class)
          .hasMessageContaining("database not found");
      store.prepare("readings", true);
      store.write(List.of("readings,site=a value=1.0,flag=1i 1"));
    }
  }

  @Test
  void whoMayOnlyWriteWritesToTheDatabaseThatIsThere() throws Exception {
    try (SeriesStore store = store("given", "writer", "s3cret")) {
      store.prepare("readings", true);
      store.write(List.of("readings,site=a value=1.0,flag=1i 1"));
      assertThat(store.answers()).isTrue();
    }
  }

  @Test
  void credentialsAndAMissingDatabaseAreNoFaultOfThePoints() throws Exception {
    List<String> good = List.of("readings,site=a value=1.0,flag=1i 1");
    try (SeriesStore stranger = store("given", "writer", "guess");
        SeriesStore nobody = store("given", null, null);
        SeriesStore reader = store("given", "reader", "s3cret");
        SeriesStore elsewhere = store("missing", "writer", "s3cret")) {
      assertThatThrownBy(() -> stranger.prepare("readings", true))
          .isInstanceOf(StoreAway.class)
          .hasMessageContaining("credentials");
      for (SeriesStore store : List.of(stranger, nobody, reader, elsewhere)) {
        assertThatThrownBy(() -> store.write(good)).isInstanceOf(StoreAway.class);
      }
    }
  }

  @Test
  void aFieldOfAnotherTypeIsThePointsFaultAndTheRestIsWritten() throws Exception {
    try (SeriesStore store = store("given", "writer", "s3cret")) {
      store.prepare("conflict", true);
      store.write(List.of("conflict,site=a value=1.0 1000"));
      assertThatThrownBy(
              () -> store.write(List.of("conflict value=\"warm\" 1", "conflict value=2.0 2000")))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("partial write: field type conflict")
          .hasMessageContaining("dropped=1");
      assertThat(influxd.say("SELECT value FROM given..conflict", "root", "r00t"))
          .contains("00:00:01Z\",1]")
          .contains("00:00:02Z\",2]");
    }
  }

  @Test
  void aLineThatIsNoneAndATimeOutOfReachAreRefused() throws Exception {
    try (SeriesStore store = store("given", "writer", "s3cret")) {
      for (String bad : List.of("readings,site= value=", "readings value=1 253402300800000")) {
        assertThatThrownBy(() -> store.write(List.of(bad)))
            .isInstanceOf(StoreRefused.class)
            .hasMessageContaining("unable to parse");
      }
    }
  }

  @Test
  void aPointOlderThanTheDatabaseKeepsIsRefusedByName() throws Exception {
    influxd.say("CREATE DATABASE short WITH DURATION 1d", "root", "r00t");
    try (SeriesStore store = store("short", "root", "r00t")) {
      assertThatThrownBy(() -> store.write(List.of("readings value=1 1000")))
          .isInstanceOf(StoreRefused.class)
          .hasMessageContaining("beyond retention policy");
    }
  }

  @Test
  void nobodyThereIsAway() throws Exception {
    try (SeriesStore store =
        StoreConfig.influxDb1(URI.create("http://127.0.0.1:1"), "d", null, null).store()) {
      assertThatThrownBy(() -> store.prepare("readings", true)).isInstanceOf(StoreAway.class);
      assertThatThrownBy(() -> store.write(List.of("a b=1 1"))).isInstanceOf(StoreAway.class);
      assertThat(store.answers()).isFalse();
    }
  }

  @Test
  void whatIsQuotedIsFoundAgainAndNothingElse() throws Exception {
    InfluxQl influxQl = new InfluxQl(StoreConfig.influxDb1(influxd.url(), "given", "root", "r00t"));
    String odd = "it's \\\" or 'a'='a";
    try (SeriesStore store = store("given", "writer", "s3cret")) {
      store.write(
          List.of(
              "odd\\ \"one\",site=" + odd.replace(" ", "\\ ").replace("=", "\\=") + " value=1 1",
              "odd\\ \"one\",site=plain value=2 1"));
    }
    assertThat(
            influxQl
                .run(
                    "SELECT value FROM "
                        + InfluxQl.name("odd \"one\"")
                        + " WHERE site = "
                        + InfluxQl.text(odd))
                .at("/0/series/0/values")
                .toString())
        .isEqualTo("[[1,1]]");
  }

  @Test
  void aReaderOfADatabaseThatIsNotThereIsToldSo() {
    InfluxQl elsewhere =
        new InfluxQl(StoreConfig.influxDb1(influxd.url(), "nowhere", "root", "r00t"));
    assertThatThrownBy(() -> elsewhere.run("SELECT value FROM readings"))
        .isInstanceOf(InfluxQl.Failed.class)
        .hasMessageContaining("database not found: nowhere");
    assertThatThrownBy(() -> elsewhere.run("SELECT nothing"))
        .isInstanceOf(InfluxQl.Failed.class)
        .hasMessageContaining("error parsing query");
  }
}
