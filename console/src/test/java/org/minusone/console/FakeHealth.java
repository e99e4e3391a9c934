package org.minusone.console;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.minusone.model.port.HealthBoard;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.PartHealth;

/** Reports that a test writes by hand. */
final class FakeHealth implements HealthBoard {
  private final Map<String, HealthReport> reports = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Instant startedAt;

  FakeHealth(InstantSource clock) {
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** All roles well, at a moment. */
  void allWell() {
    for (String role : List.of("ingest", "rules", "series", "alerting")) {
      report(role, true, true, Map.of(), Map.of());
    }
  }

  void report(
      String role, boolean alive, boolean ok, Map<String, Long> terms, Map<String, Double> gauges) {
    reports.put(
        role,
        new HealthReport(
            role,
            "main",
            startedAt,
            clock.instant(),
            1,
            new PartHealth(
                alive,
                true,
                0,
                List.of(new PartHealth.Check("running", ok, true, ok ? null : "not running")),
                Map.of("fubao", new TreeMap<>(terms)),
                gauges)));
  }

  void forget(String role) {
    reports.remove(role);
  }

  @Override
  public Collection<HealthReport> latest() {
    return List.copyOf(reports.values());
  }
}
