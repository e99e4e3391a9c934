package org.minusone.bench.rules;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.bench.ingest.Child;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.PartHealth;
import org.minusone.rules.RulesApp;
import org.minusone.rules.RulesConfig;

/** What is measured: {@code RulesSubject bare|rules BOOTSTRAP DIR SENSORS READINGS}. */
final class RulesSubject {
  private final String what;
  private final Map<String, Object> kafka;
  private final Path dir;
  private final int sensors;
  private final long readings;

  private RulesSubject(String[] arguments) {
    what = arguments[0];
    kafka = EmbeddedKafka.clientProperties(arguments[1], RulesBench.PASSWORD);
    dir = Path.of(arguments[2]);
    sensors = Integer.parseInt(arguments[3]);
    readings = Long.parseLong(arguments[4]);
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = Child.claimOutput();
    RulesSubject subject = new RulesSubject(arguments);
    Child.serve(out, Map.of("ready", true), subject::answer);
    System.exit(0);
  }

  private Object answer(String line) throws Exception {
    return switch (line) {
      case "run" -> what.equals("bare") ? bare() : rules();
      case "restore" -> restore();
      default -> throw new IllegalArgumentException(line);
    };
  }

  private Map<String, Object> bare() throws Exception {
    Properties p = new Properties();
    p.putAll(kafka);
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench-bare");
    p.put(StreamsConfig.STATE_DIR_CONFIG, Files.createTempDirectory(dir, "bare").toString());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1000);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    LongAdder seen = new LongAdder();
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(Topics.DEFAULT.readings(), Consumed.with(Serdes.String(), Serdes.ByteArray()))
        .mapValues(ReadingSerde::read)
        .peek((key, reading) -> seen.increment())
        .filter((key, reading) -> reading.value() > 1e9)
        .mapValues(ReadingSerde::write)
        .to("bench-bare-out", Produced.with(Serdes.String(), Serdes.ByteArray()));
    try (KafkaStreams streams = new KafkaStreams(builder.build(), p)) {
      streams.start();
      return measure(seen::sum);
    }
  }

  private RulesApp app() throws Exception {
    return new RulesApp(
        RulesConfig.embedded(Files.createTempDirectory(dir, "rules")),
        kafka,
        new ManySensors(sensors),
        () -> false,
        InstantSource.system(),
        new SimpleMeterRegistry());
  }

  private Map<String, Object> rules() throws Exception {
    try (RulesApp app = app()) {
      app.start();
      return measure(
          () ->
              app.health().counters().values().stream()
                  .mapToLong(terms -> terms.getOrDefault("evaluated", 0L))
                  .sum());
    }
  }

  /** Over the second half; the first warms up. */
  private Map<String, Object> measure(LongSupplier done) throws InterruptedException {
    await(done, readings / 2);
    long first = done.getAsLong();
    long from = System.nanoTime();
    double cpu = cpuS();
    await(done, readings);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("seconds", (System.nanoTime() - from) / 1e9);
    answer.put("cpu_s", cpuS() - cpu);
    answer.put("readings", done.getAsLong() - first);
    return answer;
  }

  private static void await(LongSupplier done, long count) throws InterruptedException {
    while (done.getAsLong() < count) {
      Thread.sleep(5);
    }
  }

  private static double cpuS() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  private Map<String, Object> restore() throws Exception {
    try (RulesApp app = app()) {
      long from = System.nanoTime();
      app.start();
      while (!isRunning(app.health())) {
        Thread.sleep(10);
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("restore_s", (System.nanoTime() - from) / 1e9);
      answer.putAll(state());
      return answer;
    }
  }

  private static boolean isRunning(PartHealth health) {
    return health.checks().stream().allMatch(PartHealth.Check::ok);
  }

  /** What the changelog has of each sensor at last. */
  private Map<String, Object> state() {
    Map<String, Integer> sizes = new HashMap<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("minusone-rules-sensors-changelog").stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          sizes.put(record.key(), record.value() == null ? 0 : record.value().length);
        }
      }
    }
    double mean = sizes.values().stream().mapToInt(Integer::intValue).average().orElse(0);
    return Map.of("state_bytes", mean, "sensors", sizes.size());
  }
}
