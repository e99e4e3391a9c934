package org.minusone.app.command;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic of one partition as it is now, to its end, in the order in which it was kept. */
final class TopicRecords {
  /** As long as nothing comes although the end is not reached. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private long records;

  /** Takes one value after the other. */
  interface Taker {
    void take(byte[] value) throws IOException;
  }

  /** How many were taken. */
  long records() {
    return records;
  }

  /**
   * @param from earliest time of a record, null = all that is kept
   * @param to time of a record, exclusive; null = to the end
   */
  void read(LiveSites.Kafka kafka, String topic, Instant from, Instant to, Taker taker)
      throws Exception {
    LiveSites.requireTopic(kafka.properties(), topic);
    Map<String, Object> settings = new HashMap<>(kafka.properties());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      seek(consumer, partition, from);
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (consumer.position(partition) < end) {
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(500))) {
          any = true;
          boolean wanted =
              (from == null || one.timestamp() >= from.toEpochMilli())
                  && (to == null || one.timestamp() < to.toEpochMilli());
          if (wanted && one.offset() < end && one.value() != null) {
            taker.take(one.value());
            records++;
          }
        }
        if (any) {
          until = System.nanoTime() + PATIENCE.toNanos();
        } else if (System.nanoTime() > until) {
          throw Problem.failed(
              "Kafka gives no more of %s, and its end is not reached".formatted(topic));
        }
      }
    }
  }

  private static void seek(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Instant from) {
    consumer.seekToBeginning(List.of(partition));
    if (from != null) {
      OffsetAndTimestamp found =
          consumer.offsetsForTimes(Map.of(partition, from.toEpochMilli())).get(partition);
      if (found == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, found.offset());
      }
    }
  }
}
