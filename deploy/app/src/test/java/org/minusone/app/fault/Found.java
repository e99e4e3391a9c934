package org.minusone.app.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.minusone.model.AlertEvent;
import org.minusone.model.Quarantined;
import org.minusone.model.Reading;
import org.minusone.model.Stamp;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.series.store.QuestDbSql;

/** What is in Kafka and in the store, as a stranger reads it. */
final class Found {
  private static final String IN_STORE =
      "select sensor, quantity, cast(timestamp as long) / 1000, value from readings"
          + " where sensor = '%s'";

  private final Servers servers;

  Found(Servers servers) {
    this.servers = servers;
  }

  /**
   * The readings of the topic.
   *
   * @param records how many
   * @param identities as {@link Script} has them
   * @param rows distinct site, sensor, quantity and time: what the store should have
   * @param wrong stamped readings whose value is not the one that was published
   */
  record InKafka(long records, Set<String> identities, Set<String> rows, List<String> wrong) {}

  InKafka readings() {
    long[] records = {0};
    Set<String> identities = new HashSet<>();
    Set<String> rows = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    each(
        Servers.TOPICS.readings(),
        record -> {
          Reading reading = ReadingSerde.read(record.value());
          String stem = reading.sensor() + "/" + reading.quantity().id();
          records[0]++;
          rows.add(stem + "/" + reading.timeMs());
          if (reading.stamp() == Stamp.OWN) {
            identities.add(stem + "/" + reading.timeMs());
            if (reading.value()
                != Double.parseDouble(Script.text(Script.valueAt(reading.timeMs())))) {
              wrong.add(reading.toString());
            }
          } else {
            identities.add(stem + "=" + Script.text(reading.value()));
          }
        });
    return new InKafka(records[0], identities, rows, wrong);
  }

  /** Hashes of the payloads that were rejected, and how often. */
  Map<String, Integer> rejected() {
    Map<String, Integer> found = new HashMap<>();
    each(
        Servers.TOPICS.rejected(),
        record ->
            found.merge(Json.read(record.value(), Quarantined.class).sha256(), 1, Integer::sum));
    return found;
  }

  /** Readings in Kafka that arrived since then. */
  long readingsSince(Instant since) {
    long[] count = {0};
    each(
        Servers.TOPICS.readings(),
        record -> {
          count[0] += ReadingSerde.read(record.value()).arrivalMs() >= since.toEpochMilli() ? 1 : 0;
        });
    return count[0];
  }

  /** Readings that were rejected since then. */
  long rejectedSince(Instant since) {
    long[] count = {0};
    each(
        Servers.TOPICS.rejected(),
        record -> {
          Quarantined entry = Json.read(record.value(), Quarantined.class);
          count[0] += entry.at().isBefore(since) ? 0 : entry.count();
        });
    return count[0];
  }

  /** Rows of the store by {@code sensor/quantity/ms}, with how many there are of each. */
  Map<String, Integer> inStore(Set<String> sensors) throws Exception {
    QuestDbSql sql = new QuestDbSql(servers.storeConfig());
    Map<String, Integer> rows = new HashMap<>();
    for (String sensor : sensors) {
      for (JsonNode row : sql.run(IN_STORE.formatted(sensor))) {
        rows.merge(
            row.get(0).asText() + "/" + row.get(1).asText() + "/" + row.get(2).asLong(),
            1,
            Integer::sum);
      }
    }
    return rows;
  }

  List<AlertEvent> alerts() {
    List<AlertEvent> found = new ArrayList<>();
    each(Servers.TOPICS.alerts(), record -> found.add(Json.read(record.value(), AlertEvent.class)));
    return found;
  }

  private void each(String topic, Consumer<ConsumerRecord<byte[], byte[]>> consume) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            servers.kafkaProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(consume);
      }
    }
  }
}
