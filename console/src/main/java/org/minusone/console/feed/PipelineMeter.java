package org.minusone.console.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.minusone.model.port.HealthReport;

/**
 * What the counters of the parts did over time: rates, and sums by the hour. They only ever grow
 * within one start of an instance, so each report is set against the one before of the same start.
 */
public final class PipelineMeter {
  private static final Duration RATE_WINDOW = Duration.ofSeconds(10);
  private static final int MOST_HOURS = 48;

  /** The terms that say what a role has worked off. */
  private static final Map<String, List<String>> WORK =
      Map.of(
          "simulator", List.of("published"),
          "ingest", List.of("received"),
          "rules", List.of("evaluated", "duplicate", "late"),
          "series", List.of("stored", "refused"));

  /** Readings of all sites within an hour, as far as this console saw them counted. */
  public record Hour(Instant hour, long received, long stored, long rejected, long duplicate) {
    private Hour plus(Hour other) {
      return new Hour(
          hour,
          received + other.received,
          stored + other.stored,
          rejected + other.rejected,
          duplicate + other.duplicate);
    }
  }

  private record Instance(String role, String name, Instant startedAt) {}

  private record Sample(Instant at, long work, Hour terms) {}

  private final Map<Instance, Deque<Sample>> samples = new HashMap<>();
  private final NavigableMap<Instant, Hour> hours = new TreeMap<>();

  /** To be told of the newest reports about once a second. */
  public synchronized void sample(Collection<HealthReport> reports) {
    for (HealthReport report : reports) {
      if (WORK.containsKey(report.role())) {
        sample(report);
      }
    }
    samples.keySet().removeIf(i -> reports.stream().noneMatch(r -> instance(r).equals(i)));
    while (hours.size() > MOST_HOURS) {
      hours.pollFirstEntry();
    }
  }

  private void sample(HealthReport report) {
    Deque<Sample> row = samples.computeIfAbsent(instance(report), i -> new ArrayDeque<>());
    Sample last = row.peekLast();
    if (last != null && !report.at().isAfter(last.at())) {
      return;
    }
    Instant hour = report.at().truncatedTo(ChronoUnit.HOURS);
    Hour terms =
        new Hour(
            hour,
            term(report, "ingest", "received"),
            term(report, "series", "stored"),
            term(report, "ingest", "rejected"),
            term(report, "rules", "duplicate"));
    long work = 0;
    for (String term : WORK.get(report.role())) {
      work += term(report, report.role(), term);
    }
    if (last != null) {
      Hour grown =
          new Hour(
              hour,
              terms.received - last.terms.received,
              terms.stored - last.terms.stored,
              terms.rejected - last.terms.rejected,
              terms.duplicate - last.terms.duplicate);
      hours.merge(hour, grown, Hour::plus);
    }
    row.addLast(new Sample(report.at(), work, terms));
    while (row.size() > 2 && row.peekFirst().at().isBefore(report.at().minus(RATE_WINDOW))) {
      row.removeFirst();
    }
  }

  private static long term(HealthReport report, String role, String term) {
    if (!report.role().equals(role)) {
      return 0;
    }
    return report.health().counters().values().stream()
        .mapToLong(row -> row.getOrDefault(term, 0L))
        .sum();
  }

  private static Instance instance(HealthReport report) {
    return new Instance(report.role(), report.instance(), report.startedAt());
  }

  /** Readings per second over the last ten; null where the role counts none, or not yet twice. */
  public synchronized Double rate(HealthReport report) {
    Deque<Sample> row = samples.get(instance(report));
    if (row == null || row.size() < 2) {
      return null;
    }
    Sample first = row.peekFirst();
    Sample last = row.peekLast();
    double seconds = Duration.between(first.at(), last.at()).toMillis() / 1000.0;
    return Math.round((last.work() - first.work()) / seconds * 10) / 10.0;
  }

  /** Oldest first. */
  public synchronized List<Hour> hours() {
    return new ArrayList<>(hours.values());
  }
}
