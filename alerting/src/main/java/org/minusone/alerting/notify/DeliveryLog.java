package org.minusone.alerting.notify;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.minusone.model.codec.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code deliveries}, followed all the time by every instance, on a thread of its own:
 * who takes a partition over has what it must know already, and loses no second to read it.
 */
final class DeliveryLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLog.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String topic;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<Integer, Map<String, Delivery>> last = new HashMap<>();
  private final Map<Integer, Long> positions = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile RuntimeException failure;

  DeliveryLog(Map<String, Object> kafka, String topic) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.topic = topic;
    this.consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    this.thread = new Thread(this::follow, "notify-log");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void follow() {
    try {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      while (!closed) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          take(record);
        }
        for (TopicPartition p : all) {
          positions.put(p.partition(), consumer.position(p));
        }
      }
    } catch (WakeupException e) {
      LOG.debug("closing");
    } catch (RuntimeException e) {
      failure = e;
      LOG.error("{} cannot be followed any more", topic, e);
    } finally {
      consumer.close();
    }
  }

  private synchronized void take(ConsumerRecord<String, byte[]> record) {
    Map<String, Delivery> all =
        last.computeIfAbsent(record.partition(), p -> new LinkedHashMap<>());
    if (record.value() == null) {
      all.remove(record.key());
      return;
    }
    try {
      all.put(record.key(), Json.read(record.value(), Delivery.class));
    } catch (UncheckedIOException e) {
      LOG.warn("skipped {}-{}: not a delivery", topic, record.offset(), e);
    }
  }

  /**
   * The last of each delivery of a partition.
   *
   * @param end offset up to which it must have been read
   * @throws IllegalStateException where that takes longer than {@code patience}
   */
  Collection<Delivery> upTo(int partition, long end, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    while (positions.getOrDefault(partition, 0L) < end) {
      if (failure != null || System.nanoTime() > until) {
        throw new IllegalStateException("cannot read " + topic + " to " + end, failure);
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    synchronized (this) {
      return List.copyOf(last.getOrDefault(partition, Map.of()).values());
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
