package org.minusone.app.fault;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.fault.Timeline.Window;
import org.minusone.app.health.HealthTable;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.Sums;
import org.minusone.series.SeriesApp;
import org.minusone.series.SeriesConfig;

/**
 * Four gateways publish; Kafka stops for 30 s, the store stops for 30 s, the broker restarts, and
 * ingest is killed with {@code kill -9} three times, once while Kafka is away, at points that the
 * seed chooses. Then everything that was acknowledged is looked for.
 *
 * <p>Longer, or again: {@code -Dseed=N -Dfault.readings=2000000 -Dfault.rate=3000}.
 */
@Tag("slow")
class NothingIsLostTest {
  private static final int GATEWAYS = 4;
  private static final int READINGS = Integer.getInteger("fault.readings", 200_000);

  /** Readings a second of all gateways together. */
  private static final int RATE = Integer.getInteger("fault.rate", 1_500);

  private static final Duration AWAY = Duration.ofSeconds(30);

  /** After a fault is over, ingest is subscribed and writes again within this. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(40);

  private static final Duration DRAIN = Duration.ofSeconds(120);
  private static final long MOST_HEAP_MB = 96;

  private enum Fault {
    KAFKA_AWAY,
    STORE_AWAY,
    BROKER_RESTART,
    INGEST_KILLED,
    INGEST_KILLED_AGAIN
  }

  @TempDir private Path dir;
  private final Timeline timeline = new Timeline();
  private final Invariants invariants = new Invariants();
  private final Acknowledged acknowledged = new Acknowledged();
  private final List<Window> brokerAway = new ArrayList<>();
  private final Map<Fault, Duration> backAfter = new HashMap<>();
  private long mostHeapMb;

  @Test
  void whatWasAcknowledgedIsKeptOnceAndWhatCannotBeReadIsTold() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.printf(
        "NothingIsLostTest: %d readings at %d/s, seed %d (again with -Dseed=%d)%n",
        READINGS, RATE, seed, seed);
    try (Servers servers = Servers.start(dir);
        SeriesApp series =
            new SeriesApp(
                SeriesConfig.of(servers.storeConfig()),
                servers.kafkaProperties(),
                new SimpleMeterRegistry());
        HealthTable health =
            new HealthTable(
                servers.kafkaProperties(),
                Servers.TOPICS.health(),
                InstantSource.system(),
                Instant.EPOCH);
        RoleProcess ingest = new RoleProcess(servers, dir, "ingest", "ingest-1")) {
      health.start();
      series.start();
      timeline.say("ingest ready after %s", ingest.awaitReady(Duration.ofSeconds(60)));
      try {
        loadUnderFaults(seed, servers, ingest);
        HealthReport last = awaitDrained(series, health, ingest);
        verify(servers, series, last, ingest);
      } catch (Exception | Error e) {
        System.out.printf("seed %d%n%s%s%n", seed, timeline, String.join("\n", ingest.lines()));
        throw e;
      }
    }
    invariants.verify(seed, timeline);
  }

  private void loadUnderFaults(long seed, Servers servers, RoleProcess ingest) throws Exception {
    long beginMs = System.currentTimeMillis() - READINGS * 10L - 600_000;
    List<Publisher> publishers = new ArrayList<>();
    for (int i = 0; i < GATEWAYS; i++) {
      publishers.add(
          new Publisher(
              servers.brokerUrl(),
              "gateway-" + i,
              Script.of(seed, i, READINGS / GATEWAYS, beginMs),
              (double) RATE / GATEWAYS,
              acknowledged));
    }
    ExecutorService threads = Executors.newFixedThreadPool(GATEWAYS);
    try {
      List<Future<?>> running = new ArrayList<>();
      Instant begin = Instant.now();
      for (Publisher publisher : publishers) {
        running.add(threads.submit(publisher));
      }
      injectFaults(new Random(seed), servers, ingest);
      for (Future<?> one : running) {
        one.get(READINGS / RATE + 300, TimeUnit.SECONDS);
      }
      double seconds = Duration.between(begin, acknowledged.last()).toMillis() / 1000.0;
      timeline.say(
          "published: %d messages with %d readings acknowledged in %.0f s, %.0f readings/s",
          acknowledged.messages(),
          acknowledged.readings(),
          seconds,
          acknowledged.readings() / seconds);
    } finally {
      threads.shutdownNow();
    }
  }

  /** One after the other, in an order and at points of the load that the seed chooses. */
  private void injectFaults(Random random, Servers servers, RoleProcess ingest) throws Exception {
    List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
    Collections.shuffle(faults, random);
    for (int i = 0; i < faults.size(); i++) {
      long due = (long) (READINGS * (i + random.nextDouble()) / (faults.size() + 1));
      while (acknowledged.readings() < due) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      Fault fault = faults.get(i);
      timeline.say("%s at %d readings", fault, acknowledged.readings());
      inject(fault, random, servers, ingest);
      Duration back = ingest.awaitReady(Duration.ofMinutes(2));
      backAfter.put(fault, back);
      timeline.say("%s over, ingest back %.1f s later", fault, back.toMillis() / 1000.0);
    }
  }

  private void inject(Fault fault, Random random, Servers servers, RoleProcess ingest)
      throws Exception {
    switch (fault) {
      case KAFKA_AWAY ->
          servers.stopKafka(
              AWAY,
              () -> {
                measureHeap(ingest);
                ingest.kill();
                timeline.say("ingest killed while Kafka is away");
              });
      case STORE_AWAY -> servers.stopStore(AWAY);
      case BROKER_RESTART -> {
        Instant from = Instant.now();
        servers.restartBroker();
        brokerAway.add(new Window(from, Instant.now()));
      }
      case INGEST_KILLED, INGEST_KILLED_AGAIN -> {
        Instant before = ingest.startedAt();
        ingest.kill();
        await().atMost(Duration.ofSeconds(10)).until(() -> ingest.startedAt().isAfter(before));
      }
    }
  }

  private void measureHeap(RoleProcess ingest) {
    try {
      long heap = ingest.heapAfterCollectionMb();
      mostHeapMb = Math.max(mostHeapMb, heap);
      timeline.say("ingest holds %d MB after a collection", heap);
    } catch (Exception e) {
      throw new IllegalStateException("cannot ask ingest for its heap", e);
    }
  }

  /** Until nothing is in flight nor unwritten and the counters stand still. */
  private HealthReport awaitDrained(SeriesApp series, HealthTable health, RoleProcess ingest)
      throws Exception {
    long begin = System.nanoTime();
    List<Sums> before = new ArrayList<>();
    HealthReport last =
        await()
            .atMost(DRAIN)
            .pollInterval(Duration.ofSeconds(1))
            .until(
                () -> {
                  Optional<HealthReport> report =
                      health.latest().stream().filter(r -> r.role().equals("ingest")).findFirst();
                  if (report.isEmpty() || report.get().startedAt().isBefore(ingest.startedAt())) {
                    return Optional.<HealthReport>empty();
                  }
                  Sums now = Sums.of(List.of(report.get()), null);
                  before.add(now);
                  boolean still = before.size() > 3 && before.get(before.size() - 4).equals(now);
                  return still && now.inFlight() == 0 && unwritten(series) == 0
                      ? report
                      : Optional.<HealthReport>empty();
                },
                Optional::isPresent)
            .orElseThrow();
    timeline.say("drained after %.0f s", (System.nanoTime() - begin) / 1e9);
    measureHeap(ingest);
    return last;
  }

  private static long unwritten(SeriesApp series) {
    return series.health().counters().get("").getOrDefault("unwritten", 0L);
  }

  private void verify(Servers servers, SeriesApp series, HealthReport last, RoleProcess ingest)
      throws Exception {
    Found found = new Found(servers);
    Found.InKafka kafka = found.readings();
    Map<String, Integer> rejected = found.rejected();
    Set<String> sensors = new HashSet<>();
    kafka.rows().forEach(row -> sensors.add(row.substring(0, row.indexOf('/'))));
    Map<String, Integer> store = found.inStore(sensors);
    timeline.say(
        "%d records in Kafka, %d distinct; %d rows in the store; %d payloads rejected",
        kafka.records(), kafka.rows().size(), store.size(), rejected.size());

    invariants.claim(
        "the session was always there to keep what was published",
        acknowledged.nobodyThere() == 0,
        acknowledged.nobodyThere() + " messages had no subscriber");
    invariants.none(
        "every acknowledged reading is in Kafka",
        without(acknowledged.identities(), kafka.identities()));
    invariants.none("every stamped reading has the value it was published with", kafka.wrong());
    invariants.none(
        "every reading in Kafka is in the store", without(kafka.rows(), store.keySet()));
    invariants.none(
        "nothing is in the store that is not in Kafka", without(store.keySet(), kafka.rows()));
    invariants.none(
        "no reading is doubled in the store",
        store.entrySet().stream().filter(row -> row.getValue() > 1).toList());
    invariants.none(
        "every poison message is in rejected", without(acknowledged.poisons(), rejected.keySet()));
    invariants.none(
        "nothing but poison was rejected", without(rejected.keySet(), acknowledged.poisons()));
    verifySums(found, series, kafka, last);
    backAfter.forEach(
        (fault, back) ->
            invariants.claim(
                "subscribed and writing within %d s of %s"
                    .formatted(BACK_WITHIN.toSeconds(), fault),
                back.compareTo(BACK_WITHIN) <= 0,
                "it took " + back));
    invariants.none("no poison closed the session", lostForNoFault(ingest));
    invariants.claim(
        "memory of ingest is bounded (%d MB after a collection)".formatted(mostHeapMb),
        mostHeapMb <= MOST_HEAP_MB,
        mostHeapMb + " MB, limit " + MOST_HEAP_MB);
  }

  private void verifySums(Found found, SeriesApp series, Found.InKafka kafka, HealthReport last) {
    Sums sums = Sums.of(List.of(last), null);
    long inKafka = found.readingsSince(last.startedAt());
    long rejected = found.rejectedSince(last.startedAt());
    invariants.claim(
        "received = in_kafka + rejected + in_flight in ingest's last life (%d = %d + %d + %d)"
            .formatted(sums.received(), sums.inKafka(), sums.rejected(), sums.inFlight()),
        sums.received() == sums.inKafka() + sums.rejected() + sums.inFlight(),
        sums.toString());
    invariants.claim(
        "what ingest counted in its last life is what is there",
        sums.inKafka() == inKafka && sums.rejected() == rejected,
        "%d readings and %d rejections are there: %s".formatted(inKafka, rejected, sums));
    Map<String, Long> fubao = series.health().counters().getOrDefault("fubao", Map.of());
    long stored = fubao.getOrDefault("stored", 0L);
    long refused = fubao.getOrDefault("refused", 0L);
    invariants.claim(
        "in_kafka = stored + refused + unwritten (%d = %d + %d + %d)"
            .formatted(kafka.records(), stored, refused, unwritten(series)),
        kafka.records() == stored + refused + unwritten(series),
        "they differ");
  }

  /** Lines that say the connection was lost while the broker was there. */
  private List<String> lostForNoFault(RoleProcess ingest) throws Exception {
    List<String> strange = new ArrayList<>();
    for (String line : ingest.lines()) {
      if (!line.contains(" MqttSource MQTT at ")) {
        continue;
      }
      Instant at = instant(line);
      if (brokerAway.stream().noneMatch(away -> away.covers(at, BACK_WITHIN))) {
        strange.add(line);
      }
    }
    return strange;
  }

  /** The log has the time of day. */
  private static Instant instant(String line) {
    try {
      LocalTime time = LocalTime.parse(line.substring(0, 12));
      ZoneId zone = ZoneId.systemDefault();
      Instant today =
          time.atDate(LocalDate.ofInstant(Instant.now(), zone)).atZone(zone).toInstant();
      return today.isAfter(Instant.now()) ? today.minus(Duration.ofDays(1)) : today;
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  private static Set<String> without(Set<String> all, Set<String> these) {
    Set<String> left = new HashSet<>(all);
    left.removeAll(these);
    return left;
  }
}
