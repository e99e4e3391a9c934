package org.minusone.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.e2e.Gateway;
import org.minusone.app.e2e.RunningStack;
import org.minusone.app.e2e.RunningStack.House;
import org.minusone.app.embedded.RunFile;
import org.minusone.model.codec.Json;

/** From the running instance into a file, and from the file into a backtest and another run. */
@ExtendWith(RunningStack.class)
@Tag("slow")
class ExportCommandTest {
  private static final Instant NOON = Instant.parse("2026-02-01T12:00:00Z");
  private static final int ROWS = 1_202;
  private static final String RUN = "fubao@recorded";

  @TempDir static Path folder;

  private static House house;
  private static Path recorded;

  /** Two stores that warm past 30 °C and cool again, a level, and two words. */
  @BeforeAll
  static void aRecordingIsReplayed(House running) throws Exception {
    house = running;
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String time = NOON.plusSeconds(i * 5L).toString().replace("Z", ".000Z");
      double warm = 22.25 + 12 * Math.sin(Math.PI * i / 400);
      lines.add("H-07,%s,temperature,%s,hazmat-storage,1".formatted(time, warm));
      lines.add("H-08,%s,temperature,%s,hazmat-storage,1".formatted(time, warm - 9.5));
      lines.add("X-new,%s,level,60,fire-facility,1".formatted(time));
      if (i == 200) {
        lines.add("Z-1,%s,state,fire,smoke,1".formatted(time));
        lines.add("Z-2,%s,battery,1400,smoke,4".formatted(time));
      }
    }
    assertThat(lines).hasSize(ROWS);
    lines.add(0, "sensor,time,quantity,value,family,quality");
    recorded = Files.write(folder.resolve("recorded.csv"), lines);
    replay(recorded, "recorded");
  }

  private static void replay(Path file, String run) {
    Said said =
        Said.by(
            new ReplayCommand(),
            file,
            "--run",
            run,
            "--speed",
            "max",
            "--data",
            house.data(),
            "--json");
    assertThat(said.code()).as(said.out()).isZero();
    awaitRows("fubao@" + run, ROWS);
  }

  private static void awaitRows(String site, int rows) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(csv("--site", site)).hasSize(rows + 1));
  }

  private static Said export(OutputStream out, Object... words) {
    Object[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--data";
    all[words.length + 1] = house.data();
    return Said.by(new ExportCommand(out), all);
  }

  private static Said export(Object... words) {
    return export(OutputStream.nullOutputStream(), words);
  }

  /** The lines on standard output. */
  private static List<String> csv(Object... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    export(out, words);
    return out.toString(UTF_8).lines().toList();
  }

  private static List<String> partsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".part")).toList();
    }
  }

  @Test
  void whatWasReplayedComesOutAsItWentInAndGoesInAgain() throws Exception {
    Path file = folder.resolve("out.csv");
    Said said = export("--site", RUN, "-o", file);
    assertThat(said.code()).as(said.out()).isZero();
    assertThat(said.out().strip())
        .matches(
            "1,202 readings of 5 sensors of fubao@recorded, 2026-02-01T12:00:00Z to"
                + " 2026-02-01T12:33:15Z, 84\\.\\d kB in .*out.csv, in \\d+\\.\\d s");
    assertThat(file).hasSameTextualContentAs(recorded);
    assertThat(partsLeft()).isEmpty();

    replay(file, "again");
    Path again = folder.resolve("again.csv");
    assertThat(export("--site", "fubao@again", "-o", again).code()).isZero();
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void aBacktestOfTheExportIsThatOfTheRecording() throws Exception {
    Path file = folder.resolve("for-backtest.csv");
    assertThat(export("--site", RUN, "-o", file).code()).isZero();
    String signals = backtest(file);
    assertThat(signals.lines()).hasSizeGreaterThan(3);
    assertThat(signals).contains("\"H-07\"", "\"alarm\"").isEqualTo(backtest(recorded));
  }

  private static String backtest(Path input) throws Exception {
    Path signals = folder.resolve("signals.jsonl");
    Said said =
        Said.by(
            new RulesCommand(),
            "backtest",
            "--rules",
            Path.of("../sites/fubao/rules"),
            "--site",
            Path.of("../sites/fubao"),
            "--input",
            input,
            "--output",
            signals,
            "--json");
    assertThat(said.code()).as(said.out()).isZero();
    assertThat(said.json().get("readings").asInt()).isEqualTo(ROWS);
    assertThat(said.json().get("bad_rows").asInt()).isZero();
    assertThat(said.json().get("out_of_order").asInt()).isZero();
    return Files.readString(signals);
  }

  @Test
  void itIsNarrowedByTimeSensorQuantityAndFamily() {
    assertThat(csv("--site", RUN, "--sensor", "H-07", "--sensor", "H-08")).hasSize(801);
    assertThat(csv("--site", RUN, "--sensor", "H-07,X-new", "--quantity", "level")).hasSize(401);
    assertThat(csv("--site", RUN, "--family", "smoke"))
        .containsExactly(
            "sensor,time,quantity,value,family,quality",
            "Z-1,2026-02-01T12:16:40.000Z,state,fire,smoke,1",
            "Z-2,2026-02-01T12:16:40.000Z,battery,1400,smoke,4");
    assertThat(
            csv(
                "--site",
                RUN,
                "--sensor",
                "H-08",
                "--from",
                "2026-02-01T20:00:05+08:00",
                "--to",
                NOON.plusSeconds(15).toEpochMilli()))
        .hasSize(3)
        .allMatch(line -> line.startsWith("sensor") || line.matches("H-08.*12:00:(05|10).*"));
  }

  @Test
  void withoutASiteItIsTheLiveOne() throws Exception {
    try (Gateway gateway = new Gateway(house.stack().mqttPort())) {
      gateway.publish("sites/fubao/fire-facility/X-001/readings", "{\"pressure\":0.31}");
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(csv("--family", "fire-facility"))
                    .anyMatch(line -> line.matches("X-001,20.*Z,pressure,0.31,fire-facility,1")));
    assertThat(csv("--family", "fire-facility")).noneMatch(line -> line.startsWith("X-new"));
  }

  @Test
  void aProgramReadsTheSummary() throws Exception {
    Path file = folder.resolve("summary.csv");
    JsonNode summary = export("--site", RUN, "--output", file, "--json").json();
    assertThat(summary.get("rows").asInt()).isEqualTo(ROWS);
    assertThat(summary.get("sensors").asInt()).isEqualTo(5);
    assertThat(summary.get("bytes").asLong()).isEqualTo(Files.size(file));
    assertThat(summary.get("first").asText()).isEqualTo(NOON.toString());
    assertThat(summary.get("last").asText()).isEqualTo(NOON.plusSeconds(1_995).toString());
    assertThat(summary.get("site").asText()).isEqualTo(RUN);
    assertThat(summary.get("output").asText()).isEqualTo(file.toString());
  }

  @Test
  void aSlipOnTheCommandLineIsToldInOneLine() {
    slip("--json wants --output FILE", "--json");
    slip(
        "--from 2026-02-02 is not before --to 2026-02-01",
        "--from",
        "2026-02-02",
        "--to",
        "2026-02-01");
    slip("--from yesterday is no time: write 2023-09-29", "--from", "yesterday");
    slip("--site Fu bao is no site", "--site", "Fu bao");
    slip(
        "no site 'fubo' is known there, and no reading of it is stored, did you mean 'fubao'?",
        "--site",
        "fubo");
    slip("no run 'fubao@recordet' is known there", "--site", "fubao@recordet");
    slip("did you mean 'fubao@recorded'?", "--site", "fubao@recordet");
    slip("no sensor 'H_70000' is registered at fubao", "--sensor", "H_70000");
    slip("none of its readings is stored, did you mean 'X-001'?", "--sensor", "X-001a");
    slip(
        "--quantity knows no 'temprature', did you mean 'temperature'?",
        "--quantity",
        "temprature");
    slip("--family knows no 'x'; flood-point, electrical", "--family", "x");
    slip("is a folder: name a file", "-o", folder);
    slip("is there such a folder, and is it yours?", "-o", folder.resolve("none/r.csv"));
  }

  private static void slip(String line, Object... words) {
    Said said = export(words);
    assertThat(said.out()).contains(line).doesNotContain("\n");
    assertThat(said.code()).as(said.out()).isEqualTo(2);
  }

  @Test
  void whereNothingLiesThereIsNoFile() {
    Path file = folder.resolve("nothing.csv");
    Said said = export("--site", RUN, "--from", "2026-02-02", "--sensor", "H-07", "-o", file);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .startsWith("no reading of fubao@recorded, sensor H-07 is stored from 2026-02-02T00:00:00Z")
        .doesNotContain("\n");
    assertThat(file).doesNotExist();
  }

  /** {@code | head} */
  @Test
  void whoReadsItMayLeave() {
    OutputStream left =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Said said = export(left, "--site", RUN);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isZero();
  }

  /** With Kafka there and the store not, as a configuration may have it. */
  @Test
  void aStoreThatIsAwayIsToldAndLeavesTheFileAsItWas() throws Exception {
    RunFile running = RunFile.find(house.data()).orElseThrow();
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    Path file = Files.writeString(folder.resolve("kept.csv"), "kept");
    Said away = configured(running, "http://127.0.0.1:" + nobody, "-o", file.toString());
    assertThat(away.out())
        .isEqualTo(
            "cannot read the series: QuestDB at http://127.0.0.1:%d does not answer"
                .formatted(nobody));
    assertThat(away.code()).isEqualTo(1);
    assertThat(file).hasContent("kept");
    assertThat(partsLeft()).isEmpty();

    Said there = configured(running, running.addresses().get("store"), "-o", file.toString());
    assertThat(there.code()).as(there.out()).isZero();
    assertThat(file).hasSameTextualContentAs(recorded);
  }

  private static Said configured(RunFile running, String store, String... more) throws Exception {
    Path config = folder.resolve("minusone.yaml");
    Files.writeString(
        config,
        """
        kafka:
          bootstrap: %s
          security: sasl-plain
          username: minusone
          password: %s
        store:
          kind: questdb
          url: %s
          username: minusone
          password: %s
        """
            .formatted(
                running.addresses().get("kafka"),
                Json.text(running.passwords().get("kafka")),
                store,
                Json.text(running.passwords().get("store"))));
    List<String> words = new ArrayList<>(List.of("--site", RUN, "--config", config.toString()));
    words.addAll(List.of(more));
    return Said.by(new ExportCommand(OutputStream.nullOutputStream()), words.toArray());
  }
}
