package org.minusone.console.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.minusone.console.quarantine.Rejections;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.model.codec.Topics;

/**
 * The feeds as they come from Kafka. Each has a thread of its own, so that no load of readings and
 * no long past of rejections delays an alert.
 */
public final class KafkaFeeds implements Feeds {
  /** What the series may not have yet when the console starts and asks it for the latest values. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final InstantSource clock;
  private volatile KafkaFollower alerts;
  private volatile KafkaFollower readings;
  private volatile KafkaFollower rejected;
  private volatile KafkaFollower deliveries;

  public KafkaFeeds(Map<String, Object> kafka, Topics topics, InstantSource clock) {
    this.kafka = Map.copyOf(kafka);
    this.topics = topics;
    this.clock = clock;
  }

  @Override
  public void start(Sink sink) {
    alerts =
        new KafkaFollower(
            "alerts", kafka, List.of(topics.alerts()), "earliest", new AlertTask(sink));
    readings =
        new KafkaFollower(
            "readings", kafka, List.of(topics.readings()), "latest", new ReadingTask(sink));
    rejected =
        new KafkaFollower(
            "rejected", kafka, List.of(topics.rejected()), "earliest", new RejectedTask(sink));
    deliveries =
        new KafkaFollower(
            "deliveries", kafka, List.of(topics.deliveries()), "earliest", new DeliveryTask(sink));
    alerts.start();
    readings.start();
    deliveries.start();
    rejected.start();
  }

  @Override
  public Health health() {
    if (rejected == null) {
      return new Health(true, false, false, 0);
    }
    return new Health(
        alerts.isAlive() && readings.isAlive() && rejected.isAlive() && deliveries.isAlive(),
        alerts.isConnected() && readings.isConnected() && rejected.isConnected(),
        alerts.isCaughtUp(),
        alerts.lag());
  }

  @Override
  public void close() {
    if (rejected != null) {
      alerts.close();
      readings.close();
      deliveries.close();
      rejected.close();
    }
  }

  private record AlertTask(Sink sink) implements KafkaFollower.Task {
    @Override
    public void seek(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
      consumer.seekToBeginning(partitions);
    }

    @Override
    public void apply(ConsumerRecord<byte[], byte[]> kafkaRecord) {
      if (kafkaRecord.value() != null) {
        sink.alert(kafkaRecord.partition(), kafkaRecord.offset(), kafkaRecord.value());
      }
    }

    @Override
    public void caughtUp() {
      sink.alertsCaughtUp();
    }
  }

  private record DeliveryTask(Sink sink) implements KafkaFollower.Task {
    @Override
    public void seek(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
      consumer.seekToBeginning(partitions);
    }

    @Override
    public void apply(ConsumerRecord<byte[], byte[]> kafkaRecord) {
      if (kafkaRecord.key() != null) {
        sink.delivery(new String(kafkaRecord.key(), StandardCharsets.UTF_8), kafkaRecord.value());
      }
    }

    @Override
    public void caughtUp() {}
  }

  private final class ReadingTask implements KafkaFollower.Task {
    private final Sink sink;

    ReadingTask(Sink sink) {
      this.sink = sink;
    }

    @Override
    public void seek(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> since = new HashMap<>();
      long overlap = clock.instant().minus(OVERLAP).toEpochMilli();
      partitions.forEach(partition -> since.put(partition, overlap));
      for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
          consumer.offsetsForTimes(since).entrySet()) {
        long offset =
            found.getValue() == null ? ends.get(found.getKey()) : found.getValue().offset();
        consumer.seek(found.getKey(), offset);
      }
    }

    @Override
    public void apply(ConsumerRecord<byte[], byte[]> kafkaRecord) {
      if (kafkaRecord.value() != null) {
        sink.reading(ReadingSerde.read(kafkaRecord.value()));
      }
    }

    @Override
    public void caughtUp() {}
  }

  private record RejectedTask(Sink sink) implements KafkaFollower.Task {
    @Override
    public void seek(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      consumer
          .endOffsets(partitions)
          .forEach(
              (partition, end) ->
                  consumer.seek(
                      partition, Math.max(begins.get(partition), end - Rejections.INDEXED)));
    }

    @Override
    public void apply(ConsumerRecord<byte[], byte[]> kafkaRecord) {
      byte[] key = kafkaRecord.key();
      if (kafkaRecord.value() != null && kafkaRecord.partition() == 0) {
        sink.rejected(
            kafkaRecord.offset(),
            Instant.ofEpochMilli(kafkaRecord.timestamp()),
            key == null ? "" : new String(key, StandardCharsets.UTF_8),
            kafkaRecord.value());
      }
    }

    @Override
    public void caughtUp() {}
  }
}
