package org.minusone.ingest.mqtt;

/** A message that waits to be acknowledged. */
public interface Delivery {
  String topic();

  byte[] payload();

  /** When it arrived, epoch milliseconds. */
  long arrivalMs();

  /**
   * Whether the connection it came on is still open. If not, the broker delivers it again, and what
   * was not begun need not be.
   */
  boolean isCurrent();

  /** Kafka has all of it. Returns at once, on any thread; to be called once. */
  void done();

  /** Nothing was done with it and nothing will be: to be called instead of {@link #done}. */
  void drop();
}
