package org.minusone.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.MinusOne;
import org.minusone.app.e2e.RunningStack.House;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.app.embedded.RunFile;
import org.minusone.model.Signal;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.Topics;
import org.minusone.rules.backtest.Backtest;
import org.minusone.rules.backtest.SignalLines;

/**
 * CONTRACTS §2.6: a run over MQTT, Kafka and Streams says what a backtest of the same file says, to
 * the letter; and so do backtests of what the run left in Kafka and in the store.
 */
@ExtendWith(RunningStack.class)
class BacktestEqualsLiveTest {
  private static final Path FUBAO = Path.of("../sites/fubao");

  @Test
  void aRunAndABacktestOfTheSameFileTellTheSame(House house, @TempDir Path folder)
      throws Exception {
    long seed = Long.getLong("equal.seed", System.nanoTime());
    System.out.println("equal.seed=" + seed);
    Path csv = folder.resolve("readings.csv");
    Files.write(csv, recording(seed));
    String run = "fubao@equal-" + (seed & 0xFFFF);

    assertThat(
            MinusOne.run(
                "replay",
                csv.toString(),
                "--speed",
                "max",
                "--run",
                run.substring("fubao@".length()),
                "--data",
                house.data().toString()))
        .isZero();
    assertThat(house.stack().awaitDrained(Duration.ofSeconds(30))).isTrue();

    List<String> backtest = backtest(folder, "--input", csv, "--site", FUBAO);
    assertThat(backtest)
        .anyMatch(line -> line.contains("\"forewarned\""))
        .anyMatch(line -> line.contains("\"critical\""))
        .anyMatch(line -> line.contains("\"cleared\""))
        .anyMatch(line -> line.contains("\"suspect\""));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(live(house, run)).as("seed %d", seed).isEqualTo(backtest));
    assertThat(backtest(folder, "--from-topic", "--site", run, "--data", house.data()))
        .as("from the topic, seed %d", seed)
        .isEqualTo(backtest);
    assertThat(backtest(folder, "--from-store", "--site", run, "--data", house.data()))
        .as("from the store, seed %d", seed)
        .isEqualTo(backtest);
  }

  /** What rises, falls, jumps, is away, fails and speaks in words; in order, as a file is. */
  private static List<String> recording(long seed) {
    Random random = new Random(seed);
    List<String> rows = new ArrayList<>();
    rows.add("sensor,time,quantity,value");
    double depth = 0;
    double slope = 0;
    double heat = 25;
    double rise = 0;
    long now = Instant.parse("2026-07-01T00:00:00Z").toEpochMilli();
    for (int step = 0; step < 700; step++) {
      now += 30_000 + random.nextInt(40) * 1000L;
      if (random.nextInt(150) == 0) {
        now += 5_000_000; // a gap
      }
      slope = random.nextInt(25) == 0 ? random.nextGaussian() : slope;
      rise = random.nextInt(25) == 0 ? random.nextGaussian() * .3 : rise;
      depth = Math.max(0, Math.min(50, depth + slope));
      heat = Math.max(18, Math.min(42, heat + rise));
      rows.add("F-01," + now + ",depth," + Math.rint(depth * 10) / 10);
      double celsius = random.nextInt(40) == 0 ? 5000 : Math.rint(heat * 10) / 10;
      rows.add("H-01," + (now + 1) + ",temperature," + celsius);
      rows.add("H-02," + (now + 2) + ",humidity," + (60 + random.nextInt(25)));
      if (random.nextInt(30) == 0) {
        String word = List.of("normal", "normal", "fault", "removed").get(random.nextInt(4));
        rows.add("H-03," + (now + 3) + ",state," + word);
      }
    }
    return rows;
  }

  private static List<String> backtest(Path folder, Object... options) throws Exception {
    Path output = folder.resolve("signals.jsonl");
    List<String> words = new ArrayList<>(List.of("rules", "backtest"));
    words.addAll(List.of("--rules", FUBAO.resolve("rules").toString()));
    words.addAll(List.of("--output", output.toString()));
    for (Object option : options) {
      words.add(option.toString());
    }
    assertThat(MinusOne.run(words.toArray(String[]::new))).isZero();
    return Files.readAllLines(output);
  }

  /** The signals of a run, in the order of the contract. */
  private static List<String> live(House house, String run) throws Exception {
    RunFile file = RunFile.find(house.data()).orElseThrow();
    List<Signal> signals = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            EmbeddedKafka.clientProperties(
                file.addresses().get("kafka"), file.passwords().get("kafka")),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.DEFAULT.signals()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (run.equals(record.key())) {
            signals.add(Json.read(record.value(), Signal.class));
          }
        }
      }
    }
    signals.sort(Backtest.ORDER);
    StringWriter lines = new StringWriter();
    SignalLines.write(signals, lines);
    return lines.toString().lines().toList();
  }
}
