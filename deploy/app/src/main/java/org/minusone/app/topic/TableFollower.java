package org.minusone.app.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a one-partition compacted topic from its beginning and goes on following it, on a thread of
 * its own. Each record goes to {@code apply}; a null value deletes.
 */
public final class TableFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TableFollower.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final TopicPartition partition;
  private final KafkaConsumer<String, byte[]> consumer;
  private final BiConsumer<String, byte[]> apply;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closed;

  public TableFollower(Map<String, Object> kafka, String topic, BiConsumer<String, byte[]> apply) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
    this.partition = new TopicPartition(topic, 0);
    this.consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    this.apply = apply;
    this.thread = new Thread(this::follow, "follow-" + topic);
    this.thread.setDaemon(true);
  }

  /** Starts, and waits until everything that was there at the start has been applied. */
  public void start(Duration patience) throws InterruptedException {
    thread.start();
    if (!caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "could not read " + partition.topic() + " within " + patience.toSeconds() + " s");
    }
  }

  private void follow() {
    try {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (!closed) {
        if (caughtUp.getCount() > 0 && consumer.position(partition) >= end) {
          caughtUp.countDown();
        }
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          applyOne(record);
        }
      }
    } catch (WakeupException e) {
      if (!closed) {
        throw e;
      }
    } finally {
      consumer.close();
    }
  }

  private void applyOne(ConsumerRecord<String, byte[]> record) {
    try {
      apply.accept(record.key(), record.value());
    } catch (RuntimeException e) {
      LOG.error(
          "{} has a record that cannot be read, key {}, offset {}",
          partition.topic(),
          record.key(),
          record.offset(),
          e);
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
