package org.minusone.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.embedded.EmbeddedHiveMQ;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.codec.ReadingSerde;
import org.minusone.model.port.PartHealth;

/**
 * Ingest on a real broker (HiveMQ CE, embedded, some seconds to start and stop, once for all);
 * Kafka is their MockProducer, so that the test decides when it acknowledges.
 */
class IngestAppTest {
  private static final String STORE_7 = "sites/fubao/hazmat-storage/H-07/readings";

  @TempDir static Path dir;

  private static EmbeddedHiveMQ broker;
  private static int port;

  private final TestSite site = new TestSite();
  private MockProducer<byte[], byte[]> kafka;
  private IngestApp ingest;
  private MqttClient gateway;
  private String clientId;

  @BeforeAll
  static void startBroker() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path conf = Files.createDirectories(dir.resolve("conf"));
    Files.writeString(
        conf.resolve("config.xml"),
        """
        <hivemq><listeners><tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener></listeners>
        <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
        <persistence><mode>in-memory</mode></persistence></hivemq>
        """
            .formatted(port));
    Thread.UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
    broker =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(conf)
            .withDataFolder(Files.createDirectories(dir.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(dir.resolve("extensions")))
            .withoutLoggingBootstrap()
            .build();
    broker.start().join();
    Thread.setDefaultUncaughtExceptionHandler(ours);
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @BeforeEach
  void start() throws Exception {
    clientId = "ingest-" + System.nanoTime();
    startIngest(true);
    gateway = new MqttClient(uri(), "gateway-" + System.nanoTime(), new MemoryPersistence());
    gateway.connect();
  }

  @AfterEach
  void stop() throws Exception {
    ingest.close();
    gateway.disconnect();
    gateway.close();
  }

  private static String uri() {
    return "tcp://127.0.0.1:" + port;
  }

  /**
   * @param acknowledging whether Kafka acknowledges by itself
   */
  private void startIngest(boolean acknowledging) {
    kafka =
        new MockProducer<>(
            acknowledging, null, new ByteArraySerializer(), new ByteArraySerializer());
    ingest =
        new IngestApp(
            IngestConfig.of(uri()).withClientId(clientId),
            () -> kafka,
            null,
            site,
            site,
            sensor -> {},
            Clock.systemUTC(),
            new SimpleMeterRegistry());
    ingest.start();
    await().until(() -> ingest.health().connected());
  }

  private void publish(String topic, String payload) throws Exception {
    gateway.publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
  }

  private long count(String siteId, String term) {
    return ingest
        .health()
        .counters()
        .getOrDefault(siteId, java.util.Map.of())
        .getOrDefault(term, 0L);
  }

  private List<Double> values() {
    return kafka.history().stream()
        .map(ProducerRecord::value)
        .map(bytes -> ReadingSerde.read(bytes).value())
        .toList();
  }

  @Test
  void whatIsPublishedIsInKafkaAndCounted() throws Exception {
    publish(STORE_7, "{\"temperature\":33,\"humidity\":null}");
    publish("sites/fubao/gateways/gw-1/readings", "{\"F-03\":[{\"depth\":12}]}");
    publish("sites/nowhere/smoke/S-1/readings", "{\"battery\":1}");
    publish("sites/fubao/smoke/S-1/status", "online");
    await().until(() -> count("fubao", "in_kafka") == 2 && count("", "rejected") == 1);
    assertThat(count("fubao", "received")).isEqualTo(3);
    assertThat(count("fubao", "rejected")).isEqualTo(1);
    assertThat(count("fubao", "in_flight")).isZero();
    PartHealth health = ingest.health();
    assertThat(health.alive()).isTrue();
    assertThat(health.lag()).isZero();
    assertThat(health.checks()).allMatch(PartHealth.Check::ok);
    assertThat(health.gauges()).containsKeys("in_flight_longest_ms", "produce_p99_ms");
  }

  @Test
  void aRunOpensTakesReadingsAndEnds() throws Exception {
    publish("sites/fubao@r17/run", "{\"speed\":600}");
    for (int i = 1; i <= 50; i++) {
      publish("sites/fubao@r17/flood-point/G-9/readings", "{\"depth\":" + i + "}");
    }
    publish("sites/fubao@r17/run", "{\"ended\":true}");
    await().until(() -> site.written.size() == 2);
    assertThat(count("fubao@r17", "in_kafka")).isEqualTo(50);
    assertThat(site.written.get(1).isOpen()).isFalse();
  }

  /** Acknowledged means kept: what Kafka has not, the broker still has. */
  @Test
  void whatKafkaHasNotComesAgainAndWhatItHasDoesNot() throws Exception {
    ingest.close();
    for (int i = 1; i <= 20; i++) {
      publish(STORE_7, "{\"temperature\":" + i + "}");
    }
    startIngest(false);
    // How many the broker hands out at once is its own affair; the first is there in any case.
    await().until(() -> !values().isEmpty());
    kafka.completeNext();
    await().until(() -> count("fubao", "in_kafka") == 1);
    ingest.close();
    publish(STORE_7, "{\"temperature\":21}");

    startIngest(true);
    await().untilAsserted(() -> assertThat(values()).contains(21.0));
    assertThat(values().stream().sorted().toList())
        .as("2 to 20, and what came meanwhile; 1 was acknowledged")
        .isEqualTo(
            java.util.stream.IntStream.rangeClosed(2, 21).mapToObj(i -> (double) i).toList());
  }

  @Test
  void aLostConnectionIsTakenUpAgainAndNothingIsLost() throws Exception {
    publish(STORE_7, "{\"temperature\":1}");
    await().until(() -> count("fubao", "in_kafka") == 1);
    // Whoever connects under the same id takes the session over: the broker cuts ours off.
    MqttClient intruder = new MqttClient(uri(), clientId, new MemoryPersistence());
    var options = new org.eclipse.paho.mqttv5.client.MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(600L);
    intruder.connect(options);
    intruder.disconnectForcibly(0, 100, false);
    intruder.close(true);
    publish(STORE_7, "{\"temperature\":2}");
    await().atMost(Duration.ofSeconds(20)).until(() -> count("fubao", "in_kafka") >= 2);
    await().until(() -> ingest.health().connected());
    assertThat(values()).contains(1.0, 2.0);
  }
}
