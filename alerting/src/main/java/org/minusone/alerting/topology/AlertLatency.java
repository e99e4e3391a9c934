package org.minusone.alerting.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long it took from a reading's arrival over MQTT until Kafka acknowledged the alert that it
 * caused: {@code minusone_alerting_latency_seconds}, and the same exactly (to two digits) for the
 * pipeline page. Since the process started.
 */
public final class AlertLatency {
  /** Upper edges of the buckets that are shown, ms. */
  private static final long[] EDGES_MS = {
    5, 10, 20, 30, 50, 75, 100, 150, 200, 500, 1000, 2000, 5000, 10_000
  };

  private static final long LONGEST_MS = Duration.ofHours(24).toMillis();

  private final InstantSource clock;
  private final Timer timer;
  private final ConcurrentHistogram histogram = new ConcurrentHistogram(LONGEST_MS, 2);

  public AlertLatency(MeterRegistry registry, InstantSource clock) {
    this.clock = clock;
    this.timer =
        Timer.builder("minusone.alerting.latency")
            .description("MQTT arrival to the alert acknowledged on its topic")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry);
  }

  void acknowledged(long arrivalMs) {
    long ms = Math.max(0, Math.min(LONGEST_MS, clock.millis() - arrivalMs));
    histogram.recordValue(ms);
    timer.record(Duration.ofMillis(ms));
  }

  /**
   * As it is at one instant.
   *
   * @param p50Ms the percentiles, ms; 0 while {@code count} is 0
   * @param upToMs how many took at most so many ms: edge to cumulative count, edges rising; those
   *     above the last edge are only in {@code count}
   */
  public record Snapshot(
      long count, double p50Ms, double p90Ms, double p99Ms, Map<Long, Long> upToMs) {}

  public Snapshot snapshot() {
    Histogram copy = histogram.copy();
    Map<Long, Long> upTo = new LinkedHashMap<>();
    for (long edge : EDGES_MS) {
      upTo.put(edge, copy.getTotalCount() == 0 ? 0 : copy.getCountBetweenValues(0, edge));
    }
    return new Snapshot(
        copy.getTotalCount(),
        copy.getValueAtPercentile(50),
        copy.getValueAtPercentile(90),
        copy.getValueAtPercentile(99),
        upTo);
  }
}
