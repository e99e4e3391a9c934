package org.minusone.app.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.PartHealth;

/** What the reports of all processes together say (as the console's readiness, CONTRACTS §7). */
public final class ClusterHealth {
  /** A part reports each second: one that was not heard of for so long is not at work. */
  private static final Duration SILENT = Duration.ofSeconds(15);

  /** An instance that has said nothing for so long was taken away. */
  private static final Duration GONE = Duration.ofMinutes(1);

  /** Without these there is no warning; series and console are reported, not red. */
  private static final List<String> REQUIRED = List.of("ingest", "rules", "alerting");

  private ClusterHealth() {}

  /**
   * One check of one instance of a role.
   *
   * @param instance null for a role as a whole
   */
  public record Line(
      String role, String instance, String name, boolean ok, boolean required, String detail) {}

  /** All checks, by role and instance. */
  public static List<Line> of(Collection<HealthReport> reports, Instant now) {
    List<Line> lines = new ArrayList<>();
    for (String role : REQUIRED) {
      if (reports.stream()
          .noneMatch(r -> r.role().equals(role) && age(r, now) < SILENT.toMillis())) {
        lines.add(new Line(role, null, "reports", false, true, "no instance was heard of"));
      }
    }
    List<HealthReport> sorted = new ArrayList<>(reports);
    sorted.sort(Comparator.comparing(HealthReport::role).thenComparing(HealthReport::instance));
    for (HealthReport report : sorted) {
      long age = age(report, now);
      if (age > GONE.toMillis()) {
        continue;
      }
      if (age > SILENT.toMillis()) {
        lines.add(
            line(report, "reports", false, false, "last heard of %d s ago".formatted(age / 1000)));
        continue;
      }
      boolean required = REQUIRED.contains(report.role());
      lines.add(line(report, "alive", report.health().alive(), required, ""));
      for (PartHealth.Check check : report.health().checks()) {
        lines.add(
            line(report, check.name(), check.ok(), required && check.required(), check.detail()));
      }
    }
    return lines;
  }

  private static Line line(
      HealthReport report, String name, boolean ok, boolean required, String detail) {
    return new Line(report.role(), report.instance(), name, ok, required, detail);
  }

  private static long age(HealthReport report, Instant now) {
    return Duration.between(report.at(), now).toMillis();
  }

  public static boolean isReady(List<Line> lines) {
    return lines.stream().allMatch(line -> line.ok() || !line.required());
  }
}
