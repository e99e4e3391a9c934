package org.minusone.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.MinusOne;
import org.minusone.app.e2e.RunningStack.House;
import org.minusone.model.Quantity;
import org.minusone.model.SensorKey;
import org.minusone.model.port.SeriesReader;
import org.minusone.model.port.Sums;

/** A sensor speaks MQTT; an operator hears of it. Each story has sensors of its own. */
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private House house;
  private Gateway gateway;
  private Desk desk;

  @BeforeAll
  void connect(House running) throws Exception {
    house = running;
    gateway = new Gateway(house.stack().mqttPort());
    desk = new Desk(house.data());
  }

  @AfterAll
  void disconnect() throws Exception {
    desk.close();
    gateway.close();
  }

  @Test
  void aHotStoreRaisesAnAlertOnTheStreamAndItsReadingIsStored() throws Exception {
    Queue<JsonNode> events = desk.listen(desk.get("/api/v1/alerts").path("position").asText());
    Instant before = Instant.now();

    gateway.publish("sites/fubao/hazmat-storage/H-03/readings", "{\"temperature\":33}");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(events)
                    .anySatisfy(
                        event -> {
                          assertThat(event.path("kind").asText()).isEqualTo("raised");
                          assertThat(event.at("/alert/sensor").asText()).isEqualTo("H-03");
                          assertThat(event.at("/alert/level").asText()).isEqualTo("alarm");
                          assertThat(event.at("/alert/limit").asDouble()).isEqualTo(30);
                          assertThat(event.at("/alert/guidance/zh").asText()).isNotEmpty();
                        }));
    await().atMost(SOON).until(() -> !stored("fubao/H-03", before).isEmpty());
    assertThat(stored("fubao/H-03", before).get(0).value()).isEqualTo(33);
  }

  @Test
  void anAcknowledgementIsSeenByAllAndCountsOnce() throws Exception {
    gateway.publish("sites/fubao/hazmat-storage/H-05/readings", "{\"temperature\":36}");
    String alert = awaitAlert("fubao", "H-05");

    HttpResponse<String> first =
        desk.post("/api/v1/alerts/" + alert + "/acknowledge", "key-1", "{}");
    HttpResponse<String> again =
        desk.post("/api/v1/alerts/" + alert + "/acknowledge", "key-1", "{}");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(again.statusCode()).isEqualTo(200);
    JsonNode history = desk.get("/api/v1/alerts/" + alert);
    assertThat(history.at("/alert/acknowledged_by").asText()).isEqualTo("local");
    assertThat(history.path("events").findValuesAsText("kind")).containsOnlyOnce("acknowledged");
  }

  @Test
  void whatCannotBeReadIsKeptWithTheReasonAndTheSumsAreEqual() throws Exception {
    gateway.publish("sites/fubao/hazmat-storage/H-09/readings", "{\"temperature\":");
    gateway.publish("sites/fubao/hazmat-storage/H-99/readings", "{\"temperature\":21}");
    gateway.publish(
        "sites/fubao/hazmat-storage/H-09/readings", "{\"tempreature\":21,\"humidity\":50}");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(desk.get("/api/v1/quarantine?limit=50").findValuesAsText("reason"))
                    .contains("bad-payload", "unknown-sensor", "unknown-quantity"));
    assertThat(house.stack().awaitDrained(Duration.ofSeconds(10))).isTrue();
    Sums sums = house.stack().sums();
    assertThat(sums.rejected()).isGreaterThanOrEqualTo(3);
    assertThat(sums.areEqual()).isTrue();
  }

  @Test
  void aRecordedFloodReplayedAsARunIsForewarned(@TempDir Path folder) throws Exception {
    Path recording = folder.resolve("flood.csv");
    Files.writeString(recording, flood());

    int code =
        MinusOne.run(
            "replay",
            recording.toString(),
            "--speed",
            "max",
            "--run",
            "flood-1",
            "--data",
            house.data().toString());

    assertThat(code).isZero();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode alerts = desk.get("/api/v1/alerts?state=all&site=fubao@flood-1");
              assertThat(alerts.path("items")).isNotEmpty();
              String id = alerts.path("items").get(0).path("id").asText();
              JsonNode events =
                  desk.get("/api/v1/alerts/" + id + "?site=fubao@flood-1").path("events");
              assertThat(told(events, "forewarned", 15)).isNotEmpty();
              assertThat(told(events, "forewarned", 15)).isLessThan(told(events, "warn", 15));
            });
    assertThat(
            MinusOne.run(
                "replay",
                recording.toString(),
                "--run",
                "flood-1",
                "--data",
                house.data().toString()))
        .as("a used name would make duplicates of all readings")
        .isEqualTo(2);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(desk.get("/api/v1/alerts?state=open&site=fubao@flood-1").path("items"))
                    .as("the run has ended, so have its alerts")
                    .isEmpty());
  }

  @Test
  void theCommandLineFindsTheRunningInstance() {
    assertThat(MinusOne.run("health", "--data", house.data().toString())).isZero();
    assertThat(MinusOne.run("token", "--role", "operator", "--data", house.data().toString()))
        .isZero();
    assertThat(MinusOne.run("token", "--link", "--data", house.data().toString())).isZero();
  }

  @Test
  void aDataDirectoryInUseIsOneClearLine() {
    String said =
        errorOf(
            () ->
                MinusOne.run(
                    "up", "--port", "0", "--mqtt-port", "0", "--data", house.data().toString()));

    assertThat(said).contains("in use by pid").contains("--data DIR").doesNotContain("\tat ");
    assertThat(said.lines().filter(line -> line.startsWith("minusone: "))).hasSize(1);
  }

  private String awaitAlert(String site, String sensor) {
    return await()
        .atMost(SOON)
        .until(
            () -> {
              for (JsonNode alert : desk.get("/api/v1/alerts?site=" + site).path("items")) {
                if (alert.path("sensor").asText().equals(sensor)) {
                  return alert.path("id").asText();
                }
              }
              return "";
            },
            id -> !id.isEmpty());
  }

  private List<SeriesReader.Point> stored(String key, Instant since) throws Exception {
    return house
        .stack()
        .series()
        .range(
            SensorKey.parse(key),
            Quantity.TEMPERATURE,
            since.minusSeconds(1),
            Instant.now().plusSeconds(60),
            100);
  }

  /** When a signal of that kind and limit was told, empty if it was not. */
  private static String told(JsonNode events, String signal, double limit) {
    for (JsonNode event : events) {
      if (event.at("/signal/signal").asText().equals(signal)
          && event.at("/signal/limit").asDouble() == limit) {
        return event.at("/signal/time").asText();
      }
    }
    return "";
  }

  /** A street that fills by 0.6 cm a minute from dry, a reading each minute. */
  private static String flood() {
    StringBuilder csv = new StringBuilder("sensor,time,quantity,value,family\n");
    Instant start = Instant.parse("2023-09-29T10:00:00Z");
    for (int minute = 0; minute < 60; minute++) {
      double depth = Math.max(0, 0.6 * (minute - 15));
      csv.append(
          "gauge-1,%s,depth,%.2f,flood-point\n".formatted(start.plusSeconds(60L * minute), depth));
    }
    return csv.toString();
  }

  private static String errorOf(Runnable command) {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      command.run();
    } finally {
      System.setErr(before);
    }
    return said.toString(StandardCharsets.UTF_8).strip();
  }
}
