package org.minusone.rules.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SiteVersion;
import org.minusone.model.Stamp;
import org.minusone.model.codec.JsonSerde;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.rules.Rules;
import org.minusone.rules.SeededReadings;
import org.minusone.rules.load.SiteLoader;

/** The whole topology, stopped and started again from what its changelog holds. */
final class ChangelogTest {
  private final Map<String, byte[]> changelog = new LinkedHashMap<>();
  private House house = new House(SeededReadings.START);
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> readings;
  private TestOutputTopic<String, Signal> signals;
  private TestOutputTopic<String, byte[]> writes;
  private long offset;

  @AfterEach
  void stop() {
    if (driver != null) {
      driver.close();
    }
  }

  private void start() {
    Properties config = new Properties();
    config.put("application.id", "test");
    config.put("bootstrap.servers", "none:1");
    driver =
        new TopologyTestDriver(
            RulesTopology.build(house.wiring()), config, Instant.ofEpochMilli(house.nowMs));
    readings =
        driver.createInputTopic(
            "minusone.readings", new StringSerializer(), new ByteArraySerializer());
    signals =
        driver.createOutputTopic(
            "minusone.signals",
            new StringDeserializer(),
            new JsonSerde<>(Signal.class).deserializer());
    writes =
        driver.createOutputTopic(
            "test-sensors-changelog", new StringDeserializer(), new ByteArrayDeserializer());
    var store = driver.<String, byte[]>getKeyValueStore(RulesTopology.STORE);
    changelog.forEach(store::put);
    // The driver counts its offsets from 0 again; what Kafka keeps goes on where it was.
    for (long before = 0; before < offset; before++) {
      readings.pipeInput("none", null);
    }
  }

  private void restart() {
    collect();
    driver.close();
    house.committed = offset;
    start();
  }

  /** A null deletes. */
  private void collect() {
    for (var write : writes.readKeyValuesToList()) {
      if (write.value == null) {
        changelog.remove(write.key);
      } else {
        changelog.put(write.key, write.value);
      }
    }
  }

  private void pipe(Reading reading) {
    house.nowMs = Math.max(house.nowMs, reading.arrivalMs());
    readings.pipeInput(reading.key().toString(), ReadingSerde.write(reading), reading.arrivalMs());
    offset++;
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      house.nowMs += 1000;
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  private List<Signal> play(List<Reading> log, long seed, boolean restarts) {
    house = new House(SeededReadings.START);
    house.sites.apply(
        SeededReadings.SITE,
        1,
        SeededReadings.START,
        Rules.everything().stream().filter(r -> r.condition().kind() != Rule.Kind.SILENT).toList(),
        "H-0",
        "H-1",
        "H-2");
    changelog.clear();
    offset = 0;
    Random ticks = new Random(seed);
    List<Signal> told = new ArrayList<>();
    start();
    for (Reading reading : log) {
      pipe(reading);
      pass(ticks.nextInt(4));
      told.addAll(signals.readValuesToList());
      if (restarts) {
        restart();
      }
    }
    driver.close();
    driver = null;
    return told;
  }

  /** Silence apart: it begins to count anew with each start, on purpose. */
  @Test
  void aRestartFromTheChangelogAfterEveryStepTellsTheSameToTheLetter() {
    long seed = Long.getLong("changelog.seed", System.nanoTime());
    System.out.println("changelog.seed=" + seed);
    List<Reading> log = SeededReadings.of(seed, 3, 60, true);
    Map<String, List<Signal>> whole = bySensor(play(log, seed, false));
    Map<String, List<Signal>> interrupted = bySensor(play(log, seed, true));
    assertThat(whole).as("-Dchangelog.seed=%d", seed).hasSize(3);
    assertThat(interrupted).as("-Dchangelog.seed=%d", seed).isEqualTo(whole);
  }

  /**
   * A tick's signal is announced again by the task that starts next, and alerting knows it then. Of
   * two sensors that are due within one tick either may come first: order is a sensor's own.
   */
  private static Map<String, List<Signal>> bySensor(List<Signal> told) {
    Map<String, List<Signal>> bySensor = new TreeMap<>();
    for (Signal signal : new LinkedHashSet<>(told)) {
      bySensor.computeIfAbsent(signal.sensor().value(), s -> new ArrayList<>()).add(signal);
    }
    return bySensor;
  }

  @Test
  void afterARestartWithAllOfFubaoNothingIsAnnouncedAsSilent() {
    SiteVersion site = fubao();
    house = new House(SeededReadings.START);
    house.sites.apply(site);
    start();
    for (Sensor sensor : site.sensors().values()) {
      pipe(calm(site, sensor));
    }
    pass(60);
    signals.readValuesToList();
    assertThat(site.sensors()).hasSize(1295);
    assertThat(driver.getKeyValueStore(RulesTopology.STORE).approximateNumEntries())
        .isEqualTo(1295);

    house.nowMs += Duration.ofHours(13).toMillis();
    restart();
    pass(175);
    assertThat(signals.readValuesToList()).as("before anybody had the time to report").isEmpty();
    for (Sensor sensor : site.sensors().values()) {
      pipe(calm(site, sensor));
    }
    pass(120);
    assertThat(signals.readValuesToList()).as("once all have reported").isEmpty();
    pass(62);
    assertThat(signals.readValuesToList())
        .as("who stays away from now on is silent")
        .hasSizeGreaterThan(600);
  }

  private Reading calm(SiteVersion site, Sensor sensor) {
    Quantity quantity = sensor.quantities().get(0);
    SensorKey key = new SensorKey(site.site(), sensor.id());
    if (quantity.isWord()) {
      String word = quantity == Quantity.PUMP_MODE ? "auto" : "normal";
      return Reading.word(
          key, sensor.family(), quantity, house.nowMs, house.nowMs, Stamp.OWN, word);
    }
    double value =
        switch (quantity) {
          case PRESSURE -> 0.3;
          case LEVEL -> 97;
          case TEMPERATURE -> 22;
          case HUMIDITY -> 50;
          case RESIDUAL_CURRENT -> 20;
          case VOLTAGE -> 222;
          default -> 0;
        };
    return Reading.number(
        key, sensor.family(), quantity, house.nowMs, house.nowMs, Stamp.OWN, value);
  }

  private static SiteVersion fubao() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("deploy/sites/fubao"))) {
      here = here.getParent();
    }
    SiteVersion draft = SiteLoader.load(here.resolve("deploy/sites/fubao")).draft();
    return new SiteVersion(
        draft.site(),
        1,
        Instant.EPOCH,
        "test",
        draft.name(),
        draft.zone(),
        false,
        draft.sensors(),
        draft.rules(),
        draft.crews());
  }
}
