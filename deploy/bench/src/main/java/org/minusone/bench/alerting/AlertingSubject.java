package org.minusone.bench.alerting;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.minusone.alerting.AlertingApp;
import org.minusone.alerting.AlertingConfig;
import org.minusone.alerting.notify.NotifyApp;
import org.minusone.alerting.notify.NotifyConfig;
import org.minusone.alerting.notify.Route;
import org.minusone.alerting.notify.Texts.Language;
import org.minusone.alerting.notify.channel.Webhook;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.bench.ingest.Child;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.PartHealth;

/**
 * What is measured: {@code AlertingSubject BOOTSTRAP DIR BOXES SIGNALS WEBHOOK}, a process with
 * alerting and notification alone.
 */
final class AlertingSubject {
  /** A step that takes longer has failed. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final AlertingApp alerting;
  private final NotifyApp notify;
  private final long signals;

  private AlertingSubject(String[] arguments) {
    Map<String, Object> kafka =
        EmbeddedKafka.clientProperties(arguments[0], AlertingBench.PASSWORD);
    Boxes boxes = new Boxes(Integer.parseInt(arguments[2]));
    signals = Long.parseLong(arguments[3]);
    InstantSource clock = InstantSource.system();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    alerting =
        new AlertingApp(
            AlertingConfig.defaults(Path.of(arguments[1], "alerting")),
            kafka,
            boxes,
            () -> true,
            () -> List.of(well("ingest", clock.instant()), well("rules", clock.instant())),
            clock,
            meters);
    Webhook webhook = new Webhook("bench", URI.create(arguments[4]), "secret", Language.ZH, clock);
    Route all = new Route(null, List.of(), List.of(), List.of(), Set.of(), List.of("bench"));
    NotifyConfig config =
        new NotifyConfig(
            Map.of("bench", webhook),
            List.of(all),
            NotifyConfig.USUAL_PATIENCE,
            null,
            NotifyConfig.USUAL_BEAT,
            null);
    notify = new NotifyApp(config, Topics.DEFAULT, kafka, boxes, clock, meters, () -> true);
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = Child.claimOutput();
    AlertingSubject subject = new AlertingSubject(arguments);
    Child.serve(out, Map.of("ready", true), subject::answer);
    System.exit(0);
  }

  private Object answer(String line) throws Exception {
    return switch (line) {
      case "lifecycle" -> lifecycle();
      case "notify" -> notifying();
      default -> throw new IllegalArgumentException(line);
    };
  }

  /** All signals are there already; the first half warms up. */
  private Map<String, Object> lifecycle() throws Exception {
    double heapBefore = heapMb();
    alerting.start();
    await("signals", signals / 2, this::raised);
    double heapHalf = heapMb();
    long first = raised();
    long from = System.nanoTime();
    double cpu = cpuS();
    await("signals", signals, this::raised);
    Map<String, Object> answer = new LinkedHashMap<>();
    double seconds = (System.nanoTime() - from) / 1e9;
    answer.put("per_second", (raised() - first) / seconds);
    answer.put("cpu_micros", (cpuS() - cpu) / (raised() - first) * 1e6);
    answer.put("open", raised());
    double heap = heapMb();
    answer.put("heap_mb", heap - heapBefore);
    answer.put("heap_mb_per_10000", (heap - heapHalf) / (raised() - first) * 10_000);
    return answer;
  }

  /** The queue of all that were raised, one receiver; the first half warms up. */
  private Map<String, Object> notifying() throws Exception {
    double heap = heapMb();
    notify.start();
    await("accepted deliveries", signals / 2, this::accepted);
    long first = accepted();
    double cpu = cpuS();
    long from = System.nanoTime();
    await("accepted deliveries", signals, this::accepted);
    double seconds = (System.nanoTime() - from) / 1e9;
    return Map.of(
        "per_second",
        (signals - first) / seconds,
        "cpu_micros",
        (cpuS() - cpu) / (signals - first) * 1e6,
        "heap_mb_per_10000",
        (heapMb() - heap) / signals * 10_000);
  }

  private long accepted() {
    return notify.health().gauges().getOrDefault("deliveries_accepted", 0.0).longValue();
  }

  private static void await(String what, long wanted, LongSupplier sofar)
      throws InterruptedException {
    long until = System.nanoTime() + LONGEST.toNanos();
    while (sofar.getAsLong() < wanted) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "%d of %d %s after %s".formatted(sofar.getAsLong(), wanted, what, LONGEST));
      }
      Thread.sleep(5);
    }
  }

  private long raised() {
    return alerting.health().counters().values().stream()
        .mapToLong(kinds -> kinds.getOrDefault("raised", 0L))
        .sum();
  }

  private static double cpuS() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  /** Used after a full collection. */
  private static double heapMb() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1024.0 / 1024;
  }

  /** The other roles are not here, and not missed. */
  private static HealthReport well(String role, Instant now) {
    return new HealthReport(
        role, "bench", now, now, 1, new PartHealth(true, true, 0, List.of(), Map.of(), Map.of()));
  }
}
