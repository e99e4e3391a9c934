package org.minusone.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.minusone.alerting.Store7.FUBAO;
import static org.minusone.alerting.Store7.HEAT;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.alerting.OneNodeKafka;
import org.minusone.alerting.Store7;
import org.minusone.alerting.lifecycle.AlertLifecycle;
import org.minusone.alerting.lifecycle.Input;
import org.minusone.alerting.lifecycle.Surroundings;
import org.minusone.model.AlertEvent;
import org.minusone.model.Command;
import org.minusone.model.Level;
import org.minusone.model.Role;
import org.minusone.model.SensorId;
import org.minusone.model.SignalKind;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.Topics;

/** Deliveries over a real Kafka (some seconds each). */
class DeliveriesTest {
  private static final Topics TOPICS = Topics.DEFAULT;

  @TempDir Path dir;

  private OneNodeKafka kafka;
  private KafkaProducer<String, byte[]> producer;
  private final List<DeliveryWorker> workers = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    kafka = new OneNodeKafka(dir.resolve("kafka"), TOPICS.alerts(), TOPICS.deliveries());
    producer =
        new KafkaProducer<>(kafka.client(), new StringSerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    workers.forEach(DeliveryWorker::close);
    producer.close();
    kafka.close();
  }

  /** Takes what it is sent, or does not; counts each id. */
  private static final class Receiver implements Notifier {
    final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    final Set<String> accepted = ConcurrentHashMap.newKeySet();
    volatile Function<Message, Outcome> says = m -> Outcome.ACCEPTED;

    @Override
    public Outcome send(Message m) {
      attempts.computeIfAbsent(m.delivery(), d -> new AtomicInteger()).incrementAndGet();
      Outcome outcome = says.apply(m);
      if (outcome.kind() == Outcome.Kind.ACCEPTED) {
        accepted.add(m.delivery());
      }
      return outcome;
    }
  }

  private DeliveryWorker worker(Map<String, Notifier> receivers) {
    Route all =
        new Route(null, List.of(), List.of(), List.of(), Set.of(), List.copyOf(receivers.keySet()));
    NotifyConfig config =
        new NotifyConfig(
            receivers, List.of(all), Duration.ofHours(1), null, Duration.ofMinutes(1), null);
    DeliveryWorker worker =
        new DeliveryWorker(
            TOPICS,
            config,
            kafka.client(),
            new Store7.Catalog(),
            InstantSource.system(),
            new SimpleMeterRegistry(),
            new Random(7));
    workers.add(worker);
    worker.start();
    return worker;
  }

  private static AlertEvent raised(int i, Level level) {
    Instant now = Instant.now();
    return AlertLifecycle.decide(
            null,
            new Input.Told(
                Store7.signal(
                    FUBAO,
                    new SensorId("H-" + i),
                    HEAT,
                    now,
                    now,
                    SignalKind.reached(level),
                    level,
                    null,
                    null)),
            Surroundings.of(Store7.site()),
            now)
        .get(0);
  }

  private void announce(AlertEvent event) {
    producer.send(
        new ProducerRecord<>(TOPICS.alerts(), event.alert().site().value(), Json.bytes(event)));
  }

  /** The records of the topic, the last of each delivery. */
  private Map<String, Delivery> recorded() {
    Map<String, Object> settings = new HashMap<>(kafka.client());
    TopicPartition all = new TopicPartition(TOPICS.deliveries(), 0);
    Map<String, Delivery> last = new LinkedHashMap<>();
    try (KafkaConsumer<String, byte[]> reader =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      reader.assign(List.of(all));
      reader.seekToBeginning(List.of(all));
      long end = reader.endOffsets(List.of(all)).get(all);
      while (reader.position(all) < end) {
        for (ConsumerRecord<String, byte[]> record : reader.poll(Duration.ofMillis(100))) {
          last.put(record.key(), Json.read(record.value(), Delivery.class));
        }
      }
    }
    return last;
  }

  @Test
  void a_failing_receiver_is_tried_again_a_hanging_one_holds_up_nobody_a_refusal_is_listed() {
    Receiver good = new Receiver();
    Receiver failing = new Receiver();
    Receiver hanging = new Receiver();
    Receiver refusing = new Receiver();
    CountDownLatch end = new CountDownLatch(1);
    failing.says =
        m ->
            failing.attempts.get(m.delivery()).get() < 3
                ? Outcome.later("HTTP 500")
                : Outcome.ACCEPTED;
    hanging.says =
        m -> {
          try {
            boolean unused = end.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Outcome.later("hung");
        };
    refusing.says = m -> Outcome.never("HTTP 404");
    worker(Map.of("good", good, "failing", failing, "hanging", hanging, "refusing", refusing));
    AlertEvent event = raised(1, Level.ALARM);
    announce(event);
    announce(event); // told again after a crash of alerting
    await().atMost(Duration.ofSeconds(20)).until(() -> !good.accepted.isEmpty());
    await().atMost(Duration.ofSeconds(20)).until(() -> !failing.accepted.isEmpty());
    end.countDown();
    await()
        .untilAsserted(
            () -> {
              Map<String, Delivery> known = recorded();
              assertThat(known.get(event.id() + ">good").state()).isEqualTo(DeliveryState.ACCEPTED);
              assertThat(known.get(event.id() + ">failing").attempts()).isEqualTo(3);
              assertThat(known.get(event.id() + ">refusing").state())
                  .isEqualTo(DeliveryState.REFUSED);
              assertThat(known.get(event.id() + ">refusing").error()).isEqualTo("HTTP 404");
            });
    assertThat(good.attempts.get(event.id() + ">good")).hasValue(1);
  }

  @Test
  void one_that_hangs_with_a_full_queue_holds_up_nobody_else() {
    int many = 100;
    Receiver good = new Receiver();
    Receiver hanging = new Receiver();
    CountDownLatch end = new CountDownLatch(1);
    hanging.says =
        m -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Outcome.later("hung");
        };
    worker(Map.of("good", good, "hanging", hanging));
    for (int i = 0; i < many; i++) {
      announce(raised(i, Level.ALARM));
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> good.accepted.size() == many);
    assertThat(hanging.attempts).hasSize(1);
    end.countDown();
  }

  @Test
  void another_instance_goes_on_within_ten_seconds_and_repeats_at_most_what_was_in_flight()
      throws Exception {
    int many = 300;
    Receiver receiver = new Receiver();
    CountDownLatch enough = new CountDownLatch(100);
    receiver.says =
        m -> {
          enough.countDown();
          return Outcome.ACCEPTED;
        };
    DeliveryWorker first = worker(Map.of("desk", receiver));
    await().atMost(Duration.ofSeconds(15)).until(first::isCaughtUp);
    DeliveryWorker second = worker(Map.of("desk", receiver));
    await().atMost(Duration.ofSeconds(15)).until(second::isCaughtUp);
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < many; i++) {
      AlertEvent event = raised(i, Level.ALARM);
      expected.add(event.id() + ">desk");
      announce(event);
    }
    assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
    int attemptsBefore = receiver.attempts.values().stream().mapToInt(AtomicInteger::get).sum();
    first.halt();
    second.halt();
    long killedAt = System.nanoTime();
    worker(Map.of("desk", receiver));
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(receiver.accepted).containsAll(expected));
    Duration took = Duration.ofNanos(System.nanoTime() - killedAt);
    int repeats =
        receiver.attempts.values().stream().mapToInt(AtomicInteger::get).sum()
            - receiver.attempts.size();
    System.out.printf(
        "DeliveriesTest: %d attempts before, taken over after %d ms, %d repeated%n",
        attemptsBefore, took.toMillis(), repeats);
    assertThat(took).isLessThan(Duration.ofSeconds(10));
    assertThat(repeats).as("at most the attempts in flight").isLessThanOrEqualTo(32);
    await()
        .untilAsserted(
            () ->
                assertThat(recorded().values())
                    .hasSize(many)
                    .allMatch(d -> d.state() == DeliveryState.ACCEPTED));
  }

  private static AlertEvent resend(AlertEvent last, AlertEvent event, String command) {
    Instant now = Instant.now();
    String delivery = event.id() + ">sms";
    Command asked =
        new Command(
            command,
            Command.Kind.RESEND,
            FUBAO,
            event.alert().id(),
            "Li Na",
            Role.OPERATOR,
            now,
            null,
            null,
            Command.Details.ofDelivery(delivery));
    return AlertLifecycle.decide(
            AlertLifecycle.evolve(null, last),
            new Input.Asked(asked),
            Surroundings.of(Store7.site()),
            now)
        .get(0);
  }

  private DeliveryState state(String delivery) {
    Delivery d = recorded().get(delivery);
    return d == null ? null : d.state();
  }

  @Test
  void one_that_was_refused_is_sent_again_by_hand_once_whatever_is_read_again() {
    Receiver sms = new Receiver();
    sms.says = m -> Outcome.never("no credit");
    DeliveryWorker first = worker(Map.of("sms", sms));
    AlertEvent event = raised(1, Level.ALARM);
    String id = event.id() + ">sms";
    announce(event);
    await().atMost(Duration.ofSeconds(20)).until(() -> state(id) == DeliveryState.REFUSED);
    AlertEvent wish = resend(event, event, "c1");
    announce(wish);
    await().untilAsserted(() -> assertThat(recorded().get(id).resends()).hasSize(1));
    await().until(() -> state(id) == DeliveryState.REFUSED);
    assertThat(sms.attempts.get(id)).hasValue(2);
    announce(wish); // told again after a crash of alerting
    first.close();
    sms.says = m -> Outcome.ACCEPTED;
    worker(Map.of("sms", sms));
    announce(wish);
    AlertEvent other = raised(2, Level.ALARM);
    announce(other);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> state(other.id() + ">sms") == DeliveryState.ACCEPTED);
    assertThat(state(id)).isEqualTo(DeliveryState.REFUSED);
    assertThat(sms.attempts.get(id)).as("one wish, one more attempt").hasValue(2);
    announce(resend(wish, event, "c2"));
    await().atMost(Duration.ofSeconds(20)).until(() -> state(id) == DeliveryState.ACCEPTED);
    assertThat(recorded().get(id).resends())
        .extracting(Delivery.Resend::by, Delivery.Resend::attempts, Delivery.Resend::error)
        .containsExactly(
            Tuple.tuple("Li Na", 1, "no credit"), Tuple.tuple("Li Na", 1, "no credit"));
    assertThat(recorded().get(id).event()).as("needed no more").isNull();
  }

  @Test
  void a_flood_is_told_in_summaries() {
    Receiver receiver = new Receiver();
    List<Message> told = new CopyOnWriteArrayList<>();
    receiver.says =
        m -> {
          told.add(m);
          return Outcome.ACCEPTED;
        };
    worker(Map.of("desk", receiver));
    for (int i = 0; i < 40; i++) {
      announce(raised(i, Level.WARN));
    }
    announce(raised(99, Level.CRITICAL));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(told.stream().filter(m -> m.event() == null)).isNotEmpty();
              assertThat(told.stream().filter(m -> m.event() != null)).hasSize(11);
            });
    await()
        .untilAsserted(
            () ->
                assertThat(recorded().values().stream().filter(d -> d.state().isOver()))
                    .as("ten alone, the worst, one summary or more, and what they stand for")
                    .hasSizeGreaterThanOrEqualTo(12));
  }
}
