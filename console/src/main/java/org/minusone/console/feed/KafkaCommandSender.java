package org.minusone.console.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.minusone.model.Command;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.Topics;

/** Commands onto their topic, keyed by the site as alerts and signals are. */
public final class KafkaCommandSender implements CommandSender {
  private final Map<String, Object> settings;
  private final Topics topics;
  private KafkaProducer<byte[], byte[]> producer;

  public KafkaCommandSender(Map<String, Object> kafka, Topics topics) {
    this.topics = topics;
    this.settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "console-commands");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
  }

  @Override
  public CompletableFuture<Void> send(Command command) {
    CompletableFuture<Void> kept = new CompletableFuture<>();
    var unused =
        producer()
            .send(
                new ProducerRecord<>(
                    topics.commands(),
                    null,
                    command.at().toEpochMilli(),
                    command.site().value().getBytes(StandardCharsets.UTF_8),
                    Json.bytes(command)),
                (metadata, failure) -> {
                  if (failure == null) {
                    kept.complete(null);
                  } else {
                    kept.completeExceptionally(failure);
                  }
                });
    return kept;
  }

  private synchronized KafkaProducer<byte[], byte[]> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
    }
  }
}
