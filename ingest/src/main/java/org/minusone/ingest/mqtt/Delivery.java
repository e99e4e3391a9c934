package org.minusone.ingest.mqtt;

/** A message that waits to be acknowledged. */
public interface Delivery {
  String topic();

  byte[] payload();

  /**
   * Who published it, as the broker says: a gateway's {@code site/gateway}, else a client id. Null
   * where the broker does not say, or is not trusted to.
   */
  default String client() {
    return null;
  }

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
