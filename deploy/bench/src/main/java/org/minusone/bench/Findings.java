package org.minusone.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;

/**
 * All that was measured, as {@code --json} prints it.
 *
 * @param first {@code demo} on an empty data directory, without a class archive
 * @param second on that data again
 */
record Findings(
    Instant at,
    Machine machine,
    Plan plan,
    Starts first,
    Starts second,
    Latency latencyMs,
    List<Burst.Figures> bursts) {
  /** Issue 3: ready within 15 s of the second start. */
  static final double READY_S = 15;

  /** Issue 3: resident memory under 1 GiB. */
  static final long RESIDENT_MB = 1024;

  /** Issue 3: publish → alert event on the stream, p99. */
  static final double P99_MS = 100;

  /**
   * @param memoryMb of the whole machine
   * @param loadBefore load average of the last minute; whatever else runs disturbs the figures
   */
  record Machine(int cores, long memoryMb, String java, double loadBefore, double loadAfter) {
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static Machine now(double loadBefore) {
      return new Machine(
          Runtime.getRuntime().availableProcessors(),
          SYSTEM.getTotalMemorySize() >> 20,
          Runtime.version().toString(),
          loadBefore,
          load());
    }

    /** Load average of the last minute; before the bench begins, others' work alone. */
    static double load() {
      return Distribution.round(SYSTEM.getSystemLoadAverage());
    }

    /** Whether others had work for a core or more when it began. */
    @JsonProperty
    boolean disturbed() {
      return loadBefore >= 1;
    }
  }

  /**
   * Starts of one kind.
   *
   * @param archive whether the launcher's class archive was there
   * @param readyS of each start: from starting the launcher until the demo says it is ready
   * @param stopS of each start: from SIGTERM to the end of the process
   * @param residentReadyMb of each start, MiB
   * @param residentIdleMb after the first idle time, of the last start, MiB
   * @param cpuPerMinuteS CPU seconds a minute over the first and the second idle time: in the first
   *     the compiler is still at work
   * @param residentEndMb before it was stopped, of the last start, MiB; of the second start, after
   *     crossings and bursts
   * @param peakMb the most it ever had, of the last start, MiB
   */
  record Starts(
      boolean archive,
      List<Double> readyS,
      List<Double> stopS,
      List<Double> residentReadyMb,
      long residentIdleMb,
      List<Double> cpuPerMinuteS,
      long residentEndMb,
      long peakMb) {
    double medianReadyS() {
      return Distribution.median(readyS, s -> s);
    }
  }

  /**
   * @param whole medians over the rounds, of publish → event on the stream
   */
  record Latency(List<Crossings.Round> rounds, Distribution whole) {
    static Latency of(List<Crossings.Round> rounds) {
      return new Latency(
          rounds, Distribution.median(rounds.stream().map(Crossings.Round::whole).toList()));
    }

    @JsonProperty
    int lost() {
      return rounds.stream().mapToInt(round -> round.lost().size()).sum();
    }
  }

  @JsonProperty
  boolean readyInTime() {
    return second.medianReadyS() <= READY_S;
  }

  @JsonProperty
  boolean smallEnough() {
    return Math.max(first.peakMb, second.peakMb) < RESIDENT_MB;
  }

  @JsonProperty
  boolean fastEnough() {
    return latencyMs.whole().p99() < P99_MS && latencyMs.lost() == 0;
  }

  @JsonProperty
  boolean sumsEqual() {
    return bursts.stream().allMatch(Burst.Figures::equal);
  }

  boolean targetsMet() {
    return readyInTime() && smallEnough() && fastEnough() && sumsEqual();
  }
}
