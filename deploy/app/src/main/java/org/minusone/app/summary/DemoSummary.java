package org.minusone.app.summary;

import java.util.List;
import org.minusone.model.port.Sums;

/**
 * The last words of {@code demo --for} (CONTRACTS §5).
 *
 * @param readyS seconds from the start of the process to ready
 * @param latencyMs MQTT arrival → alert on its topic; null under 20 alerts
 * @param rssMb resident memory of this process; null where the system does not tell
 */
public record DemoSummary(
    double readyS,
    Sums readings,
    boolean sumsEqual,
    AlertTally.Counts alerts,
    List<Foreseen> foreseen,
    Latency latencyMs,
    Long rssMb) {

  /** Milliseconds. */
  public record Latency(double p50, double p90, double p99) {}
}
