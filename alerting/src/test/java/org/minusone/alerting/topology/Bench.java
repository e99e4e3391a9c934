package org.minusone.alerting.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.minusone.alerting.Store7;
import org.minusone.model.AlertEvent;
import org.minusone.model.Command;
import org.minusone.model.Signal;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.JsonSerde;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.PartHealth;

/**
 * The topology over logs that outlive it: a crash is a new driver over what was left of the state,
 * reading on from an offset.
 */
final class Bench implements AutoCloseable {
  static final Topics TOPICS = Topics.DEFAULT;
  private static final Duration SECOND = Duration.ofSeconds(1);

  final Store7.Catalog sites = new Store7.Catalog();
  final MeterRegistry registry = new SimpleMeterRegistry();
  final AlertMeters meters = new AlertMeters(registry);
  boolean current = true;

  Supplier<List<HealthReport>> reports = () -> List.of(well("ingest"), well("rules"));

  Instant now = Store7.NOON;

  /** Where the group resumes, by {@code topic}. */
  Map<String, Long> committed = new TreeMap<>();

  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> signals;
  private TestInputTopic<String, byte[]> commands;
  private TestOutputTopic<String, AlertEvent> alerts;
  private TestOutputTopic<String, Command> reminders;
  private long nextSignal;
  private long nextCommand;

  Bench() {
    start(Map.of(), 0, 0);
  }

  /**
   * @param state what is left of the store
   * @param signalsFrom offset of the next signal to be read
   */
  void start(Map<String, Kept> state, long signalsFrom, long commandsFrom) {
    Map<String, Long> ownTrouble = ownTrouble();
    close();
    driver =
        new TopologyTestDriver(
            AlertTopology.build(
                TOPICS,
                sites,
                () -> current,
                () -> reports.get(),
                () -> now,
                partition -> {
                  Long offset = committed.get(partition.topic());
                  return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
                },
                meters),
            config(),
            now);
    state.forEach(
        (key, kept) -> driver.<String, Kept>getKeyValueStore("alerts-kept").put(key, kept));
    ownTrouble.forEach(
        (rule, since) ->
            driver.<String, Long>getKeyValueStore(AlertTopology.OWN_TROUBLE).put(rule, since));
    StringSerializer keys = new StringSerializer();
    signals = driver.createInputTopic(TOPICS.signals(), keys, new ByteArraySerializer());
    commands = driver.createInputTopic(TOPICS.commands(), keys, new ByteArraySerializer());
    alerts =
        driver.createOutputTopic(
            TOPICS.alerts(),
            new StringDeserializer(),
            new JsonSerde<>(AlertEvent.class).deserializer());
    reminders =
        driver.createOutputTopic(
            TOPICS.commands(),
            new StringDeserializer(),
            new JsonSerde<>(Command.class).deserializer());
    nextSignal = 0;
    nextCommand = 0;
    // The driver counts offsets from 0: what was read before stands there as something unreadable.
    while (nextSignal < signalsFrom) {
      signals.pipeInput("gone", "gone".getBytes(StandardCharsets.UTF_8));
      nextSignal++;
    }
    while (nextCommand < commandsFrom) {
      commands.pipeInput("gone", "gone".getBytes(StandardCharsets.UTF_8));
      nextCommand++;
    }
  }

  HealthReport well(String role) {
    return report(role, Map.of());
  }

  HealthReport report(String role, Map<String, Double> gauges, PartHealth.Check... checks) {
    return new HealthReport(
        role,
        "i1",
        Store7.NOON,
        now,
        1,
        new PartHealth(true, true, 0, List.of(checks), Map.of(), gauges));
  }

  private static Properties config() {
    Properties p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    return p;
  }

  List<AlertEvent> tell(Signal signal) {
    signals.pipeInput(signal.site().value(), Json.bytes(signal));
    nextSignal++;
    return announced();
  }

  List<AlertEvent> ask(Command command) {
    commands.pipeInput(command.site().value(), Json.bytes(command));
    nextCommand++;
    return announced();
  }

  /** A command as another release might have written it. */
  List<AlertEvent> ask(String json) {
    commands.pipeInput("fubao", json.getBytes(StandardCharsets.UTF_8));
    nextCommand++;
    return announced();
  }

  List<AlertEvent> poison(String text) {
    signals.pipeInput("fubao", text.getBytes(StandardCharsets.UTF_8));
    nextSignal++;
    return announced();
  }

  /** Lets wall time pass, a second at a time, and faster over minutes. */
  List<AlertEvent> pass(Duration time) {
    Instant then = now.plus(time);
    Duration step = time.compareTo(Duration.ofMinutes(1)) < 0 ? SECOND : Duration.ofSeconds(20);
    while (now.isBefore(then)) {
      now = now.plus(step);
      driver.advanceWallClockTime(step);
    }
    return announced();
  }

  List<AlertEvent> announced() {
    return new ArrayList<>(alerts.readValuesToList());
  }

  /** What alerting told itself, and has followed already, since this was asked last. */
  List<Command> reminded() {
    List<Command> told = reminders.readValuesToList();
    nextCommand += told.size();
    return told;
  }

  Map<String, Kept> state() {
    Map<String, Kept> copy = new TreeMap<>();
    try (KeyValueIterator<String, Kept> all =
        driver.<String, Kept>getKeyValueStore("alerts-kept").all()) {
      while (all.hasNext()) {
        KeyValue<String, Kept> entry = all.next();
        copy.put(entry.key, entry.value);
      }
    }
    return copy;
  }

  /** Outlives a crash, as the changelog does. */
  private Map<String, Long> ownTrouble() {
    Map<String, Long> copy = new TreeMap<>();
    if (driver != null) {
      try (KeyValueIterator<String, Long> all =
          driver.<String, Long>getKeyValueStore(AlertTopology.OWN_TROUBLE).all()) {
        all.forEachRemaining(entry -> copy.put(entry.key, entry.value));
      }
    }
    return copy;
  }

  double count(String meter, String tag, String value) {
    return registry.get(meter).tag(tag, value).counter().count();
  }

  @Override
  public void close() {
    if (driver != null) {
      driver.close();
      driver = null;
    }
  }
}
