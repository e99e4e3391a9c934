package org.minusone.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.minusone.alerting.Store7.HEAT;
import static org.minusone.alerting.Store7.acknowledge;
import static org.minusone.alerting.Store7.cleared;
import static org.minusone.alerting.Store7.foreseen;
import static org.minusone.alerting.Store7.id;
import static org.minusone.alerting.Store7.reached;
import static org.minusone.model.AlertEventKind.ACKNOWLEDGED;
import static org.minusone.model.AlertEventKind.FOREWARNED;
import static org.minusone.model.AlertEventKind.RAISED;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.AlertEvent;
import org.minusone.model.Level;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.JsonSerde;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.PartHealth;

/** On a real Kafka (some seconds): wiring, restart, latency. */
class AlertingAppTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final String ALERT = id(HEAT, "00:00");

  @TempDir Path dir;

  private final List<AlertEvent> read = new ArrayList<>();

  @Test
  void it_goes_on_after_a_restart_where_it_was_and_measures_from_arrival() throws Exception {
    try (OneNodeKafka kafka =
            new OneNodeKafka(
                dir.resolve("kafka"), TOPICS.signals(), TOPICS.commands(), TOPICS.alerts());
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(kafka.client(), new StringSerializer(), new ByteArraySerializer());
        KafkaConsumer<String, AlertEvent> alerts = consumer(kafka)) {
      try (AlertingApp app = app(kafka)) {
        assertThat(app.health().checks())
            .containsExactly(new PartHealth.Check("streams", false, true, "not started"));
        app.start();
        send(producer, TOPICS.signals(), foreseen("00:00", "00:00", Level.ALARM, 240));
        send(producer, TOPICS.signals(), reached("00:00", "02:00", Level.ALARM));
        expect(alerts, 2);
        send(producer, TOPICS.commands(), acknowledge("c1", "03:00", ALERT));
        expect(alerts, 3);
        assertThat(read)
            .extracting(AlertEvent::kind)
            .containsExactly(FOREWARNED, RAISED, ACKNOWLEDGED);
        await().until(() -> app.latency().count() == 2);
        PartHealth health = app.health();
        assertThat(health.alive()).isTrue();
        assertThat(health.connected()).isTrue();
        assertThat(health.checks().get(0).ok()).isTrue();
        assertThat(health.counters().get("fubao")).containsEntry("raised", 1L);
        assertThat(health.gauges()).containsEntry("latency_count", 2.0);
        assertThat(health.gauges())
            .containsKeys("latency_p50_ms", "latency_p99_ms", "latency_le_5");
      }
      send(producer, TOPICS.signals(), cleared("00:00", "05:00", Level.ALARM, "inside"));
      try (AlertingApp app = app(kafka)) {
        app.start();
        expect(alerts, 4);
        assertThat(read.get(3).id()).isEqualTo(ALERT + "#4");
        assertThat(app.latency().count()).isZero();
        await().until(() -> app.health().lag() == 0);
      }
    }
  }

  @Test
  void the_defaults_are_these() {
    assertThat(AlertingConfig.defaults(dir))
        .isEqualTo(
            new AlertingConfig(
                "minusone-alerting",
                "1",
                dir,
                Topics.DEFAULT,
                Duration.ofSeconds(1),
                Duration.ofSeconds(6),
                Duration.ofSeconds(1),
                0,
                5));
  }

  @Test
  void a_worker_is_replaced_while_time_may_heal_it() {
    StreamsFailures failures = new StreamsFailures(2, () -> Store7.NOON);
    Throwable away = new StreamsException(new TimeoutException("broker away"));
    assertThat(failures.handle(away)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(failures.handle(away)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(failures.gaveUp()).isNull();
    assertThat(failures.handle(away)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(failures.gaveUp()).contains("broker away");
    assertThat(StreamsFailures.isRecoverable(new StreamsException(new NullPointerException())))
        .isFalse();
    assertThat(
            StreamsFailures.isRecoverable(new StreamsException(new AuthorizationException("no"))))
        .isFalse();
  }

  private AlertingApp app(OneNodeKafka kafka) {
    return new AlertingApp(
        AlertingConfig.defaults(dir.resolve("streams")),
        kafka.client(),
        new Store7.Catalog(),
        () -> true,
        List::of,
        Clock.systemUTC(),
        new SimpleMeterRegistry());
  }

  private static KafkaConsumer<String, AlertEvent> consumer(OneNodeKafka kafka) {
    KafkaConsumer<String, AlertEvent> consumer =
        new KafkaConsumer<>(
            new HashMap<>(kafka.client()),
            new StringDeserializer(),
            new JsonSerde<>(AlertEvent.class).deserializer());
    TopicPartition partition = new TopicPartition(TOPICS.alerts(), 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    return consumer;
  }

  private static void send(KafkaProducer<String, byte[]> producer, String topic, Object value)
      throws Exception {
    producer.send(new ProducerRecord<>(topic, "fubao", Json.bytes(value))).get();
  }

  private void expect(KafkaConsumer<String, AlertEvent> alerts, int count) {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              alerts.poll(Duration.ofMillis(100)).forEach(record -> read.add(record.value()));
              return read.size() >= count;
            });
    assertThat(read).hasSize(count);
  }
}
