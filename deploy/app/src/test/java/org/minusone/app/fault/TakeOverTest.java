package org.minusone.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.health.HealthTable;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.Sums;

/**
 * Two ingest of one group share the load of a gateway; one is killed for good in the middle of it,
 * with messages in its hands. The embedded broker gives those to the other (FOUND: mosquitto does
 * not).
 */
@Tag("slow")
class TakeOverTest {
  private static final int READINGS = 40_000;
  private static final int RATE = 2_000;

  @Test
  void theOtherTakesOverAndNothingIsLost(@TempDir Path dir) throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.printf("TakeOverTest: seed %d (again with -Dseed=%d)%n", seed, seed);
    Timeline timeline = new Timeline();
    Acknowledged acknowledged = new Acknowledged();
    try (Servers servers = Servers.start(dir);
        HealthTable health =
            new HealthTable(
                servers.kafkaProperties(),
                Servers.TOPICS.health(),
                InstantSource.system(),
                Instant.EPOCH);
        RoleProcess one = new RoleProcess(servers, dir, "ingest", "ingest-1");
        RoleProcess two = new RoleProcess(servers, dir, "ingest", "ingest-2")) {
      health.start();
      one.awaitReady(Duration.ofSeconds(60));
      two.awaitReady(Duration.ofSeconds(60));
      List<Script.Message> script =
          Script.of(seed, 0, READINGS, System.currentTimeMillis() - READINGS * 30L - 600_000);
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(
              new Publisher(servers.brokerUrl(), "gateway-0", script, RATE, acknowledged));
      while (acknowledged.readings() < READINGS / 2) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      one.killForGood();
      timeline.say("one of two killed at %d readings", acknowledged.readings());
      load.get(120, TimeUnit.SECONDS);
      timeline.say("published: %d readings acknowledged", acknowledged.readings());

      Found found = new Found(servers);
      Set<String> missing = new HashSet<>();
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                missing.clear();
                missing.addAll(acknowledged.identities());
                missing.removeAll(found.readings().identities());
                return missing.isEmpty() && without(acknowledged.poisons(), found).isEmpty();
              });
      timeline.say("all of them are in Kafka, and what is poison in rejected");

      long byOne = received(health, "ingest-1");
      long byTwo = received(health, "ingest-2");
      timeline.say("received: %d by the one that died, %d by the other", byOne, byTwo);
      assertThat(byOne).as("of half the load, what the first had").isGreaterThan(READINGS / 20);
      assertThat(byTwo).as("what the other had").isGreaterThan(READINGS / 2);
      assertThat(two.isReady()).as("the other is well").isTrue();
    } catch (Exception | Error e) {
      System.out.printf("seed %d%n%s", seed, timeline);
      throw e;
    }
  }

  private static Set<String> without(Set<String> poisons, Found found) {
    Set<String> left = new HashSet<>(poisons);
    left.removeAll(found.rejected().keySet());
    return left;
  }

  /** By the last report of an instance. */
  private static long received(HealthTable health, String instance) {
    HealthReport report =
        health.latest().stream()
            .filter(r -> r.instance().equals(instance))
            .findFirst()
            .orElseThrow();
    return Sums.of(List.of(report), null).received();
  }
}
