package org.minusone.ingest.kafka;

/**
 * The message that something became of.
 *
 * @param arrivalMs when it arrived the first time, epoch milliseconds
 * @param client who published it; null where the broker does not say
 * @param retryOf the offset of the entry that is tried again; null the first time
 */
public record Origin(String topic, byte[] payload, long arrivalMs, String client, Long retryOf) {}
