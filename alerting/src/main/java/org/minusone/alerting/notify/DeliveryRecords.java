package org.minusone.alerting.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.minusone.alerting.notify.DeliveryDesk.Change;
import org.minusone.model.codec.Json;

/** Writes to the topic {@code deliveries}; what Kafka did not take is known until it is taken. */
final class DeliveryRecords implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<String, byte[]> producer;
  private final Queue<Change> refused = new ConcurrentLinkedQueue<>();

  DeliveryRecords(Map<String, Object> kafka, String topic) {
    Map<String, Object> p = new HashMap<>(kafka);
    p.put(ProducerConfig.ACKS_CONFIG, "all");
    p.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    this.topic = topic;
    this.producer = new KafkaProducer<>(p, new StringSerializer(), new ByteArraySerializer());
  }

  /** Not awaited, see {@link #awaitAll}. */
  void write(Change change) {
    write(
        change,
        failed -> {
          if (failed != null) {
            refused.add(change);
          }
        });
  }

  /**
   * @param then told null as soon as Kafka has it, else why it has not
   */
  void write(Change change, Consumer<Exception> then) {
    Delivery d = change.delivery();
    producer.send(
        new ProducerRecord<>(topic, change.partition(), d.id(), Json.bytes(d)),
        (metadata, failed) -> then.accept(failed));
  }

  /** A tombstone. */
  void forget(Change gone) {
    producer.send(new ProducerRecord<>(topic, gone.partition(), gone.delivery().id(), null));
  }

  /** What is to be written again, if nothing newer is known of it. */
  List<Change> takeRefused() {
    List<Change> again = new ArrayList<>();
    for (Change c = refused.poll(); c != null; c = refused.poll()) {
      again.add(c);
    }
    return again;
  }

  /** Waits until each has its answer. @return whether Kafka has all of them */
  boolean awaitAll() {
    producer.flush();
    return refused.isEmpty();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }

  /** Without what is under way. */
  void halt() {
    producer.close(Duration.ZERO);
  }
}
