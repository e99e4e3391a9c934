package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Run;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.model.port.SeriesReader.Point;

class ViewsTest {
  private static final SiteId RUN = new SiteId("fubao@r1");

  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig().start();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void read(SiteId site, String sensor, Quantity quantity, double value, Instant time) {
    Family family =
        switch (sensor.charAt(0)) {
          case 'H' -> Family.HAZMAT_STORAGE;
          case 'E' -> Family.ELECTRICAL;
          default -> Family.FLOOD_POINT;
        };
    rig.feeds.reading(
        Reading.number(
            new SensorKey(site, new SensorId(sensor)),
            family,
            quantity,
            time.toEpochMilli(),
            rig.clock.millis(),
            Stamp.OWN,
            value));
  }

  private void read(String sensor, Quantity quantity, double value) {
    read(FakeSite.FUBAO, sensor, quantity, value, rig.clock.instant());
  }

  private AlertStory story(String sensor, String rule) {
    return new AlertStory(rig.site, FakeSite.FUBAO, sensor, rule, rig.clock.instant());
  }

  private String state(String sensor) throws Exception {
    return rig.get("/api/v1/sensors/" + sensor).json().get("state").asText();
  }

  @Test
  void aSensorsStates() throws Exception {
    assertThat(state("H-01")).isEqualTo("never-seen");

    read("H-01", Quantity.TEMPERATURE, 24);
    assertThat(state("H-01")).isEqualTo("normal");

    read("H-01", Quantity.GAS, 900);
    assertThat(state("H-01")).as("gross range failed").isEqualTo("suspect");
    rig.clock.pass(Duration.ofSeconds(10));
    read("H-01", Quantity.GAS, 2);
    assertThat(state("H-01")).isEqualTo("normal");

    rig.clock.pass(Duration.ofMinutes(3));
    assertThat(state("H-01")).as("three of its periods").isEqualTo("normal");
    rig.clock.pass(Duration.ofMillis(1));
    assertThat(state("H-01")).isEqualTo("stale");

    AlertStory story = story("H-01", "hazmat-temperature");
    rig.feeds.alert(
        story.forewarned(rig.clock.instant(), Level.ALARM, 30, 28, Duration.ofMinutes(3)));
    assertThat(state("H-01")).as("silence clears no danger").isEqualTo("alert");
    assertThat(rig.get("/api/v1/sensors/H-01").json().get("alert").asText()).isEqualTo(story.id());
    rig.feeds.alert(story.withdrawn(rig.clock.instant()));
    assertThat(state("H-01")).isEqualTo("stale");
  }

  @Test
  void anOpenSilentAlertMakesItStale() throws Exception {
    read("E-001", Quantity.VOLTAGE, 220);
    assertThat(state("E-001")).isEqualTo("normal");
    rig.feeds.alert(
        story("E-001", "electrical-silent").raised(rig.clock.instant(), Level.NOTICE, 180, 181));
    assertThat(state("E-001")).isEqualTo("stale");
  }

  @Test
  void whatIsClearedIsNoDangerAnyMore() throws Exception {
    read("H-01", Quantity.TEMPERATURE, 31);
    AlertStory story = story("H-01", "hazmat-temperature");
    rig.feeds.alert(story.raised(rig.clock.instant(), Level.ALARM, 30, 31));
    assertThat(state("H-01")).isEqualTo("alert");
    rig.feeds.alert(story.cleared(rig.clock.instant(), 24));
    assertThat(state("H-01")).isEqualTo("normal");
    assertThat(rig.get("/api/v1/alerts").json().get("items"))
        .as("but it stays open until somebody acknowledged it")
        .hasSize(1);
  }

  @Test
  void aLateReadingReplacesNothing() throws Exception {
    read("H-01", Quantity.TEMPERATURE, 24);
    Instant before = rig.clock.instant().minusSeconds(60);
    read(FakeSite.FUBAO, "H-01", Quantity.TEMPERATURE, 19, before);
    JsonNode value = rig.get("/api/v1/sensors/H-01").json().at("/quantities/0");
    assertThat(value.get("value").asDouble()).isEqualTo(24);
    assertThat(value.get("margin").asDouble()).isEqualTo(4);
    assertThat(value.at("/limits/0/limit").asDouble()).isEqualTo(28);
    assertThat(value.at("/limits/0/direction").asText()).isEqualTo("above");
  }

  @Test
  void theSeriesFillsInWhatWasSeenBefore() throws Exception {
    Point point = new Point(rig.clock.instant(), 23, null, QualityFlag.PASS);
    rig.series.latest =
        Map.of(FakeSite.FUBAO, Map.of(new SensorId("H-02"), Map.of(Quantity.TEMPERATURE, point)));
    try (Rig again = new Rig(rig.site, new FakeFeeds(), c -> c)) {
      again.series.latest = rig.series.latest;
      again.start();
      Awaitility.await()
          .until(
              () ->
                  again.get("/api/v1/sensors/H-02").json().get("state").asText().equals("normal"));
    }
  }

  @Test
  void sensorsAreFoundCountedAndPaged() throws Exception {
    read("H-01", Quantity.TEMPERATURE, 24);
    JsonNode all = rig.get("/api/v1/sensors?limit=2000").json();
    assertThat(all.get("total").asInt()).isEqualTo(all.get("items").size());
    List<String> paged = new ArrayList<>();
    String next = null;
    do {
      JsonNode page =
          rig.get("/api/v1/sensors?limit=7" + (next == null ? "" : "&next=" + next)).json();
      page.get("items").forEach(item -> paged.add(item.get("id").asText()));
      next = page.get("next").isNull() ? null : page.get("next").asText();
    } while (next != null);
    assertThat(paged).doesNotHaveDuplicates().hasSize(all.get("total").asInt()).isSorted();
    JsonNode hazmat = rig.get("/api/v1/sensors?family=hazmat-storage&state=normal").json();
    assertThat(hazmat.get("total").asInt()).isEqualTo(1);
    assertThat(hazmat.at("/states/never-seen").asInt()).isEqualTo(1);
    assertThat(rig.get("/api/v1/sensors?q=h-0").json().get("total").asInt()).isEqualTo(2);
    assertThat(rig.get("/api/v1/sensors?q=%E5%8D%B1%E5%8C%96").json().get("total").asInt())
        .isEqualTo(2);
    for (String query : List.of("limit=0", "limit=x", "family=cat", "state=well")) {
      assertThat(rig.get("/api/v1/sensors?" + query).status()).as(query).isEqualTo(400);
    }
  }

  @Test
  void theNearestComeFirstAndNoneInAlert() throws Exception {
    read("H-01", Quantity.TEMPERATURE, 27);
    read("H-02", Quantity.TEMPERATURE, 27.9);
    read("F-01", Quantity.DEPTH, 9);
    rig.feeds.alert(
        story("H-02", "hazmat-temperature")
            .forewarned(rig.clock.instant(), Level.ALARM, 30, 27.9, Duration.ofMinutes(2)));
    JsonNode nearest = rig.get("/api/v1/sensors/nearest?count=8").json().get("items");
    assertThat(nearest).hasSize(2);
    assertThat(nearest.at("/0/id").asText()).isEqualTo("H-01");
    assertThat(nearest.at("/1/id").asText()).isEqualTo("F-01");
  }

  @Test
  void alertsArePagedNewestFirst() throws Exception {
    for (int i = 0; i < 12; i++) {
      rig.feeds.alert(
          story("E-001", "residual-current").raised(rig.clock.instant(), Level.WARN, 200, 210));
      rig.clock.pass(Duration.ofSeconds(1));
    }
    List<String> started = new ArrayList<>();
    String next = null;
    do {
      JsonNode page =
          rig.get("/api/v1/alerts?limit=5" + (next == null ? "" : "&next=" + next)).json();
      page.get("items").forEach(item -> started.add(item.get("started_at").asText()));
      assertThat(page.get("position").asText()).isEqualTo("11");
      next = page.get("next").isNull() ? null : page.get("next").asText();
    } while (next != null);
    assertThat(started).hasSize(12).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(rig.get("/api/v1/alerts?next=rubbish").status()).isEqualTo(400);
    assertThat(rig.get("/api/v1/alerts?state=shut").status()).isEqualTo(400);
  }

  @Test
  void anAlertTellsItsStory() throws Exception {
    AlertStory story = story("H-01", "hazmat-temperature");
    rig.feeds.alert(
        story.forewarned(rig.clock.instant(), Level.ALARM, 30, 28, Duration.ofMinutes(3)));
    rig.feeds.alert(story.withdrawn(rig.clock.instant()));
    JsonNode told = rig.get("/api/v1/alerts/" + story.id()).json();
    assertThat(told.at("/alert/state").asText()).isEqualTo("closed");
    assertThat(told.at("/alert/kind").asText()).isEqualTo("threshold");
    assertThat(told.at("/events/0/kind").asText()).isEqualTo("forewarned");
    assertThat(told.at("/events/1/kind").asText()).isEqualTo("closed");
    assertThat(told.at("/rule/name").asText()).isEqualTo("hazmat-temperature");
    assertThat(told.at("/rule/condition/kind").asText()).isEqualTo("threshold");
    assertThat(told.at("/sensor/id").asText()).isEqualTo("H-01");
    assertThat(told.get("unit").asText()).isEqualTo("°C");
    assertThat(rig.get("/api/v1/alerts").json().get("items")).isEmpty();
    assertThat(rig.get("/api/v1/alerts?state=all").json().get("items")).hasSize(1);
  }

  @Test
  void aRunIsAPlaceOfItsOwn() throws Exception {
    assertThat(rig.get("/api/v1/sensors?site=fubao@r1").status()).isEqualTo(404);
    rig.site.runs.add(new Run(RUN, 600, rig.clock.instant(), null));
    Instant then = Instant.parse("2023-09-29T12:00:00Z");
    read(RUN, "F-01", Quantity.DEPTH, 3, then);
    read(RUN, "gauge-9", Quantity.DEPTH, 4, then.plusSeconds(60));
    rig.clock.pass(Duration.ofHours(5));
    JsonNode sensors = rig.get("/api/v1/sensors?site=fubao@r1").json();
    assertThat(sensors.get("total").asInt()).isEqualTo(2);
    assertThat(sensors.at("/states/normal").asInt()).as("a run has no silence").isEqualTo(2);
    assertThat(sensors.at("/items/1/id").asText()).isEqualTo("gauge-9");
    assertThat(sensors.at("/items/1/name/en").asText()).isEqualTo("gauge-9");
    JsonNode run = rig.get("/api/v1/sites").json().at("/runs/0");
    assertThat(run.get("now").asText()).isEqualTo("2023-09-29T12:01:00Z");
    JsonNode series =
        rig.get("/api/v1/sensors/F-01/series?site=fubao@r1&points=10").json().get("points");
    assertThat(series.get(0).get(0).asLong())
        .as("the hour before its newest event time")
        .isEqualTo(Instant.parse("2023-09-29T11:01:00Z").toEpochMilli());
  }

  @Test
  void seriesAreGivenAsPoints() throws Exception {
    JsonNode series =
        rig.get(
                "/api/v1/sensors/H-01/series?quantity=temperature"
                    + "&from=2026-06-01T07:00:00Z&to=2026-06-01T07:01:00Z&points=3")
            .json();
    assertThat(series.get("unit").asText()).isEqualTo("°C");
    assertThat(series.get("points")).hasSize(3);
    assertThat(series.at("/points/0")).hasSize(4);
    String base = "/api/v1/sensors/H-01/series?";
    assertThat(rig.get(base + "from=then").status()).isEqualTo(400);
    assertThat(rig.get(base + "quantity=colour").status()).isEqualTo(400);
    assertThat(rig.get(base + "from=9&to=9").status()).isEqualTo(400);
    rig.series.away = true;
    Rig.Answer away = rig.get(base);
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.json().get("reason").asText()).isEqualTo("store-away");
  }

  @Test
  void thePipelineAddsUp() throws Exception {
    rig.health.report(
        "ingest",
        true,
        true,
        Map.of("received", 110L, "in_kafka", 100L, "rejected", 10L),
        Map.of());
    rig.health.report("rules", true, true, Map.of("evaluated", 97L, "late", 2L), Map.of());
    rig.health.report("series", true, true, Map.of("stored", 100L), Map.of());
    rig.health.report(
        "alerting",
        true,
        true,
        Map.of(),
        Map.of("latency_p50_ms", 5.0, "latency_count", 40.0, "latency_le_10", 33.0));
    JsonNode pipeline = rig.get("/api/v1/pipeline").json();
    assertThat(pipeline.at("/sums/received").asLong()).isEqualTo(110);
    assertThat(pipeline.at("/differences/ingest").asLong()).isZero();
    assertThat(pipeline.at("/differences/rules").asLong()).isEqualTo(1);
    assertThat(pipeline.get("equal").asBoolean()).isFalse();
    assertThat(pipeline.get("parts")).hasSize(4);
    assertThat(pipeline.at("/latency_ms/p50").asDouble()).isEqualTo(5);
    assertThat(pipeline.at("/latency_ms/p99").isNull()).isTrue();
    assertThat(pipeline.at("/latency_ms/buckets/0/1").asDouble()).isEqualTo(33);
    assertThat(pipeline.get("memory_mb").asLong()).isPositive();
    assertThat(pipeline.get("memory_limit_mb").asInt()).isEqualTo(1024);
    assertThat(rig.get("/api/v1/pipeline?site=nowhere").status()).isEqualTo(404);
  }
}
