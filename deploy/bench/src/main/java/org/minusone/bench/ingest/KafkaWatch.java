package org.minusone.bench.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.model.codec.Topics;

/**
 * Reads the topic {@code readings} as it grows, and takes the time from a reading's stamp until it
 * is to be read there: Kafka has acknowledged it by then.
 */
final class KafkaWatch implements AutoCloseable {
  private final List<Double> latenciesMs = new ArrayList<>();
  private final Thread thread = new Thread(this::read, "kafka-watch");
  private final KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean closed;

  KafkaWatch(String bootstrap) throws InterruptedException {
    Map<String, Object> settings =
        new HashMap<>(EmbeddedKafka.clientProperties(bootstrap, Servers.PASSWORD));
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.DEFAULT.readings()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    thread.start();
  }

  private void read() {
    while (!closed) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        long nowMs = System.currentTimeMillis();
        synchronized (latenciesMs) {
          latenciesMs.add((double) (nowMs - ReadingSerde.read(record.value()).timeMs()));
        }
      }
    }
    consumer.close();
  }

  /** Waits until so many were read, and hands them over. */
  List<Double> await(int count, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      synchronized (latenciesMs) {
        if (latenciesMs.size() >= count) {
          break;
        }
      }
      Thread.sleep(20);
    }
    synchronized (latenciesMs) {
      return List.copyOf(latenciesMs);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
