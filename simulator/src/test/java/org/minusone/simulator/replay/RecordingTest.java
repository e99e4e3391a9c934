package org.minusone.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.Family;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;

class RecordingTest {
  @TempDir Path dir;

  @Test
  void everyBadRowIsNamedWithItsLineAndNothingElseSuffers() throws IOException {
    Skipped skipped = new Skipped();
    List<Row> rows =
        read(
            """
            time,sensor,quantity,value,family,quality
            1700000000000,H-1,temperature,26.5,hazmat-storage,1
            2023-11-14T22:13:21.5Z,H-1,temperature,26.6,hazmat-storage,
            2023-11-15T06:13:22+08:00,"H-1",temperature,26.7,hazmat-storage,2

            yesterday,H-1,temperature,26.7,hazmat-storage,1
            1700000000000,H 1,temperature,26.7,hazmat-storage,1
            1700000000000,H-1,temprature,26.7,hazmat-storage,1
            1700000000000,H-1,temperature,26.7,hazmat,1
            1700000000000,H-1,depth,26.7,hazmat-storage,1
            1700000000000,H-1,temperature,hot,hazmat-storage,1
            1700000000000,H-1,temperature,NaN,hazmat-storage,1
            1700000000000,H-1,state,fire!,hazmat-storage,1
            1700000000000,X-1,pump-mode,manual,fire-facility
            1700000000000,H-1,tem""",
            Map.of(),
            skipped);
    assertThat(rows)
        .extracting(Row::timeMs)
        .containsExactly(1700000000000L, 1700000001500L, 1700000002000L, 1700000000000L);
    assertThat(skipped.counts())
        .isEqualTo(
            Map.of(
                "bad-time", 1L,
                "bad-sensor", 1L,
                "unknown-quantity", 1L,
                "unknown-family", 1L,
                "wrong-quantity", 1L,
                "not-a-number", 2L,
                "unknown-word", 1L,
                "cut-off", 1L));
    assertThat(skipped.examples().get(0)).isEqualTo("line 6: bad-time: 'yesterday'");
  }

  @Test
  void withoutAFamilyTheSiteOrTheQuantityTells() throws IOException {
    Skipped skipped = new Skipped();
    List<Row> rows =
        read(
            """
            sensor,time,quantity,value
            F-1,1,depth,3
            H-1,1,temperature,26
            Q-1,1,temperature,26
            """,
            Map.of(new SensorId("H-1"), Family.HAZMAT_STORAGE),
            skipped);
    assertThat(rows)
        .extracting(Row::family)
        .containsExactly(Family.FLOOD_POINT, Family.HAZMAT_STORAGE);
    assertThat(skipped.examples()).hasSize(1).allMatch(e -> e.startsWith("line 4: unknown-family"));
  }

  @Test
  void aFileWithoutAColumnOrAHeaderIsOneClearLine() throws IOException {
    assertThatThrownBy(() -> read("sensor,when,quantity,value\n", Map.of(), new Skipped()))
        .isInstanceOf(UnreadableRecording.class)
        .hasMessageContaining(":1: no column 'time'");
    assertThatThrownBy(() -> read("", Map.of(), new Skipped())).hasMessageContaining("empty");
  }

  @Test
  void sensorsOneAfterTheOtherComeOutInOrderOfTimeLikeASortedFile() throws IOException {
    Random random = new Random(7);
    List<String> bySensor = new ArrayList<>();
    List<long[]> all = new ArrayList<>();
    for (int sensor = 0; sensor < 20; sensor++) {
      for (int i = 0; i < 500; i++) {
        long time = 1_700_000_000_000L + random.nextInt(1000) * 1000L;
        bySensor.add("S" + sensor + "," + time + ",depth," + i);
        all.add(new long[] {time, sensor, i});
      }
    }
    Path mixed = file("sensor,time,quantity,value\n" + String.join("\n", bySensor));
    all.sort((a, b) -> Long.compare(a[0], b[0]));
    StringBuilder text = new StringBuilder("sensor,time,quantity,value\n");
    all.forEach(r -> text.append("S%d,%d,depth,%d%n".formatted(r[1], r[0], r[2])));
    Path sorted = file(text.toString());

    assertThat(Survey.of(request(mixed), new Skipped()).sorted()).isFalse();
    assertThat(Survey.of(request(sorted), new Skipped()).sorted()).isTrue();
    assertThat(new RowTable(request(mixed), 10_000).plannedMs(request(mixed).pace()))
        .isEqualTo(Survey.of(request(sorted), new Skipped()).plannedMs());
    List<Object> fromTable = reports(new RowTable(request(mixed), 10_000));
    assertThat(fromTable).isEqualTo(reports(RowSource.streamed(request(sorted), 0)));
  }

  private static List<Object> reports(RowSource rows) throws IOException {
    List<Object> reports = new ArrayList<>();
    try (rows) {
      Instants instants = new Instants(rows);
      for (var next = instants.next(); !next.isEmpty(); next = instants.next()) {
        reports.addAll(next);
      }
    }
    return reports;
  }

  @Test
  void fromIsInclusiveToIsExclusive() throws IOException {
    Path file =
        file("sensor,time,quantity,value\nF,1000,depth,1\nF,2000,depth,1\nF,3000,depth,1\n");
    ReplayRequest request =
        new ReplayRequest(
            file,
            new SiteId("fubao@r1"),
            1,
            Instant.ofEpochMilli(1000),
            Instant.ofEpochMilli(3000),
            ReplayRequest.DEFAULT_MAX_GAP,
            Map.of());
    Survey survey = Survey.of(request, new Skipped());
    assertThat(survey.read()).isEqualTo(2);
    assertThat(survey.outside()).isEqualTo(1);
    assertThat(survey.lastMs()).isEqualTo(2000);
  }

  @Test
  void aLongSilenceIsWaitedForAsAMinuteAndSpeedDividesIt() {
    Pace pace = new Pace(600, Duration.ofSeconds(60));
    assertThat(pace.dueMs(0)).isEqualTo(0);
    assertThat(pace.dueMs(30_000)).isEqualTo(50);
    assertThat(pace.dueMs(3_630_000)).isEqualTo(150);
    Pace max = new Pace(Double.POSITIVE_INFINITY, Duration.ofSeconds(60));
    assertThat(max.dueMs(0)).isEqualTo(0);
    assertThat(max.dueMs(3_600_000)).isEqualTo(0);
  }

  @Test
  void speedIsANumberAboveZeroOrMax() {
    assertThat(ReplayRequest.parseSpeed("600")).isEqualTo(600);
    assertThat(ReplayRequest.parseSpeed("max")).isInfinite();
    for (String bad : List.of("0", "-1", "fast", "NaN")) {
      assertThatThrownBy(() -> ReplayRequest.parseSpeed(bad)).hasMessageContaining("--speed");
    }
    assertThat(SiteId.isValid("fubao@" + ReplayRequest.newRunName(Instant.now()))).isTrue();
  }

  private ReplayRequest request(Path file) {
    return new ReplayRequest(
        file, new SiteId("fubao@r1"), 1, null, null, ReplayRequest.DEFAULT_MAX_GAP, Map.of());
  }

  private List<Row> read(String text, Map<SensorId, Family> families, Skipped skipped)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    try (Recording recording = new Recording(file(text), families, skipped)) {
      for (Row row = recording.next(); row != null; row = recording.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private Path file(String text) throws IOException {
    Path file = Files.createTempFile(dir, "recorded", ".csv");
    return Files.writeString(file, text);
  }
}
