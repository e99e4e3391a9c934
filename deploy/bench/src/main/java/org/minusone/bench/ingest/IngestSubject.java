package org.minusone.bench.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.ingest.IngestApp;
import org.minusone.ingest.IngestConfig;
import org.minusone.model.port.PartHealth;

/** Ingest as it is: {@code IngestSubject MQTT KAFKA SESSIONS}. */
final class IngestSubject {
  private IngestSubject() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = Child.claimOutput();
    IngestConfig config =
        IngestConfig.of(arguments[0])
            .withClientId("bench-ingest-" + arguments[2])
            .withSessions(Integer.parseInt(arguments[2]), null);
    IngestApp ingest =
        new IngestApp(
            config,
            EmbeddedKafka.clientProperties(arguments[1], Servers.PASSWORD),
            FixedSite.fubao(),
            run -> {},
            sensor -> {},
            InstantSource.system(),
            new SimpleMeterRegistry());
    ingest.start();
    while (!ingest.health().connected()) {
      Thread.sleep(20);
    }
    Child.serve(
        out,
        Map.of("ready", true),
        line ->
            line.equals("heap")
                ? Map.of("heap_mb", Child.heapMb(), "in_kafka", term(ingest, "in_kafka"))
                : Map.of("count", term(ingest, "in_kafka"), "rejected", term(ingest, "rejected")));
    ingest.close();
    System.exit(0);
  }

  private static long term(IngestApp ingest, String term) {
    PartHealth health = ingest.health();
    return health.counters().values().stream()
        .mapToLong(counts -> counts.getOrDefault(term, 0L))
        .sum();
  }
}
