package org.minusone.console.feed;

import java.time.Instant;
import org.minusone.model.Reading;

/**
 * Brings what the console follows. Delivers on threads of its own: alerts in the order of their
 * topic, beginning with its oldest record.
 */
public interface Feeds extends AutoCloseable {
  void start(Sink sink) throws Exception;

  /** How they are now; cheap. */
  Health health();

  @Override
  void close();

  /** Takes what they bring; does not block, does not throw. */
  interface Sink {
    void alert(int partition, long offset, byte[] json);

    /** What was on the alerts topic at the start has been brought. */
    void alertsCaughtUp();

    void reading(Reading reading);

    /** A record of the topic {@code rejected}: its offset on the one partition, and its time. */
    void rejected(long offset, Instant at, String key, byte[] json);

    /** A record of the topic {@code deliveries}; null = it is forgotten. */
    void delivery(String id, byte[] json);
  }

  /**
   * @param alive false once a thread of theirs died
   * @param alertLag records of {@code alerts} not yet brought
   */
  record Health(boolean alive, boolean connected, boolean caughtUp, long alertLag) {}
}
