package org.minusone.simulator.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.minusone.model.SiteId;

/**
 * What became of a replay.
 *
 * @param rows in the file, header and empty lines aside; {@code rows = read + outside + sum of
 *     skipped}
 * @param read rows inside the time asked for that are readings: what is published
 * @param outside rows outside the time asked for
 * @param published readings handed to the broker
 * @param acked readings the broker acknowledged
 * @param sensors how many different ones
 * @param first recorded time of the first reading published; null if there was none
 * @param last recorded time of the last; null if there was none
 * @param took by the wall clock
 * @param skipped rows that are no reading, by reason
 * @param examples the first of those, with line and detail
 */
public record ReplayResult(
    SiteId run,
    long rows,
    long read,
    long outside,
    long published,
    long acked,
    int sensors,
    Instant first,
    Instant last,
    Duration took,
    Map<String, Long> skipped,
    List<String> examples) {}
