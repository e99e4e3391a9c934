package org.minusone.console.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.console.access.Need;
import org.minusone.console.feed.PipelineMeter;
import org.minusone.console.feed.SensorBoard;
import org.minusone.console.feed.SensorState;
import org.minusone.console.feed.SensorView;
import org.minusone.console.quarantine.Rejections;
import org.minusone.model.SiteId;
import org.minusone.model.port.HealthBoard;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.PartHealth;
import org.minusone.model.port.Sums;

/** Where every reading went. */
public final class PipelineRoutes {
  private static final String BUCKET = "latency_le_";

  private final HealthBoard health;
  private final PipelineMeter meter;
  private final Rejections rejections;
  private final SensorBoard board;
  private final SiteChoice sites;
  private final Map<String, String> versions;
  private final Memory memory;

  /**
   * @param versions of {@code kafka}, {@code mqtt} and {@code series}, as a person would name them
   */
  public PipelineRoutes(
      HealthBoard health,
      PipelineMeter meter,
      Rejections rejections,
      SensorBoard board,
      SiteChoice sites,
      Map<String, String> versions,
      Memory memory) {
    this.health = health;
    this.meter = meter;
    this.rejections = rejections;
    this.board = board;
    this.sites = sites;
    this.versions = Map.copyOf(versions);
    this.memory = memory;
  }

  public List<Route> routes() {
    return List.of(Route.get("/api/v1/pipeline", Need.READ, this::pipeline));
  }

  private record PartView(
      String role,
      String instance,
      Instant startedAt,
      Instant at,
      boolean alive,
      boolean connected,
      long lag,
      List<PartHealth.Check> checks,
      Map<String, Double> gauges,
      Double ratePerS) {}

  private record Latency(
      Double p50, Double p90, Double p99, long count, List<List<Double>> buckets) {}

  private void pipeline(Context context) {
    Optional<SiteId> named = sites.named(context);
    Collection<HealthReport> reports = health.latest();
    Sums sums = Sums.of(reports, named.map(SiteId::value).orElse(null));
    List<SensorView> views = board.views(sites.of(context));
    Map<SensorState, Integer> states = SensorBoard.count(views);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("since", since(reports));
    answer.put("sums", sums);
    answer.put("differences", differences(sums));
    answer.put("equal", sums.areEqual());
    answer.put("parts", parts(reports));
    answer.put("latency_ms", latency(reports));
    answer.put("rejected", rejections.counts());
    answer.put("reporting", SensorBoard.reporting(states));
    answer.put("sensors", views.size());
    answer.put("hours", meter.hours());
    answer.put("versions", versions);
    answer.put("memory_mb", memory.residentMb());
    answer.put("memory_limit_mb", memory.limitMb());
    Exchange.json(context, answer);
  }

  /** What each sum lacks, by the part that would have to account for it. */
  public static Map<String, Long> differences(Sums sums) {
    Map<String, Long> differences = new LinkedHashMap<>();
    differences.put("ingest", sums.ingestDifference());
    differences.put("rules", sums.rulesDifference());
    differences.put("series", sums.seriesDifference());
    return differences;
  }

  /** Since when all that is summed has been counted; null while nothing reports. */
  private static Instant since(Collection<HealthReport> reports) {
    return reports.stream()
        .filter(r -> !r.health().counters().isEmpty())
        .map(HealthReport::startedAt)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private List<PartView> parts(Collection<HealthReport> reports) {
    List<PartView> parts = new ArrayList<>();
    for (HealthReport report : reports) {
      PartHealth part = report.health();
      parts.add(
          new PartView(
              report.role(),
              report.instance(),
              report.startedAt(),
              report.at(),
              part.alive(),
              part.connected(),
              part.lag(),
              part.checks(),
              part.gauges(),
              meter.rate(report)));
    }
    parts.sort(Comparator.comparing(PartView::role).thenComparing(PartView::instance));
    return parts;
  }

  /** As the alerting instance with the most alerts tells it. */
  private static Latency latency(Collection<HealthReport> reports) {
    Map<String, Double> gauges =
        reports.stream()
            .filter(report -> report.role().equals("alerting"))
            .map(report -> report.health().gauges())
            .max(Comparator.comparingDouble(g -> g.getOrDefault("latency_count", 0.0)))
            .orElse(Map.of());
    List<List<Double>> buckets = new ArrayList<>();
    gauges.forEach(
        (name, value) -> {
          if (name.startsWith(BUCKET)) {
            buckets.add(List.of(Double.parseDouble(name.substring(BUCKET.length())), value));
          }
        });
    buckets.sort(Comparator.comparingDouble(bucket -> bucket.get(0)));
    return new Latency(
        gauges.get("latency_p50_ms"),
        gauges.get("latency_p90_ms"),
        gauges.get("latency_p99_ms"),
        gauges.getOrDefault("latency_count", 0.0).longValue(),
        buckets);
  }
}
