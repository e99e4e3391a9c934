package org.minusone.bench.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.series.SeriesApp;
import org.minusone.series.SeriesConfig;
import org.minusone.series.store.StoreConfig;

/** Series as it is, over readings that wait in Kafka: {@code SeriesSubject KAFKA STORE}. */
final class SeriesSubject {
  private SeriesSubject() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = Child.claimOutput();
    SeriesConfig config =
        SeriesConfig.of(StoreConfig.questDb(URI.create(arguments[1]), "minusone", Servers.PASSWORD))
            .withTopics(Servers.PREPARED);
    SeriesApp series =
        new SeriesApp(
            config,
            EmbeddedKafka.clientProperties(arguments[0], Servers.PASSWORD),
            new SimpleMeterRegistry());
    Child.serve(
        out,
        Map.of("ready", true),
        line -> {
          if (line.equals("start")) {
            series.start();
          }
          return Map.of("count", term(series, "stored"), "refused", term(series, "refused"));
        });
    series.close();
    System.exit(0);
  }

  private static long term(SeriesApp series, String term) {
    return series.health().counters().values().stream()
        .mapToLong(counts -> counts.getOrDefault(term, 0L))
        .sum();
  }
}
