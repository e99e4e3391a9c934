package org.minusone.rules.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.model.Text;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.JsonSerde;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.rules.Rules;
import org.minusone.rules.SeededReadings;
import org.minusone.rules.backtest.Backtest;

/** The second step, over signals: two stores of one building that are hot at once. */
final class TogetherTopologyTest {
  private static final Instant START = SeededReadings.START;
  private static final SiteId FUBAO = SeededReadings.SITE;
  private static final SiteId RUN = new SiteId("fubao@r1");
  private static final Rule BOTH =
      new Rule(
          "both",
          null,
          null,
          new Rule.Together(
              List.of("heat"),
              2,
              Rule.Area.BUILDING,
              null,
              Level.WARN,
              Level.CRITICAL,
              Rule.Distinct.SENSORS),
          null,
          null,
          null);
  private static final List<Rule> RULES = List.of(Rules.store().rule(), BOTH);

  private static Map<SensorId, Sensor> registry() {
    Map<SensorId, Sensor> registry = new HashMap<>();
    for (String name : List.of("H-0", "H-1", "H-2")) {
      SensorId id = new SensorId(name);
      Place place = new Place(Text.same("C"), Text.same("No. 6"), "1", 0, 0, "c", "road-6");
      registry.put(
          id, new Sensor(id, Family.HAZMAT_STORAGE, Text.same(name), place, null, List.of()));
    }
    return registry;
  }

  private static House house(List<Rule> rules) {
    House house = new House(START);
    house.sites.apply(FUBAO, 1, START, rules, registry());
    return house;
  }

  private static Properties config() {
    Properties config = new Properties();
    config.put("application.id", "test");
    config.put("bootstrap.servers", "none:1");
    return config;
  }

  private static byte[] reading(SiteId site, String sensor, int second, double celsius) {
    long ms = START.toEpochMilli() + second * 1000L;
    return ReadingSerde.write(
        Reading.number(
            new SensorKey(site, new SensorId(sensor)),
            Family.HAZMAT_STORAGE,
            Quantity.TEMPERATURE,
            ms,
            ms,
            Stamp.OWN,
            celsius));
  }

  @Test
  void readingsOfTwoSensorsBecomeOneMoreSignalAlsoInARun() {
    House house = house(RULES);
    house.sites.run(RUN, 0, null);
    try (TopologyTestDriver driver =
        new TopologyTestDriver(RulesTopology.build(house.wiring()), config(), START)) {
      TestInputTopic<String, byte[]> readings =
          driver.createInputTopic(
              "minusone.readings", new StringSerializer(), new ByteArraySerializer());
      TestOutputTopic<String, Signal> signals =
          driver.createOutputTopic(
              "minusone.signals",
              new StringDeserializer(),
              new JsonSerde<>(Signal.class).deserializer());
      for (SiteId site : List.of(FUBAO, RUN)) {
        readings.pipeInput(site + "/H-0", reading(site, "H-0", 0, 31));
        readings.pipeInput(site + "/H-1", reading(site, "H-1", 10, 29));
        readings.pipeInput(site + "/H-1", reading(site, "H-1", 20, 25));
        assertThat(signals.readValuesToList())
            .extracting(s -> s.site() + " " + s.sensor() + " " + s.rule() + " " + s.signal().id())
            .containsExactly(
                site + " H-0 heat alarm",
                site + " H-1 heat warn",
                site + " H-0 both critical",
                site + " H-1 heat cleared",
                site + " H-0 both cleared");
      }
      readings.pipeInput(FUBAO + "/H-1", reading(FUBAO, "H-1", 30, 29));
      assertThat(signals.readValuesToList()).hasSize(2);
      house.sites.apply(FUBAO, 2, START, List.of(RULES.get(0)), registry());
      driver.advanceWallClockTime(Duration.ofSeconds(1));
      assertThat(signals.readValuesToList())
          .extracting(s -> s.rule() + " " + s.signal().id() + " " + s.cause())
          .containsExactly("both cleared rule-changed");
    }
  }

  /** Signals of three sensors as the first step tells them. */
  private static List<Signal> told(long seed) {
    return new Backtest(List.of(Rules.store().rule()), 1)
        .run(SeededReadings.of(seed, 3, 200, false));
  }

  private static final class Step {
    final House house;
    final List<Signal> log;
    final List<Signal> out = new ArrayList<>();
    final List<Map<String, byte[]>> states = new ArrayList<>();
    PlaceProcessor processor;
    MockProcessorContext<String, byte[]> context;
    KeyValueStore<String, byte[]> store;
    int next;

    Step(House house, List<Signal> log) {
      this.house = house;
      this.log = log;
      start(Map.of(), 0);
    }

    void start(Map<String, byte[]> state, int from) {
      context = new MockProcessorContext<>(config());
      store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(RulesTopology.PLACES),
                  Serdes.String(),
                  Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
      context.addStateStore(store);
      state.forEach(store::put);
      house.committed = (long) from;
      processor = new PlaceProcessor(house.wiring());
      processor.init(context);
      next = from;
    }

    void step() {
      Signal signal = log.get(next);
      house.nowMs = Math.max(house.nowMs, signal.arrivalMs());
      context.setRecordMetadata("minusone.signals", 0, next);
      processor.process(new Record<>("fubao", Json.bytes(signal), signal.arrivalMs()));
      next++;
      context
          .forwarded()
          .forEach(f -> out.add(Json.read((byte[]) f.record().value(), Signal.class)));
      context.resetForwards();
      states.add(state());
    }

    Map<String, byte[]> state() {
      Map<String, byte[]> now = new HashMap<>();
      try (KeyValueIterator<String, byte[]> all = store.all()) {
        all.forEachRemaining(entry -> now.put(entry.key, entry.value));
      }
      return now;
    }
  }

  private static Set<String> identities(List<Signal> signals) {
    Set<String> identities = new LinkedHashSet<>();
    signals.forEach(s -> identities.add(s.alert() + " " + s.identity()));
    return identities;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7})
  void aCrashLosesNothingAndMakesNothingNew(long seed) {
    List<Signal> log = told(seed);
    Step whole = new Step(house(RULES), log);
    while (whole.next < log.size()) {
      whole.step();
    }
    Set<String> expected = identities(whole.out);
    Random random = new Random(seed);
    Step crashing = new Step(house(RULES), log);
    int committed = 0;
    int told = 0;
    while (crashing.next < log.size()) {
      crashing.step();
      if (random.nextInt(4) == 0) {
        committed = crashing.next;
        told = crashing.out.size();
      } else if (random.nextInt(3) == 0) {
        // Kafka kept some of the state written since, and some of the signals, each for itself.
        int kept = committed + random.nextInt(crashing.next - committed + 1);
        int heard = told + random.nextInt(crashing.out.size() - told + 1);
        crashing.out.subList(heard, crashing.out.size()).clear();
        Map<String, byte[]> state = kept == 0 ? Map.of() : crashing.states.get(kept - 1);
        crashing.states.subList(committed, crashing.states.size()).clear();
        crashing.start(state, committed);
        told = crashing.out.size();
      }
    }
    assertThat(identities(crashing.out)).as("seed %d", seed).isEqualTo(expected);
    assertThat(expected).as("seed %d", seed).isNotEmpty();
  }

  @Test
  void aBacktestSaysTheSameOverSortedSignals() {
    List<Reading> readings = SeededReadings.of(3, 3, 200, false);
    List<Signal> backtest = new Backtest(RULES, registry(), List.of(), 1).run(readings);
    Step live = new Step(house(RULES), told(3));
    while (live.next < live.log.size()) {
      live.step();
    }
    assertThat(identities(backtest.stream().filter(s -> s.rule().equals("both")).toList()))
        .containsExactlyInAnyOrderElementsOf(identities(live.out))
        .isNotEmpty();
  }
}
