package org.minusone.app.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.app.topic.TopicCreator;
import org.minusone.model.Quarantined;
import org.minusone.model.Reading;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.model.codec.Topics;

/** A real Kafka, and all that landed in it. */
final class Landed implements AutoCloseable {
  private final EmbeddedKafka kafka;
  private final List<Reading> readings = new CopyOnWriteArrayList<>();
  private final List<Quarantined> rejected = new CopyOnWriteArrayList<>();
  private final Thread reader = new Thread(this::read, "landed");
  private volatile boolean closed;

  Landed(Path folder) {
    this.kafka = new EmbeddedKafka(folder, "interop-password");
  }

  void start() throws Exception {
    kafka.start();
    TopicCreator.createMissing(kafka.clientProperties(), Topics.DEFAULT.all(1), (short) 1);
    reader.start();
  }

  Map<String, Object> clientProperties() {
    return kafka.clientProperties();
  }

  /** The values of a sensor, in the order of Kafka. */
  List<Double> of(String sensor) {
    return readings.stream()
        .filter(one -> one.sensor().value().equals(sensor))
        .map(Reading::value)
        .toList();
  }

  List<Quarantined> rejectedOn(String topic) {
    return rejected.stream().filter(one -> one.topic().equals(topic)).toList();
  }

  private void read() {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put("group.id", "landed");
    settings.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.DEFAULT.readings(), Topics.DEFAULT.rejected()));
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(50))) {
          if (one.topic().equals(Topics.DEFAULT.readings())) {
            readings.add(ReadingSerde.read(one.value()));
          } else {
            rejected.add(Json.read(one.value(), Quarantined.class));
          }
        }
      }
    }
  }

  @Override
  public void close() throws Exception {
    closed = true;
    reader.join(5_000);
    kafka.close();
  }
}
