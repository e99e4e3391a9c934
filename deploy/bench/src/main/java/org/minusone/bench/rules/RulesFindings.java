package org.minusone.bench.rules;

import java.time.Instant;

/**
 * What was found.
 *
 * @param perSecond readings/s of one Streams thread
 * @param cpuMicros CPU of the process for each reading
 * @param perCoreSecond readings for each second of CPU
 * @param stateBytes a sensor, as in the changelog
 * @param restoreS from start until all state was back
 */
record RulesFindings(
    Instant at,
    String machine,
    double loadBefore,
    double loadAfter,
    int sensors,
    int readings,
    Pace bare,
    Pace rules,
    double stateBytes,
    double restoreS,
    int restored) {
  record Pace(double perSecond, double cpuMicros, double perCoreSecond) {}
}
