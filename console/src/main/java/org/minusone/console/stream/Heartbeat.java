package org.minusone.console.stream;

import java.time.Instant;
import java.util.Map;
import org.minusone.console.feed.SensorState;
import org.minusone.model.port.Sums;

/**
 * What a page needs each five seconds to know that it is not stale.
 *
 * @param siteNow of a run its newest event time, else {@code now}
 * @param differences what the sums lack, by part; 0 where they are equal
 */
public record Heartbeat(
    Instant now,
    Instant siteNow,
    int reporting,
    int sensors,
    Sums sums,
    Map<String, Long> differences,
    Map<SensorState, Integer> states) {}
