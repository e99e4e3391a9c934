package org.minusone.simulator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;
import org.minusone.model.port.Counters;
import org.minusone.simulator.replay.Replay;
import org.minusone.simulator.replay.ReplayRequest;
import org.minusone.simulator.replay.ReplayResult;
import org.minusone.simulator.scenario.Report;
import org.minusone.simulator.scenario.Sample;
import org.minusone.simulator.scenario.Scenarios;
import org.minusone.simulator.scenario.Setting;
import org.minusone.simulator.scenario.SmallSite;
import org.minusone.simulator.scenario.Value;

/** Against a real broker (some seconds: it has to start). */
class PublishingTest {
  private static final SiteId FUBAO = new SiteId("fubao");
  @TempDir static Path dir;
  private static TestBroker broker;
  private Listener listener;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new TestBroker(dir);
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @BeforeEach
  void listen() throws Exception {
    listener = new Listener(broker.port());
  }

  @AfterEach
  void stopListening() throws Exception {
    listener.close();
  }

  @Test
  void theSimulatorPrimesWaitsForEveryAckAndThenKeepsTheClock() throws Exception {
    SimulatorApp app =
        new SimulatorApp(
            FUBAO,
            Scenarios.byName("demo", Setting.first(SmallSite.likeFubao(), 7)),
            PublisherConfig.to("127.0.0.1", broker.port()),
            InstantSource.system());
    try (app) {
      assertThat(app.health().alive()).isTrue();
      assertThat(app.health().connected()).isFalse();
      long[] progress = new long[2];
      app.prime(
          (acked, total) -> {
            progress[0] = acked;
            progress[1] = total;
          });
      assertThat(progress[0]).isEqualTo(progress[1]).isGreaterThan(1295);
      assertThat(counter(app, "published")).isEqualTo(counter(app, "acked")).isEqualTo(progress[0]);
      assertThat(app.health().connected()).isTrue();
      await().until(() -> sensorsHeard().size() == 1295);

      listener.clear();
      app.start();
      Instant ready = Instant.now();
      assertThat(app.plan()).hasSize(4);
      await().until(() -> listener.heard().size() >= 20);
      // 11.7 a second from the background and the first story; never ahead of the clock.
      assertThat(Duration.between(ready, Instant.now())).isGreaterThan(Duration.ofMillis(1300));
      for (Listener.Heard heard : listener.heard()) {
        long ts = Json.MAPPER.readTree(heard.payload()).get("ts").asLong();
        assertThat(ts).isLessThanOrEqualTo(System.currentTimeMillis());
      }
    }
    assertThat(counter(app, "acked")).isEqualTo(counter(app, "published"));
    assertThat(app.health().connected()).isFalse();
  }

  private Set<String> sensorsHeard() {
    Set<String> sensors = new HashSet<>();
    listener.heard().forEach(heard -> sensors.add(heard.topic().split("/", -1)[3]));
    return sensors;
  }

  private static long counter(SimulatorApp app, String term) {
    return app.health().counters().get("fubao").get(term);
  }

  @Test
  void whatWasOnItsWayWhenTheConnectionBrokeIsSentAgainInOrder() throws Exception {
    Counters counters = new Counters();
    try (BreakableLink link = new BreakableLink(broker.port());
        Publisher publisher =
            new Publisher(
                "simulator",
                PublisherConfig.to("127.0.0.1", link.port()).withConnections(2),
                counters)) {
      publisher.open();
      for (int i = 0; i < 3000; i++) {
        publisher.publish(FUBAO, store("H-0" + i % 5, 1000 + i, 20 + i / 1000.0));
        if (i % 800 == 700) {
          link.cut();
        }
      }
      assertThat(publisher.awaitAcked(Duration.ofSeconds(20))).isTrue();
      assertThat(publisher.isConnected()).isTrue();
    }
    assertThat(counters.total("published")).isEqualTo(3000);
    assertThat(counters.total("acked")).isEqualTo(3000);
    await().until(() -> distinct().values().stream().mapToInt(List::size).sum() == 3000);
    distinct().values().forEach(times -> assertThat(times).isSorted());
  }

  /** Per topic the stamps in the order they were first heard. */
  private Map<String, List<Long>> distinct() throws IOException {
    Map<String, List<Long>> times = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Listener.Heard heard : listener.heard()) {
      long ts = Json.MAPPER.readTree(heard.payload()).get("ts").asLong();
      if (seen.add(heard.topic() + ts)) {
        times.computeIfAbsent(heard.topic(), t -> new ArrayList<>()).add(ts);
      }
    }
    return times;
  }

  private static Report store(String sensor, long timeMs, double celsius) {
    return new Report(
        new SensorId(sensor),
        Family.HAZMAT_STORAGE,
        List.of(new Sample(timeMs, List.of(Value.of(Quantity.TEMPERATURE, celsius)))));
  }

  @Test
  void noBrokerIsOneClearLine() throws Exception {
    int nobody = TestBroker.freePort();
    PublisherConfig config =
        new PublisherConfig(
            "127.0.0.1", nobody, null, null, 1, 10, Duration.ofSeconds(1), Duration.ofSeconds(1));
    try (Publisher publisher = new Publisher("simulator", config, new Counters())) {
      assertThatThrownBy(publisher::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot connect to tcp://127.0.0.1:" + nobody);
    }
  }

  @Test
  void aReplayIsARunThatOpensPublishesInOrderOfTimeAndEnds() throws Exception {
    Path file = dir.resolve("recorded.csv");
    Files.writeString(
        file,
        """
        sensor,time,quantity,value,family
        B,2023-09-29T00:00:10Z,depth,2.5,flood-point
        B,2023-09-29T00:00:20Z,depth,3,flood-point
        B,2023-09-29T00:00:20Z,battery,88,flood-point
        A,2023-09-29T00:00:00Z,depth,1,flood-point
        A,2023-09-29T00:00:10Z,depth,1.5,flood-point
        A,2023-09-29T00:00:15Z,depth,n/a,flood-point
        A,2023-09-29T01:00:00Z,depth,1.75,flood-point
        A,2023-09-29T01:00:10Z,de""");
    SiteId run = FUBAO.withRun("r17");
    ReplayResult result =
        new Replay(
                new ReplayRequest(
                    file, run, 600, null, null, ReplayRequest.DEFAULT_MAX_GAP, Map.of()),
                PublisherConfig.to("127.0.0.1", broker.port()).withConnections(1))
            .run(Replay.Progress.NONE);
    assertThat(result.rows()).isEqualTo(8);
    assertThat(result.published()).isEqualTo(6);
    assertThat(result.acked()).isEqualTo(6);
    assertThat(result.skipped()).isEqualTo(Map.of("cut-off", 1L, "not-a-number", 1L));
    assertThat(result.examples())
        .containsExactly("line 7: not-a-number: depth 'n/a'", "line 9: cut-off: 3 of 5 columns");
    await().until(() -> listener.heard().size() == 7);
    List<String> told = new ArrayList<>();
    for (Listener.Heard heard : listener.heard()) {
      JsonNode json = Json.MAPPER.readTree(heard.payload());
      told.add(heard.topic().substring("sites/fubao@r17/".length()) + " " + json.path("values"));
    }
    assertThat(listener.heard().get(0).payload()).isEqualTo("{\"speed\":600}");
    assertThat(told)
        .containsExactly(
            "run ",
            "flood-point/A/readings {\"depth\":1}",
            "flood-point/A/readings {\"depth\":1.5}",
            "flood-point/B/readings {\"depth\":2.5}",
            "flood-point/B/readings {\"depth\":3,\"battery\":88}",
            "flood-point/A/readings {\"depth\":1.75}",
            "run ");
    assertThat(listener.heard().get(6).payload()).isEqualTo("{\"ended\":true}");
  }
}
