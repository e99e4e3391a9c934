package org.minusone.alerting.notify;

/**
 * A channel: says a message to one receiver. Called from a thread of its own, never twice at once.
 * Failing is an {@link Outcome}, not an exception; within about ten seconds either way.
 */
public interface Notifier extends AutoCloseable {
  Outcome send(Message message);

  /** Whether it can tell several events in one message; else each is told by itself, always. */
  default boolean summarises() {
    return true;
  }

  @Override
  default void close() {}
}
