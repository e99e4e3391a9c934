package org.minusone.console.audit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries onto their topic, keyed by the site. A producer may block while Kafka is away, so a
 * thread of its own gives them to it, from a queue that is bounded.
 */
public final class KafkaAuditLog implements AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditLog.class);
  private static final int MOST_WAITING = 10_000;
  private static final long CLOSE_PATIENCE_S = 2;

  private final Map<String, Object> settings;
  private final Topics topics;
  private final AtomicLong failed = new AtomicLong();
  private volatile boolean failing;
  private final ThreadPoolExecutor writer;
  private KafkaProducer<byte[], byte[]> producer;

  public KafkaAuditLog(Map<String, Object> kafka, Topics topics) {
    this.topics = topics;
    this.settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "console-audit");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
    this.writer =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "console-audit");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void keep(AuditEntry entry) {
    try {
      writer.execute(() -> write(entry));
    } catch (RejectedExecutionException e) {
      lost(entry, e);
    }
  }

  private void write(AuditEntry entry) {
    try {
      var unused =
          producer()
              .send(
                  new ProducerRecord<>(
                      topics.audit(),
                      null,
                      entry.at().toEpochMilli(),
                      entry.site().getBytes(StandardCharsets.UTF_8),
                      Json.bytes(entry)),
                  (metadata, failure) -> {
                    if (failure == null) {
                      failing = false;
                    } else {
                      lost(entry, failure);
                    }
                  });
    } catch (RuntimeException e) {
      lost(entry, e);
    }
  }

  /** With all of it, so that the log holds what the topic does not. */
  private void lost(AuditEntry entry, Exception failure) {
    failed.incrementAndGet();
    failing = true;
    LOG.error("not on the topic {}: {}", topics.audit(), Json.text(entry), failure);
  }

  private synchronized KafkaProducer<byte[], byte[]> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  @Override
  public long failed() {
    return failed.get();
  }

  @Override
  public boolean isFailing() {
    return failing;
  }

  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(CLOSE_PATIENCE_S, TimeUnit.SECONDS)) {
        LOG.error("{} entries of the audit are not on the topic", writer.shutdownNow().size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (producer != null) {
        producer.close(Duration.ofSeconds(CLOSE_PATIENCE_S));
      }
    }
  }
}
