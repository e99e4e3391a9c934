package org.minusone.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.alerting.OneNodeKafka;
import org.minusone.alerting.Store7;
import org.minusone.model.Level;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.Topics;

/** An instance that is stopped in good order hands over what it had queued (some seconds). */
class HandOverTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final int MANY = 60;

  @TempDir Path dir;

  private final Map<String, AtomicInteger> received = new ConcurrentHashMap<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  private Outcome take(Message m) {
    received.computeIfAbsent(m.delivery(), d -> new AtomicInteger()).incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.later("interrupted");
    }
    return Outcome.ACCEPTED;
  }

  @Test
  void each_comes_once_though_it_stops_with_a_queue_of_attempts_that_are_recorded_as_begun()
      throws Exception {
    try (OneNodeKafka kafka =
        new OneNodeKafka(dir.resolve("kafka"), TOPICS.alerts(), TOPICS.deliveries())) {
      DeliveryWorker first = worker(kafka);
      announce(kafka);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> first.states().getOrDefault(DeliveryState.ATTEMPTING, 0L) > 20);
      Thread stopping = new Thread(first::close);
      stopping.start();
      gate.countDown();
      stopping.join();
      assertThat(received).hasSizeLessThan(MANY);

      DeliveryWorker second = worker(kafka);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> second.states().getOrDefault(DeliveryState.ACCEPTED, 0L) == MANY);
      second.close();
      assertThat(received).hasSize(MANY);
      assertThat(received.values()).as("each once").allMatch(n -> n.get() == 1);
    }
  }

  private DeliveryWorker worker(OneNodeKafka kafka) {
    Route all = new Route(null, List.of(), List.of(), List.of(), Set.of(), List.of("desk"));
    DeliveryWorker worker =
        new DeliveryWorker(
            TOPICS,
            new NotifyConfig(
                Map.of("desk", this::take),
                List.of(all),
                NotifyConfig.USUAL_PATIENCE,
                null,
                NotifyConfig.USUAL_BEAT,
                null),
            kafka.client(),
            new Store7.Catalog(),
            InstantSource.system(),
            new SimpleMeterRegistry(),
            new Random(7));
    worker.start();
    return worker;
  }

  private static void announce(OneNodeKafka kafka) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(kafka.client(), new StringSerializer(), new ByteArraySerializer())) {
      for (int n = 0; n < MANY; n++) {
        ObjectNode event =
            Json.MAPPER.valueToTree(
                new Told().signal(Store7.reached("00:00", "00:00", Level.CRITICAL)));
        event.put("id", "alert-" + n + "#1").put("at", Instant.now().toString());
        ((ObjectNode) event.get("alert")).put("id", "alert-" + n);
        producer.send(new ProducerRecord<>(TOPICS.alerts(), "fubao", Json.bytes(event)));
      }
    }
  }
}
