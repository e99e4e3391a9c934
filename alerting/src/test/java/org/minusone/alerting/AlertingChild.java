package org.minusone.alerting;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.PartHealth;

/** One instance of alerting in a process of its own, to be killed. */
final class AlertingChild {
  private AlertingChild() {}

  /** Arguments: Kafka's address, the instance's name, its state directory. Ends with its input. */
  public static void main(String[] args) throws Exception {
    AlertingConfig config =
        new AlertingConfig(
            "minusone-alerting",
            args[1],
            Path.of(args[2]),
            Topics.DEFAULT,
            Duration.ofSeconds(1),
            Duration.ofSeconds(6),
            Duration.ofSeconds(1),
            1,
            5);
    AlertingApp app =
        new AlertingApp(
            config,
            Map.of("bootstrap.servers", args[0]),
            new Store7.Catalog(),
            () -> true,
            () -> List.of(well("ingest"), well("rules")),
            Clock.systemUTC(),
            new SimpleMeterRegistry());
    app.start();
    while (System.in.read() >= 0) {
      // A parent that dies takes this process along.
    }
    app.close();
  }

  /** The other roles are not here, and not missed. */
  private static HealthReport well(String role) {
    Instant now = Instant.now();
    return new HealthReport(
        role, "1", now, now, 1, new PartHealth(true, true, 0, List.of(), Map.of(), Map.of()));
  }
}
