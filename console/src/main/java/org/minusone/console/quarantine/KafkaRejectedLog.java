package org.minusone.console.quarantine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.minusone.model.codec.Topics;

/** Reads where it is asked to, one request at a time; connects at the first. */
public final class KafkaRejectedLog implements RejectedLog {
  private static final int PATIENCE_MS = 5_000;
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> settings;
  private final TopicPartition partition;
  private KafkaConsumer<byte[], byte[]> consumer;
  private boolean closed;

  public KafkaRejectedLog(Map<String, Object> kafka, Topics topics) {
    // CONTRACTS §3: one partition, so that an offset names an entry.
    this.partition = new TopicPartition(topics.rejected(), 0);
    this.settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "console-quarantine");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
  }

  @Override
  public synchronized Range range() throws IOException {
    try {
      return rangeNow();
    } catch (KafkaException e) {
      throw away(e);
    }
  }

  private Range rangeNow() throws IOException {
    List<TopicPartition> one = List.of(partition);
    return new Range(
        consumer().beginningOffsets(one).get(partition), consumer().endOffsets(one).get(partition));
  }

  @Override
  public synchronized List<Raw> read(long from, long to) throws IOException {
    List<Raw> found = new ArrayList<>();
    try {
      Range range = rangeNow();
      long until = Math.min(to, range.end());
      long next = Math.max(from, range.begin());
      if (next >= until) {
        return found;
      }
      consumer().seek(partition, next);
      long deadline = System.nanoTime() + Duration.ofMillis(PATIENCE_MS).toNanos();
      while (next < until) {
        for (ConsumerRecord<byte[], byte[]> one : consumer().poll(POLL)) {
          if (one.offset() < until && one.value() != null) {
            found.add(new Raw(one.offset(), one.value()));
          }
        }
        long before = next;
        next = consumer().position(partition);
        if (next > before) {
          deadline = System.nanoTime() + Duration.ofMillis(PATIENCE_MS).toNanos();
        } else if (System.nanoTime() > deadline) {
          throw new IOException("Kafka does not answer");
        }
      }
      return found;
    } catch (KafkaException e) {
      throw away(e);
    }
  }

  @Override
  public synchronized long firstAt(Instant time) throws IOException {
    try {
      OffsetAndTimestamp found =
          consumer().offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition);
      return found == null ? rangeNow().end() : found.offset();
    } catch (KafkaException e) {
      throw away(e);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() throws IOException {
    if (closed) {
      throw new IOException("the console is closing");
    }
    if (consumer == null) {
      consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      consumer.assign(List.of(partition));
    }
    return consumer;
  }

  private static IOException away(KafkaException e) {
    return new IOException("Kafka does not answer: " + e.getMessage(), e);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (consumer != null) {
      consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
      consumer = null;
    }
  }
}
