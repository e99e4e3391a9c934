package org.minusone.console.quarantine;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** The topic {@code rejected} by offset, for what memory no longer holds. */
public interface RejectedLog extends AutoCloseable {
  /**
   * What is kept.
   *
   * @param begin the oldest offset
   * @param end one past the newest
   */
  record Range(long begin, long end) {}

  /** A record as it stands there. */
  record Raw(long offset, byte[] value) {}

  /**
   * @throws IOException when Kafka does not answer in time
   */
  Range range() throws IOException;

  /**
   * The records at {@code from} and after, before {@code to}, in order. Offsets that retention took
   * are missing.
   *
   * @throws IOException when Kafka does not answer in time
   */
  List<Raw> read(long from, long to) throws IOException;

  /**
   * The first offset that arrived at {@code time} or later; the end where none did.
   *
   * @throws IOException when Kafka does not answer in time
   */
  long firstAt(Instant time) throws IOException;

  @Override
  void close();
}
