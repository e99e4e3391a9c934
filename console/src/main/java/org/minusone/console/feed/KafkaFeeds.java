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
import org.minusone.model.codec.ReadingSerde;
import org.minusone.model.codec.Topics;

/**
 * The feeds as they come from Kafka. Alerts have a thread of their own, so that no load of readings
 * delays one.
 */
public final class KafkaFeeds implements Feeds {
  /** What the series may not have yet when the console starts and asks it for the latest values. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final InstantSource clock;
  private volatile KafkaFollower alerts;
  private volatile KafkaFollower others;

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
    others =
        new KafkaFollower(
            "readings",
            kafka,
            List.of(topics.readings(), topics.rejected()),
            "latest",
            new OtherTask(sink));
    alerts.start();
    others.start();
  }

  @Override
  public Health health() {
    if (others == null) {
      return new Health(true, false, false, 0);
    }
    return new Health(
        alerts.isAlive() && others.isAlive(),
        alerts.isConnected() && others.isConnected(),
        alerts.isCaughtUp(),
        alerts.lag());
  }

  @Override
  public void close() {
    if (others != null) {
      alerts.close();
      others.close();
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

  private final class OtherTask implements KafkaFollower.Task {
    private final Sink sink;

    OtherTask(Sink sink) {
      this.sink = sink;
    }

    @Override
    public void seek(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> since = new HashMap<>();
      long overlap = clock.instant().minus(OVERLAP).toEpochMilli();
      for (TopicPartition partition : partitions) {
        if (partition.topic().equals(topics.readings())) {
          since.put(partition, overlap);
        } else {
          consumer.seek(
              partition, Math.max(begins.get(partition), ends.get(partition) - Rejections.MOST));
        }
      }
      for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
          consumer.offsetsForTimes(since).entrySet()) {
        long offset =
            found.getValue() == null ? ends.get(found.getKey()) : found.getValue().offset();
        consumer.seek(found.getKey(), offset);
      }
    }

    @Override
    public void apply(ConsumerRecord<byte[], byte[]> kafkaRecord) {
      if (kafkaRecord.value() == null) {
        return;
      }
      if (kafkaRecord.topic().equals(topics.readings())) {
        sink.reading(ReadingSerde.read(kafkaRecord.value()));
      } else {
        byte[] key = kafkaRecord.key();
        sink.rejected(
            Instant.ofEpochMilli(kafkaRecord.timestamp()),
            key == null ? null : new String(key, StandardCharsets.UTF_8),
            kafkaRecord.value());
      }
    }

    @Override
    public void caughtUp() {}
  }
}
