package org.minusone.bench.ingest;

import java.time.Instant;
import java.util.List;

/**
 * What was found.
 *
 * @param at when it ended
 * @param bursts each kind's medians
 * @param flat null if it was not measured
 */
record IngestFindings(
    Instant at,
    String machine,
    double loadBefore,
    double loadAfter,
    IngestPlan plan,
    List<Burst> bursts,
    List<Steady> steady,
    List<Writing> writing,
    Flat flat) {
  /** Ingest may use so many times the CPU of a bare subscriber. */
  static final double MOST_RATIO = 1.5;

  /**
   * A burst as fast as the broker takes it; medians over the rounds.
   *
   * @param readingsPerSecond from the first publish until Kafka had acknowledged the last
   * @param cpuMicros of ingest's process for each message
   * @param barePerSecond messages/s at the bare subscriber
   * @param bareMicros of the bare subscriber's process for each message
   */
  record Burst(
      int sessions,
      int aMessage,
      double readingsPerSecond,
      double messagesPerSecond,
      double cpuMicros,
      double barePerSecond,
      double bareMicros) {
    double ratio() {
      return cpuMicros / bareMicros;
    }
  }

  /**
   * A steady load, one reading a message, one session.
   *
   * @param behindMs how far publishing fell behind its schedule at most
   */
  record Steady(
      int perSecond,
      double p50Ms,
      double p90Ms,
      double p99Ms,
      double maxMs,
      int missing,
      double behindMs,
      double cpuMicros,
      double bareMicros) {}

  /** Points/s and CPU a point of a writer. */
  record Writing(String writer, double perSecond, double cpuMicros) {}

  /**
   * Kafka stopped under load.
   *
   * @param firstMb heap in use after a collection, soon after Kafka stopped
   * @param mostMb the most of all samples
   * @param lastMb the last
   * @param publishedMeanwhile messages that the broker took and kept
   * @param lost of all messages, once Kafka was back and all was worked off
   * @param resumedS from Kafka's start until the first acknowledgement
   */
  record Flat(
      int seconds,
      double firstMb,
      double mostMb,
      double lastMb,
      long publishedMeanwhile,
      long lost,
      double resumedS) {}

  boolean targetsMet() {
    boolean cheap = bursts.stream().allMatch(b -> b.aMessage() > 1 || b.ratio() <= MOST_RATIO);
    boolean none = steady.stream().allMatch(s -> s.missing() == 0);
    return cheap
        && none
        && (flat == null || flat.lost() == 0 && flat.mostMb() < flat.firstMb() + 16);
  }
}
