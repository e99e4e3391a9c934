package org.minusone.model;

import java.time.Instant;
import java.util.Base64;

/**
 * One entry of the topic {@code rejected}: what was refused, why, and the bytes themselves, so that
 * a retry after a mended codec can ingest them with their original time.
 *
 * @param at when it arrived
 * @param site the site or run it was meant for; empty where the topic names none that is known
 * @param client who published it; null where the broker does not say
 * @param detail what exactly, for a person
 * @param count how many readings it stands for in the sums of CONTRACTS §6: 1, or more where many
 *     of one message were refused alike
 * @param size of the whole payload in bytes
 * @param sha256 of the whole payload, in hex
 * @param bytes the payload in base64, whole up to 256 KiB, else its first 64; null where another
 *     entry of the same message (same {@code sha256}) carries it
 * @param retryOf the offset of the entry that was tried again and refused again; null the first
 *     time
 */
public record Quarantined(
    Instant at,
    String site,
    String topic,
    String client,
    RejectionReason reason,
    String detail,
    int count,
    int size,
    String sha256,
    String bytes,
    Long retryOf) {

  /** The payload, or its beginning; empty where another entry carries it. */
  public byte[] payload() {
    return bytes == null ? new byte[0] : Base64.getDecoder().decode(bytes);
  }
}
