package org.minusone.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.app.embedded.RunFile;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorKey;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.SeriesReader;
import org.minusone.series.read.QuestDbReader;
import org.minusone.series.store.StoreConfig;

/**
 * The process is killed in the middle of load, again and again. Whatever was acknowledged to the
 * gateway must be in Kafka and in the store, and each crossing must be one alert, raised once.
 */
@Tag("slow")
class KillTest {
  private static final int SENSORS = 60;
  private static final int ROUNDS = 3;
  private static final Duration START = Duration.ofSeconds(120);

  /** sensor/time in ms of every reading whose PUBACK came. */
  private final Set<String> acknowledged = new TreeSet<>();

  /** Sensors whose crossing was acknowledged. */
  private final Set<String> crossed = new TreeSet<>();

  private final Map<String, Integer> published = new HashMap<>();
  private long lastMs;

  @Test
  void killedUnderLoadItLosesNothingAcknowledgedAndRaisesNothingTwice(@TempDir Path data)
      throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KillTest seed " + seed + " (again with -Dseed=" + seed + ")");
    Random random = new Random(seed);

    for (int round = 0; round < ROUNDS; round++) {
      Process process = start(data);
      try {
        RunFile run = awaitRun(data, process);
        load(run, random, process, Duration.ofMillis(2_000 + random.nextInt(3_000)));
      } finally {
        process.destroyForcibly().waitFor();
      }
    }

    Process process = start(data);
    try {
      RunFile run = awaitRun(data, process);
      Map<String, Object> kafka =
          EmbeddedKafka.clientProperties(
              run.addresses().get("kafka"), run.passwords().get("kafka"));
      // The broker acknowledged it; what it had not handed on when it died comes once it is back.
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(inKafka(kafka))
                      .as("acknowledged readings in Kafka")
                      .containsAll(acknowledged));
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(inStore(run))
                      .as("acknowledged readings in the store")
                      .containsAll(acknowledged));
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(raised(kafka).keySet())
                      .as("sensors whose crossing was acknowledged")
                      .containsAll(crossed));
      assertThat(raised(kafka))
          .as("alerts raised, by sensor")
          .allSatisfy(
              (sensor, ids) -> {
                assertThat(ids).as(sensor).hasSize(1);
              });
      System.out.printf(
          "KillTest: %d readings acknowledged over %d kills, %d crossings%n",
          acknowledged.size(), ROUNDS, crossed.size());
    } finally {
      process.destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS))
          .as("it stops cleanly within ten seconds")
          .isTrue();
    }
  }

  private static Process start(Path data) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Dminusone.home=" + System.getProperty("minusone.home"),
            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
            "-cp",
            classPath,
            "org.minusone.app.MinusOne",
            "up",
            "--port",
            "0",
            "--mqtt-port",
            "0",
            "--data",
            data.toString())
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(
                data.resolveSibling(data.getFileName() + ".log").toFile()))
        .start();
  }

  private static RunFile awaitRun(Path data, Process process) {
    return await()
        .atMost(START)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException(
                    Files.readString(data.resolveSibling(data.getFileName() + ".log")));
              }
              return RunFile.find(data).filter(run -> run.pid() == process.pid());
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /**
   * Publishes one reading after another until the time is up, then kills it between two of them.
   */
  private void load(RunFile run, Random random, Process process, Duration time) throws Exception {
    int port = Integer.parseInt(run.addresses().get("mqtt").split(":")[1]);
    CompletableFuture<?> kill =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS));
    Gateway gateway = new Gateway(port);
    try {
      while (true) {
        publishOne(gateway, random);
      }
    } catch (MqttException e) {
      kill.join();
    }
  }

  /** A sensor's first readings are calm, those from the sixth on past the limit of 300 mA. */
  private void publishOne(Gateway gateway, Random random) throws MqttException {
    String sensor = "E-%04d".formatted(1 + random.nextInt(SENSORS));
    int nth = published.merge(sensor, 1, Integer::sum);
    lastMs = Math.max(lastMs + 1, System.currentTimeMillis());
    boolean high = nth > 5;
    gateway.publish(
        "sites/fubao/electrical/" + sensor + "/readings",
        "{\"ts\":%d,\"values\":{\"residual-current\":%d}}".formatted(lastMs, high ? 320 : 40));
    acknowledged.add(sensor + "/" + lastMs);
    if (high) {
      crossed.add(sensor);
    }
  }

  private static Set<String> inKafka(Map<String, Object> kafka) {
    Set<String> found = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : all(kafka, Topics.DEFAULT.readings())) {
      Reading reading = ReadingSerde.read(record.value());
      found.add(reading.sensor() + "/" + reading.timeMs());
    }
    return found;
  }

  /** Distinct RAISED events by sensor: one announced again keeps its id. */
  private static Map<String, Set<String>> raised(Map<String, Object> kafka) {
    Map<String, Set<String>> raised = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : all(kafka, Topics.DEFAULT.alerts())) {
      AlertEvent event = Json.read(record.value(), AlertEvent.class);
      if (event.kind() == AlertEventKind.RAISED
          && event.alert().quantity() == Quantity.RESIDUAL_CURRENT) {
        raised
            .computeIfAbsent(event.alert().sensor().value(), s -> new HashSet<>())
            .add(event.id());
      }
    }
    return raised;
  }

  private static Set<String> inStore(RunFile run) throws IOException {
    SeriesReader reader =
        new QuestDbReader(
            StoreConfig.questDb(
                URI.create(run.addresses().get("store")), "minusone", run.passwords().get("store")),
            InstantSource.system());
    Set<String> found = new HashSet<>();
    for (int i = 1; i <= SENSORS; i++) {
      String sensor = "E-%04d".formatted(i);
      for (SeriesReader.Point point :
          reader.range(
              SensorKey.parse("fubao/" + sensor),
              Quantity.RESIDUAL_CURRENT,
              Instant.now().minusSeconds(3600),
              Instant.now().plusSeconds(60),
              1_000_000)) {
        found.add(sensor + "/" + point.time().toEpochMilli());
      }
    }
    return found;
  }

  private static List<ConsumerRecord<byte[], byte[]>> all(Map<String, Object> kafka, String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
