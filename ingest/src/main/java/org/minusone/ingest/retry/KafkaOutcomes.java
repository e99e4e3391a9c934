package org.minusone.ingest.retry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.minusone.model.Retried;
import org.minusone.model.codec.Json;

/** Onto the topic {@code rejected}, each after what it tells of. One thread. */
final class KafkaOutcomes implements Outcomes {
  private static final byte[] KEY = Retried.KIND.getBytes(StandardCharsets.UTF_8);
  private static final int MOST_PENDING = 500;
  private static final long LOOK_MS = 200;

  private record Pending(Retried outcome, Future<RecordMetadata> sent) {}

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final BooleanSupplier closed;
  private final Deque<Pending> pending = new ArrayDeque<>();

  KafkaOutcomes(Producer<byte[], byte[]> producer, String topic, BooleanSupplier closed) {
    this.producer = producer;
    this.topic = topic;
    this.closed = closed;
  }

  @Override
  public void write(Retried outcome) throws InterruptedException {
    pending.addLast(new Pending(outcome, send(outcome)));
    while (pending.size() > MOST_PENDING) {
      await(pending.removeFirst());
    }
  }

  @Override
  public void flush() throws InterruptedException {
    while (!pending.isEmpty()) {
      await(pending.removeFirst());
    }
  }

  /** Its record's time is its own, unlike an entry's: by it a retry read again finds it. */
  private Future<RecordMetadata> send(Retried outcome) {
    return producer.send(
        new ProducerRecord<>(topic, null, outcome.at().toEpochMilli(), KEY, Json.bytes(outcome)));
  }

  private void await(Pending one) throws InterruptedException {
    Pending trying = one;
    while (!closed.getAsBoolean()) {
      try {
        trying.sent().get(LOOK_MS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        // Kafka takes its time; closing is looked at again.
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof org.apache.kafka.common.errors.RetriableException)) {
          throw new IllegalStateException("Kafka refuses outcomes of retries", e.getCause());
        }
        trying = new Pending(one.outcome(), send(one.outcome()));
      }
    }
  }
}
