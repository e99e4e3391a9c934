package org.minusone.app.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.minusone.model.Reading;
import org.minusone.model.SiteId;
import org.minusone.model.codec.ReadingSerde;

/**
 * The topic {@code readings} as it is now, to its end: with duplicates, late readings and true
 * arrivals, so that a backtest of it sees what the live rules saw.
 */
final class TopicReadings {
  /** As long as nothing comes although the end is not reached. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private long bad;

  /** How many records were no readings. */
  long bad() {
    return bad;
  }

  /**
   * @param from earliest event time, null = all that is kept
   * @param to event time, exclusive; null = to the end
   * @return of each sensor in the order of the topic
   */
  List<Reading> read(LiveSites.Kafka kafka, SiteId site, Instant from, Instant to)
      throws Exception {
    LiveSites.requireTopic(kafka.properties(), kafka.topics().readings());
    Map<String, Object> settings = new HashMap<>(kafka.properties());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    List<Reading> readings = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(kafka.topics().readings()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      seek(consumer, partitions, from);
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (!isAt(consumer, ends)) {
        int before = readings.size();
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          any = true;
          if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
            take(record.value(), site, from, to, readings);
          }
        }
        if (any || readings.size() > before) {
          until = System.nanoTime() + PATIENCE.toNanos();
        } else if (System.nanoTime() > until) {
          throw Problem.failed(
              "Kafka gives no more of %s, and its end is not reached"
                  .formatted(kafka.topics().readings()));
        }
      }
    }
    // A sensor is in one partition: a stable sort by arrival leaves its own order as it was.
    readings.sort(Comparator.comparingLong(Reading::arrivalMs));
    return readings;
  }

  /** A record's time is its arrival, and nothing arrives before it was measured. */
  private static void seek(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Instant from) {
    consumer.seekToBeginning(partitions);
    if (from == null) {
      return;
    }
    Map<TopicPartition, Long> wanted = new HashMap<>();
    // A stamp may be up to a minute ahead of its arrival (CONTRACTS §2.1).
    partitions.forEach(p -> wanted.put(p, Math.max(0, from.toEpochMilli() - 60_000)));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = found.get(partition);
      if (offset == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
  }

  private static boolean isAt(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }

  private void take(byte[] value, SiteId site, Instant from, Instant to, List<Reading> readings) {
    Reading reading;
    try {
      reading = ReadingSerde.read(value);
    } catch (RuntimeException e) {
      bad++;
      return;
    }
    if (reading.site().equals(site)
        && (from == null || reading.timeMs() >= from.toEpochMilli())
        && (to == null || reading.timeMs() < to.toEpochMilli())) {
      readings.add(reading);
    }
  }
}
