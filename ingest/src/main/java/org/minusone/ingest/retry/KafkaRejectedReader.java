package org.minusone.ingest.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** Over a consumer that is assigned to the topic's one partition. One thread. */
final class KafkaRejectedReader implements RejectedReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final BooleanSupplier closed;

  KafkaRejectedReader(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, BooleanSupplier closed) {
    this.consumer = consumer;
    this.partition = partition;
    this.closed = closed;
  }

  @Override
  public void read(long from, long to, Visitor visitor) throws InterruptedException {
    long begin = patiently(() -> consumer.beginningOffsets(List.of(partition)).get(partition));
    long until = Math.min(to, end());
    long next = Math.max(from, begin);
    if (next >= until) {
      return;
    }
    consumer.seek(partition, next);
    while (next < until && !closed.getAsBoolean()) {
      for (ConsumerRecord<byte[], byte[]> one : consumer.poll(POLL)) {
        if (one.offset() < until && one.value() != null) {
          visitor.entry(one.offset(), one.value());
        }
      }
      next = patiently(() -> consumer.position(partition));
    }
  }

  @Override
  public long firstAt(Instant time) throws InterruptedException {
    OffsetAndTimestamp found =
        patiently(
            () -> consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition));
    return found == null ? end() : found.offset();
  }

  @Override
  public long end() throws InterruptedException {
    Long end = patiently(() -> consumer.endOffsets(List.of(partition)).get(partition));
    return end == null ? 0 : end;
  }

  /** Asks until Kafka answers. */
  private <T> T patiently(Supplier<T> question) throws InterruptedException {
    while (true) {
      try {
        return question.get();
      } catch (RetriableException e) {
        if (closed.getAsBoolean()) {
          throw (InterruptedException) new InterruptedException("ingest ends").initCause(e);
        }
        Thread.sleep(POLL.toMillis());
      }
    }
  }
}
