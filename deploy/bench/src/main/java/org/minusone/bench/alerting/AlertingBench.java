package org.minusone.bench.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.app.topic.TopicCreator;
import org.minusone.bench.ingest.Child;
import org.minusone.model.Signal;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.Topics;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Alerting and notification in a process of their own, over a real Kafka and a real webhook. */
@Command(
    name = "deploy/bench/run alerting",
    mixinStandardHelpOptions = true,
    description = "Measures signals through the lifecycle, open alerts' memory, the first call.")
public final class AlertingBench implements Callable<Integer> {
  static final String PASSWORD = "bench-password";

  @Spec private CommandSpec spec;

  @Option(
      names = "--alerts",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Alerts that are raised and stay open (default: ${DEFAULT-VALUE}).")
  private int alerts;

  @Option(
      names = "--calls",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Signals timed to the webhook, 25 a second (default: ${DEFAULT-VALUE}).")
  private int calls;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new AlertingBench()).execute(arguments));
  }

  /** When the webhook was called first, System.nanoTime, by sensor. */
  private final Map<String, Long> called = new ConcurrentHashMap<>();

  @Override
  public Integer call() throws Exception {
    Path data = Files.createTempDirectory("minusone-bench");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> clear(data), "end"));
    EmbeddedKafka kafka = new EmbeddedKafka(data.resolve("kafka"), PASSWORD);
    kafka.start();
    TopicCreator.createMissing(kafka.clientProperties(), Topics.DEFAULT.all(1), (short) 1);
    HttpServer webhook = webhook();
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("load_before", load());
    try (KafkaProducer<String, byte[]> producer = producer(kafka)) {
      for (int i = 0; i < alerts; i++) {
        send(producer, Boxes.alarm(i, Instant.now().minusSeconds(7200)));
      }
      producer.flush();
      try (Child child =
          Child.start(
              data,
              1024,
              AlertingSubject.class,
              kafka.bootstrap(),
              data.toString(),
              Integer.toString(alerts + calls),
              Integer.toString(alerts),
              "http://127.0.0.1:" + webhook.getAddress().getPort() + "/")) {
        child.awaitReady();
        JsonNode lifecycle = child.ask("lifecycle");
        found.put("signals_per_s", Math.rint(lifecycle.path("per_second").asDouble()));
        found.put("cpu_us_per_signal", Math.rint(lifecycle.path("cpu_micros").asDouble()));
        found.put("open_alerts", lifecycle.path("open").asLong());
        found.put("heap_mb_of_open_alerts", Math.rint(lifecycle.path("heap_mb").asDouble()));
        found.put(
            "heap_mb_per_10000_open_alerts",
            Math.rint(lifecycle.path("heap_mb_per_10000").asDouble()));
        JsonNode queue = child.ask("notify");
        found.put(
            "deliveries_per_s_to_one_receiver", Math.rint(queue.path("per_second").asDouble()));
        found.put("cpu_us_per_delivery", Math.rint(queue.path("cpu_micros").asDouble()));
        found.put(
            "heap_mb_per_10000_deliveries_known",
            Math.rint(queue.path("heap_mb_per_10000").asDouble()));
        time(producer, found);
      }
    }
    webhook.stop(0);
    kafka.close();
    found.put("load_after", load());
    PrintWriter out = spec.commandLine().getOut();
    out.println(Json.text(found));
    out.flush();
    return 0;
  }

  /** Open loop: the schedule is the clock's. */
  private void time(KafkaProducer<String, byte[]> producer, Map<String, Object> found)
      throws InterruptedException {
    Map<String, Long> sent = new LinkedHashMap<>();
    long begin = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      long at = begin + i * 40_000_000L;
      while (System.nanoTime() < at) {
        LockSupport.parkNanos(at - System.nanoTime());
      }
      Signal signal = Boxes.alarm(alerts + i, Instant.now());
      sent.put(signal.sensor().value(), System.nanoTime());
      send(producer, signal);
    }
    long until = System.nanoTime() + 10_000_000_000L;
    while (!called.keySet().containsAll(sent.keySet()) && System.nanoTime() < until) {
      Thread.sleep(20);
    }
    double[] ms =
        sent.entrySet().stream()
            .filter(e -> called.containsKey(e.getKey()))
            .mapToDouble(e -> (called.get(e.getKey()) - e.getValue()) / 1e6)
            .sorted()
            .toArray();
    found.put("calls", calls);
    found.put("calls_lost", calls - ms.length);
    for (double q : new double[] {0.5, 0.9, 0.99}) {
      double value = ms.length == 0 ? Double.NaN : ms[(int) Math.min(ms.length - 1, q * ms.length)];
      found.put("signal_to_call_p%.0f_ms".formatted(q * 100), Math.rint(value * 10) / 10);
    }
    found.put("signal_to_call_max_ms", Math.rint(Arrays.stream(ms).max().orElse(Double.NaN)));
  }

  private HttpServer webhook() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          long now = System.nanoTime();
          JsonNode body = Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
          called.putIfAbsent(body.at("/alerts/0/labels/sensor").asText(), now);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static KafkaProducer<String, byte[]> producer(EmbeddedKafka kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  private static double load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return Math.rint(load * 10) / 10;
  }

  private static void send(KafkaProducer<String, byte[]> producer, Signal signal) {
    producer.send(
        new ProducerRecord<>(Topics.DEFAULT.signals(), signal.site().value(), Json.bytes(signal)));
  }

  private static void clear(Path data) {
    try (Stream<Path> all = Files.walk(data)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      System.err.println("could not clear " + data + ": " + e);
    }
  }
}
