package org.minusone.alerting.self;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.minusone.model.port.HealthReport;

/** What the roles' own reports say of a {@link Trouble}. */
public final class SelfCheck {
  /** Our own lag is an alert from here (issue: 10 s). */
  public static final Duration LAG = Duration.ofSeconds(10);

  /** A role of which no instance has reported for so long does not work. */
  private static final Duration MUTE = Duration.ofSeconds(10);

  /** An instance that has said nothing for so long was taken away. */
  private static final Duration GONE = Duration.ofMinutes(1);

  private SelfCheck() {}

  /**
   * @param part the role that has the trouble
   * @param lasts of lag, how far behind; of a store, not known and zero
   */
  public record Finding(String part, Duration lasts) {}

  /**
   * @param reports the newest of each instance
   * @param since a role that was not heard of later is missed from then on
   */
  public static Optional<Finding> of(
      Trouble trouble, Collection<HealthReport> reports, Instant since, Instant now) {
    return switch (trouble) {
      case LAG -> lag(reports, since, now);
      case STORE -> store(reports, now);
    };
  }

  private static Optional<Finding> lag(
      Collection<HealthReport> reports, Instant since, Instant now) {
    List<Finding> found = new ArrayList<>();
    for (HealthReport report : reports) {
      if (!report.at().isBefore(now.minus(GONE))) {
        for (String gauge : List.of("in_flight_longest_ms", "behind_ms")) {
          double ms = report.health().gauges().getOrDefault(gauge, 0.0);
          found.add(new Finding(report.role(), Duration.ofMillis((long) ms)));
        }
      }
    }
    for (String role : List.of("ingest", "rules")) {
      Instant heard =
          reports.stream()
              .filter(report -> report.role().equals(role))
              .map(HealthReport::at)
              .filter(at -> at.isAfter(since))
              .max(Comparator.naturalOrder())
              .orElse(since);
      if (heard.isBefore(now.minus(MUTE))) {
        found.add(new Finding(role, Duration.between(heard, now)));
      }
    }
    return found.stream()
        .filter(finding -> finding.lasts().compareTo(LAG) > 0)
        .max(Comparator.comparing(Finding::lasts));
  }

  private static Optional<Finding> store(Collection<HealthReport> reports, Instant now) {
    return reports.stream()
        .filter(report -> report.role().equals("series"))
        .filter(report -> report.at().isAfter(now.minus(GONE)))
        .filter(
            report ->
                report.health().checks().stream()
                    .anyMatch(check -> check.name().equals("store") && !check.ok()))
        .map(report -> new Finding(report.role(), Duration.ZERO))
        .findFirst();
  }
}
