package org.minusone.rules;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream thread that died is replaced, for what killed it is most often Kafka being away for a
 * while; one that keeps dying is a fault of ours or of the data, and hiding it would be worse than
 * standing still in the open.
 */
final class ThreadDeaths implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadDeaths.class);
  private static final int TOO_MANY = 5;
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Deque<Long> deaths = new ArrayDeque<>();
  private volatile boolean gaveUp;

  ThreadDeaths(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable death) {
    long now = clock.millis();
    deaths.addLast(now);
    while (deaths.peekFirst() < now - WITHIN.toMillis()) {
      deaths.removeFirst();
    }
    if (death instanceof Error || deaths.size() >= TOO_MANY) {
      LOG.error("The rules stand still: a stream thread died {} times", deaths.size(), death);
      gaveUp = true;
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.error("A stream thread died and is replaced", death);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  boolean gaveUp() {
    return gaveUp;
  }
}
