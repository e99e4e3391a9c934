package org.minusone.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.alerting.notify.Delivery;
import org.minusone.alerting.notify.DeliveryState;
import org.minusone.alerting.notify.Told;
import org.minusone.model.AlertEvent;
import org.minusone.model.Level;
import org.minusone.model.codec.Json;
import org.minusone.model.codec.JsonSerde;
import org.minusone.model.codec.Topics;

/**
 * Two processes share the deliveries of 1,000 open alerts; the one that sends is killed with
 * SIGKILL in the middle of an attempt, of which its record says only that it began.
 */
@Tag("slow")
class NotifyTakeOverTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final int ALERTS = 1000;
  private static final int KILLED_AFTER = 200;

  /** Recorded as begun at most, a receiver. */
  private static final int IN_FLIGHT = 32;

  /** The goal. Kafka hands over after a session of 6 s; what is known of deliveries is at hand. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  @TempDir Path dir;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, AtomicInteger> received = new ConcurrentHashMap<>();
  private final CountDownLatch inTheMiddle = new CountDownLatch(1);
  private final CountDownLatch killed = new CountDownLatch(1);
  private final List<Process> children = new ArrayList<>();
  private volatile String sender;
  private volatile String cut;
  private volatile Instant firstOfTheOther;
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(threads);
    receiver.createContext("/", this::take);
    receiver.start();
  }

  @AfterEach
  void end() {
    children.forEach(Process::destroyForcibly);
    receiver.stop(0);
    threads.shutdownNow();
  }

  /** The path tells which process it comes from. */
  private void take(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String id = exchange.getRequestHeaders().getFirst("X-MinusOne-Delivery");
    String from = exchange.getRequestURI().getPath();
    received.computeIfAbsent(id, i -> new AtomicInteger()).incrementAndGet();
    if (killed.getCount() == 0 && !from.equals(sender) && firstOfTheOther == null) {
      firstOfTheOther = Instant.now();
    }
    if (received.size() >= KILLED_AFTER && inTheMiddle.getCount() > 0) {
      sender = from;
      cut = id;
      inTheMiddle.countDown();
      hold();
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void hold() {
    try {
      killed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void the_other_carries_on_and_nothing_is_lost() throws Exception {
    try (OneNodeKafka kafka =
        new OneNodeKafka(dir.resolve("kafka"), TOPICS.alerts(), TOPICS.deliveries())) {
      Process one = child(kafka, "/one");
      Process two = child(kafka, "/two");
      send(kafka);
      assertThat(inTheMiddle.await(60, TimeUnit.SECONDS)).isTrue();

      Process killedOne = sender.equals("/one") ? one : two;
      killedOne.destroyForcibly().waitFor();
      Instant kill = Instant.now();
      killed.countDown();

      await().atMost(Duration.ofSeconds(60)).until(() -> received.size() == ALERTS);
      assertThat(Duration.between(kill, firstOfTheOther)).isLessThan(LONGEST);
      assertThat(received.keySet()).as("none lost").isEqualTo(ids());
      await().atMost(Duration.ofSeconds(20)).until(() -> received.get(cut).get() == 2);
      Map<String, Delivery> records = new HashMap<>();
      await().atMost(Duration.ofSeconds(20)).until(() -> allAccepted(kafka, records));

      List<String> twice =
          received.entrySet().stream()
              .filter(e -> e.getValue().get() > 1)
              .map(Map.Entry::getKey)
              .toList();
      List<String> saidTwice =
          records.values().stream().filter(Delivery::possiblyTwice).map(Delivery::id).toList();
      System.out.printf(
          "took over after %d ms; %d came twice, %d said to be possibly twice%n",
          Duration.between(kill, firstOfTheOther).toMillis(), twice.size(), saidTwice.size());
      assertThat(twice).contains(cut);
      assertThat(saidTwice).as("each repeat is said").containsAll(twice);
      assertThat(saidTwice).hasSizeLessThanOrEqualTo(IN_FLIGHT);
      assertThat(received.values()).allMatch(n -> n.get() <= 2);
    }
  }

  private Process child(OneNodeKafka kafka, String path) throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                NotifyChild.class.getName(),
                String.valueOf(kafka.client().get("bootstrap.servers")),
                "http://127.0.0.1:" + receiver.getAddress().getPort() + path)
            .redirectOutput(dir.resolve(path.substring(1) + ".log").toFile())
            .redirectErrorStream(true)
            .start();
    children.add(child);
    return child;
  }

  private static void send(OneNodeKafka kafka) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(kafka.client(), new StringSerializer(), new ByteArraySerializer())) {
      for (int n = 0; n < ALERTS; n++) {
        producer.send(new ProducerRecord<>(TOPICS.alerts(), "fubao", Json.bytes(event(n))));
      }
    }
  }

  /** An alarm that is decided now. */
  private static ObjectNode event(int n) {
    AlertEvent raised = new Told().signal(Store7.reached("00:00", "00:00", Level.CRITICAL));
    ObjectNode event = Json.MAPPER.valueToTree(raised);
    event.put("id", "alert-" + n + "#1").put("at", Instant.now().toString());
    ((ObjectNode) event.get("alert")).put("id", "alert-" + n);
    return event;
  }

  private static Set<String> ids() {
    return IntStream.range(0, ALERTS)
        .mapToObj(n -> "alert-" + n + "#1>centre")
        .collect(Collectors.toSet());
  }

  /** Reads the whole topic anew. */
  private static boolean allAccepted(OneNodeKafka kafka, Map<String, Delivery> records) {
    records.clear();
    TopicPartition partition = new TopicPartition(TOPICS.deliveries(), 0);
    try (KafkaConsumer<String, Delivery> consumer =
        new KafkaConsumer<>(
            new HashMap<>(kafka.client()),
            new StringDeserializer(),
            new JsonSerde<>(Delivery.class).deserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, Delivery> record : consumer.poll(Duration.ofMillis(200))) {
          records.put(record.key(), record.value());
        }
      }
    }
    return records.size() == ALERTS
        && records.values().stream().allMatch(d -> d.state() == DeliveryState.ACCEPTED);
  }
}
