package org.minusone.console.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.PartHealth;

/** What the probes answer (CONTRACTS §7). */
public final class Probes {
  /** A part reports each second: one that was not heard of for so long is not at work. */
  public static final Duration SILENT = Duration.ofSeconds(15);

  private Probes() {}

  /**
   * @param instance null for what concerns the whole
   * @param detail for a person; may be null
   */
  public record Line(
      String role, String instance, String name, boolean ok, boolean required, String detail) {}

  /** Whether the workers of this process live. */
  public static List<Line> healthy(
      Collection<HealthReport> reports, String instance, PartHealth console, Instant now) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("console", instance, "workers", console.alive(), true, null));
    for (HealthReport report : reports) {
      if (report.instance().equals(instance) && !report.role().equals("console")) {
        lines.add(
            new Line(
                report.role(),
                instance,
                "workers",
                report.health().alive() && isFresh(report, now),
                true,
                isFresh(report, now) ? null : "last heard of at " + report.at()));
      }
    }
    return lines;
  }

  /**
   * Whether work can be done. Of a role with several instances the fresh ones count; checks that
   * are not required are named and turn nothing red.
   */
  public static List<Line> ready(
      Collection<HealthReport> reports,
      Set<String> roles,
      boolean siteLive,
      String instance,
      PartHealth console,
      Instant now) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("site", null, "live", siteLive, true, siteLive ? null : "no version yet"));
    checks(lines, "console", instance, console, true);
    for (String role : roles.stream().filter(r -> !r.equals("console")).sorted().toList()) {
      List<HealthReport> fresh =
          reports.stream().filter(r -> r.role().equals(role) && isFresh(r, now)).toList();
      if (fresh.isEmpty()) {
        lines.add(new Line(role, null, "reports", false, true, "not heard of"));
      }
      fresh.forEach(r -> checks(lines, role, r.instance(), r.health(), true));
    }
    for (HealthReport report : reports) {
      if (!roles.contains(report.role()) && !report.role().equals("console")) {
        checks(lines, report.role(), report.instance(), report.health(), false);
      }
    }
    return lines;
  }

  private static void checks(
      List<Line> lines, String role, String instance, PartHealth health, boolean required) {
    lines.add(new Line(role, instance, "alive", health.alive(), required, null));
    for (PartHealth.Check check : health.checks()) {
      lines.add(
          new Line(
              role,
              instance,
              check.name(),
              check.ok(),
              required && check.required(),
              check.detail()));
    }
  }

  private static boolean isFresh(HealthReport report, Instant now) {
    return !report.at().plus(SILENT).isBefore(now);
  }

  public static boolean allGood(List<Line> lines) {
    return lines.stream().allMatch(line -> line.ok() || !line.required());
  }
}
