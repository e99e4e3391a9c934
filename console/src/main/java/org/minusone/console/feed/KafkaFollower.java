package org.minusone.console.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of some topics on a thread of its own, without a group: every console sees
 * everything. Says when it has read what was there at its start.
 */
final class KafkaFollower {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaFollower.class);
  private static final Duration POLL = Duration.ofMillis(250);

  /** Where to begin, and what to do with each record. */
  interface Task {
    void seek(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions);

    void apply(ConsumerRecord<byte[], byte[]> kafkaRecord);

    void caughtUp();
  }

  private final String name;
  private final List<String> topics;
  private final Task task;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean dead;
  private volatile boolean connected;
  private volatile boolean caughtUp;
  private volatile long lag;

  /**
   * @param reset where to go on when its offsets are gone: {@code earliest} or {@code latest}
   */
  KafkaFollower(
      String name, Map<String, Object> kafka, List<String> topics, String reset, Task task) {
    this.name = name;
    this.topics = topics;
    this.task = task;
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, reset);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "console-" + name);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.thread = new Thread(this::follow, "console-" + name);
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isAlive() {
    return !dead;
  }

  boolean isConnected() {
    return connected;
  }

  boolean isCaughtUp() {
    return caughtUp;
  }

  long lag() {
    return lag;
  }

  private void follow() {
    try (consumer) {
      Begun begun = begin();
      while (!closed) {
        step(begun);
      }
    } catch (WakeupException e) {
      // By close(); else the thread is dead, as below.
    } catch (RuntimeException e) {
      LOG.error("{} stopped: the console no longer follows {}", name, topics, e);
    } finally {
      dead = !closed;
      connected = false;
    }
  }

  /**
   * @param ends where each partition ended when we began
   */
  private record Begun(List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {}

  /** Waits for the topics and for Kafka as long as it takes. */
  private Begun begin() {
    while (!closed) {
      try {
        List<TopicPartition> partitions = partitions();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        task.seek(consumer, partitions);
        return new Begun(partitions, ends);
      } catch (RetriableException e) {
        LOG.warn("{} cannot begin yet, and tries again: {}", name, e.toString());
      }
    }
    return new Begun(List.of(), Map.of());
  }

  private void step(Begun begun) {
    try {
      if (!caughtUp && isAtEnd(begun)) {
        caughtUp = true;
        task.caughtUp();
      }
      for (ConsumerRecord<byte[], byte[]> kafkaRecord : consumer.poll(POLL)) {
        applyOne(kafkaRecord);
      }
    } catch (AuthenticationException | AuthorizationException e) {
      throw e;
    } catch (RetriableException e) {
      LOG.warn("{} could not read, and tries again: {}", name, e.toString());
    }
    connected = isTalking();
    lag =
        begun.partitions().stream()
            .map(consumer::currentLag)
            .mapToLong(KafkaFollower::orZero)
            .sum();
  }

  private boolean isAtEnd(Begun begun) {
    return begun.ends().entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static long orZero(OptionalLong lag) {
    return lag.orElse(0);
  }

  private void applyOne(ConsumerRecord<byte[], byte[]> kafkaRecord) {
    try {
      task.apply(kafkaRecord);
    } catch (RuntimeException e) {
      LOG.error(
          "{}, partition {}, offset {} cannot be read and is passed over",
          kafkaRecord.topic(),
          kafkaRecord.partition(),
          kafkaRecord.offset(),
          e);
    }
  }

  /** The client reconnects without a word; its own metric is where it shows. */
  private boolean isTalking() {
    return consumer.metrics().entrySet().stream()
        .filter(e -> e.getKey().name().equals("connection-count"))
        .anyMatch(e -> e.getValue().metricValue() instanceof Number n && n.doubleValue() > 0);
  }

  /**
   * @throws UnknownTopicOrPartitionException while one of the topics is not there
   */
  private List<TopicPartition> partitions() {
    List<TopicPartition> found = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> infos = consumer.partitionsFor(topic, Duration.ofSeconds(5));
      if (infos == null || infos.isEmpty()) {
        throw new UnknownTopicOrPartitionException("there is no topic " + topic + " yet");
      }
      infos.forEach(info -> found.add(new TopicPartition(topic, info.partition())));
    }
    return found;
  }

  void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
