package org.minusone.rules.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.model.Verdict;
import org.minusone.model.codec.JsonSerde;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.rules.Rules;
import org.minusone.rules.SeededReadings;
import org.minusone.rules.backtest.Backtest;
import org.minusone.rules.evaluate.Outcome;

final class RulesTopologyTest {
  private static final Instant NOON = Instant.parse("2026-07-01T04:00:00Z");
  private static final SiteId FUBAO = new SiteId("fubao");
  private static final SiteId RUN = new SiteId("fubao@r17");

  private final House house = new House(NOON);
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> readings;
  private TestOutputTopic<String, Signal> signals;
  private TestOutputTopic<String, Verdict> verdicts;

  @BeforeEach
  void start() {
    Properties config = new Properties();
    config.put("application.id", "test");
    config.put("bootstrap.servers", "none:1");
    driver = new TopologyTestDriver(RulesTopology.build(house.wiring()), config, NOON);
    readings =
        driver.createInputTopic(
            "minusone.readings", new StringSerializer(), new ByteArraySerializer());
    signals =
        driver.createOutputTopic(
            "minusone.signals",
            new StringDeserializer(),
            new JsonSerde<>(Signal.class).deserializer());
    verdicts =
        driver.createOutputTopic(
            "minusone.quality",
            new StringDeserializer(),
            new JsonSerde<>(Verdict.class).deserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private void pipe(Reading reading) {
    house.nowMs = Math.max(house.nowMs, reading.arrivalMs());
    readings.pipeInput(reading.key().toString(), ReadingSerde.write(reading), reading.arrivalMs());
  }

  /** A temperature, now. */
  private void reading(SiteId site, String sensor, double celsius) {
    pipe(
        Reading.number(
            new SensorKey(site, new SensorId(sensor)),
            Family.HAZMAT_STORAGE,
            Quantity.TEMPERATURE,
            house.nowMs,
            house.nowMs,
            Stamp.OWN,
            celsius));
  }

  /** Wall time passes, a tick each second. */
  private void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      house.nowMs += 1000;
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  private List<String> told() {
    return signals.readKeyValuesToList().stream()
        .map(
            kv ->
                kv.key
                    + " "
                    + kv.value.sensor()
                    + " "
                    + kv.value.signal().id()
                    + (kv.value.limit() == null ? "" : " " + kv.value.limit())
                    + (kv.value.cause() == null ? "" : " " + kv.value.cause())
                    + " +"
                    + Duration.between(NOON, kv.value.time()).toSeconds())
        .toList();
  }

  private static List<Rule> store() {
    return List.of(
        Rules.store().rule(), Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(3)));
  }

  @Test
  void oneEvaluator() {
    long seed = System.nanoTime();
    List<Rule> rules = Rules.everything();
    house.sites.apply(FUBAO, 1, Instant.EPOCH, rules, "H-0", "H-1", "H-2", "H-3", "H-4");
    List<Reading> log = SeededReadings.of(seed, 5, 200, true);
    log.forEach(this::pipe);
    Backtest alone = new Backtest(rules, 1);
    List<Signal> expected = alone.run(log);
    List<Signal> actual = new ArrayList<>(signals.readValuesToList());
    // Ties in the contract's order are told apart, so that the comparison is to the letter.
    Comparator<Signal> order = Backtest.ORDER.thenComparing(Signal::toString);
    actual.sort(order);
    expected.sort(order);
    assertThat(actual).as("seed %d", seed).isEqualTo(expected).isNotEmpty();
    Map<Outcome, Long> counted = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      counted.put(outcome, house.counters.total(outcome.term()));
    }
    assertThat(counted).isEqualTo(new HashMap<>(alone.outcomes()));
    assertThat(counted.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(log.size());
    assertThat(house.positions.next(0)).isEqualTo(log.size());
  }

  @Test
  void aLaterVerdictGoesToQualityUnderTheSensorsKey() {
    house.sites.apply(FUBAO, 1, NOON, store(), "H-1");
    long start = house.nowMs;
    for (double celsius : new double[] {20, 21, 40, 21}) {
      reading(FUBAO, "H-1", celsius);
      house.nowMs += 10_000;
    }
    List<KeyValue<String, Verdict>> told = verdicts.readKeyValuesToList();
    assertThat(told).extracting(kv -> kv.key).containsOnly("fubao/H-1");
    assertThat(told)
        .extracting(
            kv ->
                (kv.value.time().toEpochMilli() - start) / 1000
                    + " "
                    + kv.value.test()
                    + " "
                    + kv.value.flag().code()
                    + " "
                    + kv.value.value())
        .containsExactly(
            "10 rate_of_change 3 21.0",
            "20 rate_of_change 3 40.0",
            "20 spike 4 40.0",
            "30 rate_of_change 3 21.0");
    // What was forwarded as a verdict is no signal, and the other way round.
    assertThat(told())
        .containsExactly(
            "fubao H-1 critical 35.0 +20",
            "fubao H-1 cleared 35.0 inside +30",
            "fubao H-1 cleared 30.0 inside +30",
            "fubao H-1 cleared 28.0 inside +30");
  }

  @Test
  void silenceAdvancesTheWallClockWithNoInput() {
    house.sites.apply(FUBAO, 1, NOON, store(), "H-1", "H-2");
    reading(FUBAO, "H-1", 20);
    pass(Duration.ofSeconds(100));
    reading(FUBAO, "H-1", 20);
    pass(Duration.ofSeconds(179));
    assertThat(told()).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(told()).containsExactly("fubao H-1 silent 180.0 +280");
    pass(Duration.ofSeconds(600));
    assertThat(told()).isEmpty();
    reading(FUBAO, "H-1", 20);
    assertThat(told()).containsExactly("fubao H-1 cleared 180.0 reporting +881");
  }

  @Test
  void noSilenceWhileTheInputIsNotCurrent() {
    house.sites.apply(FUBAO, 1, NOON, store(), "H-1");
    reading(FUBAO, "H-1", 20);
    pass(Duration.ofSeconds(100));
    house.current = false;
    pass(Duration.ofSeconds(600));
    house.current = true;
    pass(Duration.ofSeconds(75));
    assertThat(told()).isEmpty();
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("fubao H-1 silent 180.0 +180");
  }

  @Test
  void deadlinesFireByTheWallClock() {
    Rule rule =
        Rules.store()
            .above(Level.ALARM, 30, Duration.ofSeconds(30))
            .keepFiringFor(Duration.ofSeconds(20))
            .rule();
    house.sites.apply(FUBAO, 1, NOON, List.of(rule), "H-1");
    reading(FUBAO, "H-1", 31);
    assertThat(told()).containsExactly("fubao H-1 warn 28.0 +0");
    pass(Duration.ofSeconds(31));
    assertThat(told()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(told()).containsExactly("fubao H-1 alarm 30.0 +30");
    reading(FUBAO, "H-1", 20);
    pass(Duration.ofSeconds(25));
    assertThat(told())
        .containsExactly("fubao H-1 cleared 30.0 inside +52", "fubao H-1 cleared 28.0 inside +52");
  }

  @Test
  void anotherVersionClearsWhatIsGoneAndRetiresWhoIsGone() {
    house.sites.apply(FUBAO, 1, NOON, store(), "H-1", "H-2", "H-3");
    reading(FUBAO, "H-1", 28.2);
    reading(FUBAO, "H-2", 31);
    reading(FUBAO, "H-3", 20);
    assertThat(told()).hasSize(2);
    house.sites.apply(
        FUBAO,
        2,
        NOON.plusSeconds(5),
        List.of(Rules.store().above(Level.WARN, 29.5).rule()),
        "H-1",
        "H-3");
    pass(Duration.ofSeconds(1));
    assertThat(told())
        .containsExactlyInAnyOrder(
            "fubao H-1 cleared 28.0 rule-changed +5",
            "fubao H-2 cleared 30.0 retired +5",
            "fubao H-2 cleared 28.0 retired +5");
    house.committed = 100L;
    pass(Duration.ofSeconds(1));
    assertThat(driver.getKeyValueStore("sensors").get("fubao/H-2")).isNull();
    assertThat(driver.getKeyValueStore("sensors").get("fubao/H-1")).isNotNull();
    reading(FUBAO, "H-2", 50); // on its way when it was retired
    assertThat(told()).isEmpty();
    assertThat(house.counters.total("evaluated")).isEqualTo(4);
  }

  @Test
  void aSiteThatAdmitsUnknownSensorsWatchesThemAndStillRetiresThoseItDrops() {
    house.sites.apply(FUBAO, 1, NOON, store(), "H-1");
    house.sites.admitUnknown(FUBAO);
    reading(FUBAO, "H-1", 31);
    reading(FUBAO, "X-9", 31);
    assertThat(told()).containsExactly("fubao H-1 alarm 30.0 +0", "fubao X-9 alarm 30.0 +0");
    house.sites.apply(FUBAO, 2, NOON.plusSeconds(5), store());
    house.sites.admitUnknown(FUBAO);
    pass(Duration.ofSeconds(1));
    assertThat(told())
        .containsExactlyInAnyOrder(
            "fubao H-1 cleared 30.0 retired +5", "fubao H-1 cleared 28.0 retired +5");
    reading(FUBAO, "X-9", 36);
    assertThat(told()).hasSize(1);
  }

  @Test
  void aRunAdmitsUnknownSensorsTicksAtSpeedOneOnlyAndIsDroppedWhenItEnds() {
    house.sites.apply(FUBAO, 1, NOON, store(), "H-1");
    house.sites.run(RUN, 600, null);
    reading(RUN, "X-9", 31);
    assertThat(told()).containsExactly("fubao@r17 X-9 alarm 30.0 +0");
    pass(Duration.ofSeconds(400));
    assertThat(told()).isEmpty();
    house.sites.run(RUN, 600, Instant.ofEpochMilli(house.nowMs));
    house.end = 1L;
    pass(Duration.ofSeconds(1));
    assertThat(driver.getKeyValueStore("sensors").get("fubao@r17/X-9")).isNull();
    reading(RUN, "X-9", 31);
    assertThat(told()).isEmpty();

    SiteId live = new SiteId("fubao@live");
    house.sites.run(live, 1, null);
    reading(live, "X-9", 20);
    pass(Duration.ofSeconds(200));
    assertThat(told()).hasSize(1);
  }

  @Test
  void aRunThatEndsWhileItsReadingsWaitKeepsItsStateUntilTheLastOfThem() {
    house.sites.apply(FUBAO, 1, NOON, store(), "H-1");
    house.sites.run(RUN, 0, null);
    reading(RUN, "X-9", 31);
    house.sites.run(RUN, 0, Instant.ofEpochMilli(house.nowMs).plusSeconds(60));
    pass(Duration.ofSeconds(2)); // nobody knows yet where the input ends
    house.end = 3L; // two more wait
    pass(Duration.ofSeconds(2));
    reading(RUN, "X-9", 32);
    pass(Duration.ofSeconds(2));
    assertThat(told()).containsExactly("fubao@r17 X-9 alarm 30.0 +0");
    assertThat(driver.getKeyValueStore("sensors").get("fubao@r17/X-9")).isNotNull();
    reading(RUN, "X-9", 36);
    assertThat(told()).containsExactly("fubao@r17 X-9 critical 35.0 +6");
    pass(Duration.ofSeconds(2));
    assertThat(driver.getKeyValueStore("sensors").get("fubao@r17/X-9")).isNull();
  }

  @Test
  void whatIsNoReadingIsSkippedAndCounted() {
    house.sites.apply(FUBAO, 1, NOON, store(), "H-1");
    readings.pipeInput("fubao/H-1", new byte[] {1, 2, 3});
    readings.pipeInput("fubao/H-1", new byte[0]);
    readings.pipeInput("fubao/H-1", (byte[]) null);
    reading(FUBAO, "H-1", 31);
    assertThat(told()).containsExactly("fubao H-1 alarm 30.0 +0");
    assertThat(house.skipped.sum()).isEqualTo(3);
    assertThat(house.positions.next(0)).isEqualTo(4);
  }

  @Test
  void aSiteThatIsNotLiveHasNoRules() {
    reading(FUBAO, "H-1", 31);
    assertThat(told()).isEmpty();
    assertThat(house.counters.snapshot()).isEqualTo(Map.of("fubao", Map.of("evaluated", 1L)));
  }

  @Test
  void afterARestartNobodyIsSilentAtOnce() {
    house.sites.apply(FUBAO, 1, NOON, store(), "H-1");
    reading(FUBAO, "H-1", 20);
    byte[] state = (byte[]) driver.getKeyValueStore("sensors").get("fubao/H-1");
    driver.close();
    house.nowMs += Duration.ofHours(3).toMillis();
    house.committed = 1L;
    start();
    driver.<String, byte[]>getKeyValueStore("sensors").put("fubao/H-1", state);
    pass(Duration.ofSeconds(175));
    assertThat(told()).isEmpty();
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("fubao H-1 silent 180.0 +180");
  }

  @Test
  void everySignalIsKeyedByItsSite() {
    house.sites.apply(FUBAO, 1, NOON, store(), "H-1");
    reading(FUBAO, "H-1", 31);
    List<KeyValue<String, Signal>> all = signals.readKeyValuesToList();
    assertThat(all).extracting(kv -> kv.key).containsExactly("fubao");
  }

  private void damp(String sensor, double percent) {
    pipe(
        Reading.number(
            new SensorKey(FUBAO, new SensorId(sensor)),
            Family.HAZMAT_STORAGE,
            Quantity.HUMIDITY,
            house.nowMs,
            house.nowMs,
            Stamp.OWN,
            percent));
  }

  @Test
  void aQuantityFallsSilentWhileItsSensorReports() {
    Rule mute = Rules.silent(Family.HAZMAT_STORAGE, Quantity.HUMIDITY, Duration.ofMinutes(3));
    house.sites.apply(FUBAO, 1, NOON, List.of(mute), "H-1");
    damp("H-1", 50);
    for (int minute = 0; minute < 6; minute++) {
      reading(FUBAO, "H-1", 20);
      house.current = minute != 1; // that minute does not count: nothing could be heard
      pass(Duration.ofSeconds(60));
    }
    assertThat(told()).containsExactly("fubao H-1 silent 180.0 +180");
    damp("H-1", 50);
    assertThat(told()).containsExactly("fubao H-1 cleared 180.0 reporting +360");

    byte[] state = (byte[]) driver.getKeyValueStore("sensors").get("fubao/H-1");
    driver.close();
    house.nowMs += Duration.ofHours(3).toMillis();
    house.committed = 100L;
    start();
    driver.<String, byte[]>getKeyValueStore("sensors").put("fubao/H-1", state);
    pass(Duration.ofSeconds(175));
    assertThat(told()).as("after a restart it counts anew").isEmpty();
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("fubao H-1 silent 180.0 +540");
  }

  @Test
  void aFreeConditionIsAppliedHotAndKeepsWhatIsTrue() {
    house.sites.apply(FUBAO, 1, NOON, List.of(free("temperature > 26 && humidity > 70")), "H-1");
    reading(FUBAO, "H-1", 27);
    damp("H-1", 75);
    assertThat(told()).containsExactly("fubao H-1 alarm +0");
    house.sites.apply(
        FUBAO, 2, NOON.plusSeconds(5), List.of(free("temperature > 20 && humidity > 72")), "H-1");
    pass(Duration.ofSeconds(1));
    assertThat(told()).isEmpty();
    house.sites.apply(FUBAO, 3, NOON.plusSeconds(9), List.of(free("humidity > 80")), "H-1");
    pass(Duration.ofSeconds(1));
    assertThat(told()).containsExactly("fubao H-1 cleared rule-changed +9");
  }

  private static Rule free(String text) {
    return Rules.when(
        Family.HAZMAT_STORAGE,
        Quantity.HUMIDITY,
        Map.of(Level.ALARM, text),
        Duration.ZERO,
        Duration.ZERO);
  }
}
