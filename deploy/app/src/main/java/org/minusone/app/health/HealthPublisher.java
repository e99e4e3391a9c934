package org.minusone.app.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.minusone.model.codec.Json;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.Part;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every part of this process each second how it is, and writes the answers to the topic {@code
 * health}.
 */
public final class HealthPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthPublisher.class);

  private final String topic;
  private final String instance;
  private final InstantSource clock;
  private final IntSupplier version;
  private final Instant startedAt;
  private final List<Part> parts = new CopyOnWriteArrayList<>();
  private final KafkaProducer<String, byte[]> producer;
  private volatile boolean closed;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "health");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param instance one process of a role; stays the same over restarts
   * @param version the live version this process has
   */
  public HealthPublisher(
      Map<String, Object> kafka,
      String topic,
      String instance,
      InstantSource clock,
      IntSupplier version) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    this.topic = topic;
    this.instance = instance;
    this.clock = clock;
    this.version = version;
    this.startedAt = clock.instant();
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  public void add(Part part) {
    parts.add(part);
  }

  public void start() {
    timer.scheduleAtFixedRate(this::publish, 0, 1, TimeUnit.SECONDS);
  }

  /** What every part says now, without waiting for the next second. */
  public List<HealthReport> reports() {
    return parts.stream().map(this::report).toList();
  }

  private HealthReport report(Part part) {
    return new HealthReport(
        part.name(), instance, startedAt, clock.instant(), version.getAsInt(), part.health());
  }

  private void publish() {
    for (Part part : parts) {
      if (closed) {
        return;
      }
      try {
        HealthReport report = report(part);
        producer.send(
            new ProducerRecord<>(topic, part.name() + "/" + instance, Json.bytes(report)));
      } catch (RuntimeException e) {
        LOG.warn("{} could not say how it is", part.name(), e);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    try {
      timer.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(1));
  }
}
