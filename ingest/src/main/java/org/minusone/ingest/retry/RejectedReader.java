package org.minusone.ingest.retry;

import java.time.Instant;

/** The topic {@code rejected}, by offset. Waits for Kafka; ends early once closed. */
interface RejectedReader {
  interface Visitor {
    void entry(long offset, byte[] value) throws InterruptedException;
  }

  /** Shows what is kept from {@code from} on, before {@code to}, in order. */
  void read(long from, long to, Visitor visitor) throws InterruptedException;

  /** The first offset that was written at {@code time} or later; the end where none was. */
  long firstAt(Instant time) throws InterruptedException;

  /** One past the newest. */
  long end() throws InterruptedException;
}
