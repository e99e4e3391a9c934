package org.minusone.bench.ingest;

import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds of each burst
 * @param messages a burst
 * @param warmUp messages before the first round
 * @param rates of the steady loads, messages/s
 * @param steadyS seconds of each
 * @param points written by series; the first third is for warming up
 * @param awayS seconds for which Kafka is stopped
 * @param awayRate messages/s meanwhile
 */
record IngestPlan(
    int rounds,
    int messages,
    int warmUp,
    List<Integer> rates,
    double steadyS,
    int points,
    int awayS,
    int awayRate) {
  static final IngestPlan FULL =
      new IngestPlan(3, 100_000, 400_000, List.of(1_000, 4_000, 8_000), 20, 900_000, 300, 500);
  static final IngestPlan QUICK =
      new IngestPlan(1, 40_000, 60_000, List.of(1_000, 4_000), 8, 300_000, 30, 500);

  /** Null leaves what it is. */
  IngestPlan with(Integer burst, Integer before) {
    return new IngestPlan(
        rounds,
        burst == null ? messages : burst,
        before == null ? warmUp : before,
        rates,
        steadyS,
        points,
        awayS,
        awayRate);
  }
}
