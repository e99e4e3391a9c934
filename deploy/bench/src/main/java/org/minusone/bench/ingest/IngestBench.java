package org.minusone.bench.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.minusone.model.codec.Json;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ingest beside a bare subscriber, series beside a bare client. Exit 1 if a target is missed. */
@Command(
    name = "deploy/bench/run ingest",
    mixinStandardHelpOptions = true,
    description = {
      "Measures MQTT to Kafka and Kafka to store, each beside the bare client library, on this",
      "machine's loopback. Ends by itself."
    })
public final class IngestBench implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int LOAD_CONNECTIONS = 4;

  /** Asking costs the subject CPU: seldom while much is missing. */
  private static final int NEAR = 20_000;

  private static final int ASK_FAR_MS = 200;
  private static final int ASK_NEAR_MS = 20;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "A short version, to see that it works.")
  private boolean quick;

  @Option(names = "--json", description = "Standard output holds the findings as JSON alone.")
  private boolean json;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "bursts, steady, series, flat (default: all).")
  private List<String> only = List.of("bursts", "steady", "series", "flat");

  @Option(names = "--messages", paramLabel = "N", description = "Messages a burst.")
  private Integer messages;

  @Option(names = "--warm-up", paramLabel = "N", description = "Messages before the first burst.")
  private Integer warmUp;

  private IngestPlan plan;
  private Path data;
  private Child servers;
  private String mqtt;
  private String kafka;
  private String store;
  private Load load;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new IngestBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    plan = (quick ? IngestPlan.QUICK : IngestPlan.FULL).with(messages, warmUp);
    double before = load();
    data = Files.createTempDirectory("minusone-bench");
    Runtime.getRuntime().addShutdownHook(new Thread(this::clear, "end"));
    List<IngestFindings.Burst> bursts = new ArrayList<>();
    List<IngestFindings.Steady> steady = new ArrayList<>();
    List<IngestFindings.Writing> writing = new ArrayList<>();
    IngestFindings.Flat flat = null;
    servers = Child.start(data, 2048, Servers.class, data.toString());
    JsonNode addresses = servers.awaitReady();
    mqtt = addresses.path("mqtt").asText();
    kafka = addresses.path("kafka").asText();
    store = addresses.path("store").asText();
    load = new Load(mqtt, FixedSite.fubao().site(), LOAD_CONNECTIONS);
    if (only.contains("bursts") || only.contains("steady")) {
      for (int sessions : new int[] {1, 4}) {
        subjects(sessions, bursts, steady);
      }
    }
    if (only.contains("series")) {
      writing.addAll(series());
    }
    if (only.contains("flat")) {
      flat = flat();
    }
    load.close();
    servers.close();
    IngestFindings findings =
        new IngestFindings(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            "%d cores, Java %s"
                .formatted(
                    Runtime.getRuntime().availableProcessors(), Runtime.version().toString()),
            before,
            load(),
            plan,
            bursts,
            steady,
            writing,
            flat);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(findings));
    } else {
      IngestTables.print(out, findings);
    }
    out.flush();
    return findings.targetsMet() ? 0 : 1;
  }

  private void subjects(
      int sessions, List<IngestFindings.Burst> bursts, List<IngestFindings.Steady> steady)
      throws Exception {
    String count = Integer.toString(sessions);
    try (Child ingest = Child.start(data, 512, IngestSubject.class, mqtt, kafka, count);
        Child bare = Child.start(data, 512, BareSubject.class, mqtt, count)) {
      ingest.awaitReady();
      bare.awaitReady();
      say("warming up, sessions %d", sessions);
      burst(ingest, "sites", plan.warmUp(), 1);
      burst(bare, "bare", plan.warmUp(), 1);
      if (only.contains("bursts")) {
        for (int aMessage : new int[] {1, 10}) {
          bursts.add(rounds(ingest, bare, sessions, aMessage));
        }
      }
      if (only.contains("steady") && sessions == 1) {
        for (int rate : plan.rates()) {
          steady.add(steady(ingest, bare, rate));
        }
      }
    }
  }

  /** A burst's messages/s and CPU µs a message. */
  private record Shot(double perSecond, double cpuMicros) {}

  private IngestFindings.Burst rounds(Child ingest, Child bare, int sessions, int aMessage)
      throws Exception {
    List<Shot> ours = new ArrayList<>();
    List<Shot> theirs = new ArrayList<>();
    for (int i = 1; i <= plan.rounds(); i++) {
      say("sessions %d, %d a message, round %d of %d", sessions, aMessage, i, plan.rounds());
      theirs.add(burst(bare, "bare", plan.messages(), aMessage));
      ours.add(burst(ingest, "sites", plan.messages(), aMessage));
      say("  ingest %s, bare %s", ours.get(i - 1), theirs.get(i - 1));
    }
    double messages = median(ours, Shot::perSecond);
    return new IngestFindings.Burst(
        sessions,
        aMessage,
        messages * aMessage,
        messages,
        median(ours, Shot::cpuMicros),
        median(theirs, Shot::perSecond),
        median(theirs, Shot::cpuMicros));
  }

  private Shot burst(Child subject, String tree, int messages, int aMessage) throws Exception {
    int perMessage = tree.equals("bare") ? 1 : aMessage;
    long base = count(subject);
    double cpu = subject.cpuS();
    long from = System.nanoTime();
    load.burst(tree, messages, aMessage);
    await(subject, base + (long) messages * perMessage);
    double seconds = (System.nanoTime() - from) / 1e9;
    return new Shot(Math.round(messages / seconds), tenth((subject.cpuS() - cpu) * 1e6 / messages));
  }

  private IngestFindings.Steady steady(Child ingest, Child bare, int rate) throws Exception {
    say("steady at %d messages a second", rate);
    int messages = (int) (rate * plan.steadyS());
    double cpuBefore = bare.cpuS();
    long base = count(bare);
    load.steady("bare", rate, plan.steadyS());
    await(bare, base + messages);
    double bareMicros = (bare.cpuS() - cpuBefore) * 1e6 / messages;
    try (KafkaWatch watch = new KafkaWatch(kafka)) {
      cpuBefore = ingest.cpuS();
      double behind = load.steady("sites", rate, plan.steadyS());
      List<Double> latencies = watch.await(messages, PATIENCE);
      double cpu = (ingest.cpuS() - cpuBefore) * 1e6 / messages;
      double[] sorted = latencies.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return new IngestFindings.Steady(
          rate,
          rank(sorted, 50),
          rank(sorted, 90),
          rank(sorted, 99),
          rank(sorted, 100),
          messages - sorted.length,
          tenth(behind),
          tenth(cpu),
          tenth(bareMicros));
    }
  }

  private List<IngestFindings.Writing> series() throws Exception {
    say("preparing %d readings for series", plan.points());
    Prepared.produce(kafka, plan.points());
    List<IngestFindings.Writing> found = new ArrayList<>();
    try (Child bare =
        Child.start(data, 1536, BareWriter.class, store, Integer.toString(plan.points()))) {
      found.add(writing("bare client", bare));
    }
    try (Child series = Child.start(data, 512, SeriesSubject.class, kafka, store)) {
      found.add(writing("SeriesWriter", series));
    }
    return found;
  }

  private IngestFindings.Writing writing(String name, Child writer) throws Exception {
    say("writing points: %s", name);
    writer.awaitReady();
    writer.ask("start");
    await(writer, plan.points() / 3);
    long base = count(writer);
    double cpu = writer.cpuS();
    long from = System.nanoTime();
    await(writer, plan.points());
    double seconds = (System.nanoTime() - from) / 1e9;
    long points = plan.points() - base;
    return new IngestFindings.Writing(
        name,
        Math.round(points / seconds),
        Math.round((writer.cpuS() - cpu) * 1e8 / points) / 100.0);
  }

  private IngestFindings.Flat flat() throws Exception {
    say("Kafka stopped for %d s under %d messages a second", plan.awayS(), plan.awayRate());
    try (Child ingest = Child.start(data, 512, IngestSubject.class, mqtt, kafka, "1")) {
      ingest.awaitReady();
      long base = count(ingest);
      burst(ingest, "sites", plan.warmUp(), 1);
      servers.ask("stop kafka");
      List<Double> heaps = new ArrayList<>();
      long published = 0;
      for (int second = 0; second < plan.awayS(); second += 10) {
        load.steady("sites", plan.awayRate(), 10);
        published += 10L * plan.awayRate();
        heaps.add(ingest.ask("heap").path("heap_mb").asDouble());
      }
      long stuck = count(ingest);
      servers.ask("start kafka");
      long from = System.nanoTime();
      await(ingest, stuck + 1);
      double resumed = (System.nanoTime() - from) / 1e9;
      long all = base + plan.warmUp() + published;
      await(ingest, all);
      // The first sample still has what was begun; the session fills its bound within seconds.
      return new IngestFindings.Flat(
          plan.awayS(),
          tenth(heaps.get(0)),
          tenth(heaps.stream().mapToDouble(Double::doubleValue).max().orElseThrow()),
          tenth(heaps.get(heaps.size() - 1)),
          published,
          Math.max(0, all - count(ingest)),
          tenth(resumed));
    }
  }

  private static long count(Child subject) throws IOException {
    return subject.ask("count").path("count").asLong();
  }

  private static void await(Child subject, long wanted) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long last = -1;
    for (long now = count(subject); now < wanted; now = count(subject)) {
      if (now != last) {
        last = now;
        end = System.nanoTime() + PATIENCE.toNanos();
      }
      if (System.nanoTime() > end) {
        throw new IOException("stuck at %d of %d".formatted(now, wanted));
      }
      TimeUnit.MILLISECONDS.sleep(wanted - now > NEAR ? ASK_FAR_MS : ASK_NEAR_MS);
    }
  }

  private static <T> double median(List<T> all, ToDoubleFunction<T> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
    return tenth(Arrays.stream(middle).average().orElseThrow());
  }

  private static double rank(double[] sorted, int percent) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.max(0, (sorted.length * percent + 99) / 100 - 1)];
  }

  private static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static double load() {
    return tenth(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private void say(String format, Object... arguments) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(format.formatted(arguments));
    err.flush();
  }

  private void clear() {
    try {
      if (servers != null) {
        servers.close();
      }
      if (Files.exists(data)) {
        try (Stream<Path> inside = Files.walk(data)) {
          for (Path path : inside.sorted((a, b) -> b.compareTo(a)).toList()) {
            Files.deleteIfExists(path);
          }
        }
      }
    } catch (IOException e) {
      System.err.println("bench: could not clear up " + data + ": " + e.getMessage());
    }
  }
}
