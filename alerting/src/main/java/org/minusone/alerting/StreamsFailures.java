package org.minusone.alerting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a worker that died: a new one where Kafka was the reason and time may heal it, so
 * many times within ten minutes; else the end, and health says so.
 */
final class StreamsFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsFailures.class);
  private static final Duration WITHIN = Duration.ofMinutes(10);

  private final int allowed;
  private final InstantSource clock;
  private final Deque<Instant> recent = new ArrayDeque<>();
  private volatile String gaveUp;

  StreamsFailures(int allowed, InstantSource clock) {
    this.allowed = allowed;
    this.clock = clock;
  }

  /** Why the workers are gone for good; null while they are not. */
  String gaveUp() {
    return gaveUp;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    Instant now = clock.instant();
    recent.removeIf(at -> at.isBefore(now.minus(WITHIN)));
    recent.add(now);
    if (isRecoverable(failure) && recent.size() <= allowed) {
      LOG.warn("worker died, replacing it ({} of {})", recent.size(), allowed, failure);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    gaveUp = String.valueOf(failure);
    LOG.error("worker died, alerting gives up", failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Kafka's own trouble, but not what would be the same next time. */
  static boolean isRecoverable(Throwable failure) {
    boolean kafka = false;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof AuthenticationException
          || t instanceof AuthorizationException
          || t instanceof ConfigException
          || t instanceof SerializationException
          || t instanceof RecordTooLargeException) {
        return false;
      }
      boolean ours =
          (t instanceof RuntimeException && !(t instanceof KafkaException)) || t instanceof Error;
      if (ours) {
        return false;
      }
      kafka |= t instanceof KafkaException;
    }
    return kafka;
  }
}
