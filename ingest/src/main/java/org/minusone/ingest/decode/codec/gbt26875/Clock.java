package org.minusone.ingest.decode.codec.gbt26875;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.minusone.ingest.decode.codec.Entries;

/** Time tags: second, minute, hour, day, month, year − 2000, a byte each, by the local clock. */
record Clock(ZoneId zone) {
  static final int BYTES = 6;

  /**
   * The standard came into force in 2011. A clock that was never set stands at the beginning of
   * 2000 (D: nothing earlier is taken for a time).
   */
  private static final int FIRST_YEAR = 11;

  /** Epoch milliseconds; {@link Entries#NO_TIME} for what cannot be a time. */
  long read(byte[] bytes, int at) {
    int second = bytes[at] & 0xff;
    int minute = bytes[at + 1] & 0xff;
    int hour = bytes[at + 2] & 0xff;
    int day = bytes[at + 3] & 0xff;
    int month = bytes[at + 4] & 0xff;
    int year = bytes[at + 5] & 0xff;
    if (second > 59 || minute > 59 || hour > 23 || year < FIRST_YEAR || year > 99) {
      return Entries.NO_TIME;
    }
    if (month < 1
        || month > 12
        || day < 1
        || day > YearMonth.of(2000 + year, month).lengthOfMonth()) {
      return Entries.NO_TIME;
    }
    return LocalDateTime.of(2000 + year, month, day, hour, minute, second)
        .atZone(zone)
        .toInstant()
        .toEpochMilli();
  }

  void write(long timeMs, byte[] bytes, int at) {
    ZonedDateTime time = Instant.ofEpochMilli(timeMs).atZone(zone);
    bytes[at] = (byte) time.getSecond();
    bytes[at + 1] = (byte) time.getMinute();
    bytes[at + 2] = (byte) time.getHour();
    bytes[at + 3] = (byte) time.getDayOfMonth();
    bytes[at + 4] = (byte) time.getMonthValue();
    bytes[at + 5] = (byte) Math.floorMod(time.getYear(), 100);
  }
}
