package org.minusone.ingest.decode.codec.sparkplug;

import org.minusone.ingest.decode.codec.Entries;

/**
 * A metric as it stands in a payload.
 *
 * @param place for a detail: {@code metric 3}
 * @param name null where only the alias says which
 * @param alias an unsigned number; null without one
 * @param timeMs when it was measured, or {@link Entries#NO_TIME}
 * @param datatype of {@link Value}; 0 where the message does not say
 * @param unit null where the message says none
 * @param quality 192 is good; null where the message says none, which is good, too
 */
record Metric(
    String place,
    String name,
    Long alias,
    long timeMs,
    int datatype,
    boolean historical,
    String unit,
    Integer quality,
    Value value) {}
