package org.minusone.ingest.decode.codec;

/**
 * A message as a codec gets it.
 *
 * @param sensor the id its topic names; null on a gateway's topic and on one of another tree
 * @param gateway the id its topic names; null otherwise
 * @param payload at most 256 KiB; not to be changed
 * @param arrivalMs epoch milliseconds: the <i>now</i> of times relative to it
 */
public record Envelope(
    String topic, String sensor, String gateway, byte[] payload, long arrivalMs) {}
