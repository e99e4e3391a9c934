package org.minusone.console.quarantine;

import java.io.UncheckedIOException;
import java.time.Instant;
import org.minusone.model.Quarantined;
import org.minusone.model.RejectionReason;
import org.minusone.model.codec.RejectedRecord;

/**
 * One entry without its payload.
 *
 * @param reason its id; {@code unreadable} where the entry itself cannot be read
 * @param count how many readings it stands for
 * @param bytes size of the whole payload
 * @param retryOf the offset of the entry that was tried again and refused again; null the first
 *     time
 */
public record Item(
    long offset,
    Instant at,
    String site,
    String topic,
    String client,
    String reason,
    String detail,
    int count,
    int bytes,
    String sha256,
    Long retryOf) {
  static final String UNREADABLE = "unreadable";

  static Item of(long offset, Quarantined entry) {
    return new Item(
        offset,
        entry.at(),
        entry.site(),
        entry.topic(),
        entry.client(),
        entry.reason().id(),
        entry.detail(),
        entry.count(),
        entry.size(),
        entry.sha256(),
        entry.retryOf());
  }

  /** Something was rejected, but what cannot be told. */
  static Item unreadable(long offset, Instant at, String topic) {
    String detail = "the entry itself cannot be read";
    return new Item(offset, at, "", topic, null, UNREADABLE, detail, 1, 0, null, null);
  }

  /** The entry of a record; null of an outcome. */
  static Item read(RejectedLog.Raw raw) {
    try {
      RejectedRecord read = RejectedRecord.read(raw.value());
      return read.entry() == null ? null : of(raw.offset(), read.entry());
    } catch (UncheckedIOException | NullPointerException e) {
      return unreadable(raw.offset(), Instant.EPOCH, "");
    }
  }

  /** Whether an entry was refused for a sensor that nobody registered. */
  boolean isOfUnknownSensor() {
    return reason.equals(RejectionReason.UNKNOWN_SENSOR.id());
  }
}
