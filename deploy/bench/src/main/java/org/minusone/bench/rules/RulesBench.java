package org.minusone.bench.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.app.topic.TopicCreator;
import org.minusone.bench.ingest.Child;
import org.minusone.model.Reading;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.model.codec.Topics;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The rules beside a bare Streams map over the same readings in Kafka. */
@Command(
    name = "deploy/bench/run rules",
    mixinStandardHelpOptions = true,
    description = "Measures the rules' Streams application with Fubao's rules on many sensors.")
public final class RulesBench implements Callable<Integer> {
  static final String PASSWORD = "bench-password";

  @Spec private CommandSpec spec;

  @Option(names = "--sensors", paramLabel = "N", defaultValue = "100000")
  private int sensors;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Readings of each sensor; the first half warms up.")
  private int rounds;

  @Option(names = "--json", description = "Standard output holds the findings as JSON alone.")
  private boolean json;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RulesBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    double before = load();
    Path data = Files.createTempDirectory("minusone-bench");
    EmbeddedKafka kafka = new EmbeddedKafka(data.resolve("kafka"), PASSWORD);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> clear(data), "end"));
    kafka.start();
    TopicCreator.createMissing(kafka.clientProperties(), Topics.DEFAULT.all(6), (short) 1);
    int readings = Math.multiplyExact(sensors, rounds);
    say("producing %,d readings of %,d sensors", readings, sensors);
    produce(kafka, readings);
    JsonNode bare;
    JsonNode rules;
    JsonNode restored;
    try (Child child = subject(data, kafka, "bare", readings)) {
      say("bare map");
      bare = child.ask("run");
    }
    try (Child child = subject(data, kafka, "rules", readings)) {
      say("rules");
      rules = child.ask("run");
    }
    try (Child child = subject(data, kafka, "rules", readings)) {
      say("restoring");
      restored = child.ask("restore");
    }
    kafka.close();
    RulesFindings found =
        new RulesFindings(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            "%d cores, Java %s"
                .formatted(
                    Runtime.getRuntime().availableProcessors(), Runtime.version().toString()),
            before,
            load(),
            sensors,
            readings,
            pace(bare),
            pace(rules),
            restored.path("state_bytes").asDouble(),
            restored.path("restore_s").asDouble(),
            restored.path("sensors").asInt());
    print(found);
    return 0;
  }

  private Child subject(Path data, EmbeddedKafka kafka, String what, int readings)
      throws IOException {
    Child child =
        Child.start(
            data,
            2048,
            RulesSubject.class,
            what,
            kafka.bootstrap(),
            data.toString(),
            Integer.toString(sensors),
            Integer.toString(readings));
    child.awaitReady();
    return child;
  }

  private static RulesFindings.Pace pace(JsonNode answer) {
    double seconds = answer.path("seconds").asDouble();
    double cpu = answer.path("cpu_s").asDouble();
    double count = answer.path("readings").asDouble();
    return new RulesFindings.Pace(
        Math.rint(count / seconds), Math.rint(cpu / count * 1e8) / 100, Math.rint(count / cpu));
  }

  private void produce(EmbeddedKafka kafka, int readings) throws Exception {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
    ManySensors many = new ManySensors(sensors);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < readings; i++) {
        Reading reading = many.reading(i);
        producer.send(
            new ProducerRecord<>(
                Topics.DEFAULT.readings(),
                reading.key().toString().getBytes(StandardCharsets.UTF_8),
                ReadingSerde.write(reading)));
      }
      producer.flush();
    }
  }

  private void print(RulesFindings f) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(f));
    } else {
      out.printf(
          Locale.ROOT,
          "%s  %s, load average %.1f before, %.1f after%n%n",
          f.at(),
          f.machine(),
          f.loadBefore(),
          f.loadAfter());
      out.printf(
          Locale.ROOT,
          "%,d readings, %,d sensors     readings/s  CPU us/reading  readings per core-second%n",
          f.readings(),
          f.sensors());
      line(out, "bare Streams map", f.bare());
      line(out, "rules, Fubao's pack", f.rules());
      out.printf(
          Locale.ROOT,
          "%nstate %.0f bytes a sensor in the changelog; %,d sensors restored in %.1f s%n",
          f.stateBytes(),
          f.restored(),
          f.restoreS());
    }
    out.flush();
  }

  private static void line(PrintWriter out, String what, RulesFindings.Pace pace) {
    out.printf(
        Locale.ROOT,
        "%-37s %,11.0f %15.2f %25.0f%n",
        what,
        pace.perSecond(),
        pace.cpuMicros(),
        pace.perCoreSecond());
  }

  private static double load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return Math.round(load * 10) / 10.0;
  }

  private void say(String format, Object... arguments) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(format.formatted(arguments));
    err.flush();
  }

  private static void clear(Path data) {
    try (Stream<Path> inside = Files.walk(data)) {
      for (Path path : inside.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      System.err.println("bench: could not clear up " + data + ": " + e.getMessage());
    }
  }
}
