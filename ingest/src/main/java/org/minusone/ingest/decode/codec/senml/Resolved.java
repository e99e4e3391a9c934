package org.minusone.ingest.decode.codec.senml;

/**
 * A record with its base values applied (RFC 8428 §4.6).
 *
 * @param place for a person: {@code record 3}
 * @param name base name and name
 * @param unit null without one
 * @param timeMs epoch milliseconds, or {@code Entries.NO_TIME} where neither it nor its base says
 * @param word its value if that is text or a flag; null otherwise
 * @param neither how its value stands there if it is neither number nor word; null otherwise
 * @param number its value, or its sum
 * @param sum whether the number is a sum over time, in its unit times seconds
 */
record Resolved(
    String place,
    String name,
    String unit,
    long timeMs,
    String word,
    String neither,
    double number,
    boolean sum) {}
