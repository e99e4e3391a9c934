package org.minusone.app.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.ingest.IngestApp;
import org.minusone.ingest.IngestConfig;
import org.minusone.ingest.mqtt.MqttTls;
import org.minusone.model.Quarantined;
import org.minusone.model.RejectionReason;

/** What ingest does on any broker: published to by a stranger, looked at in Kafka. */
@Tag("slow")
@ExtendWith(NeedsMosquitto.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InteropSuite {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path folder;

  private final InteropSite site = new InteropSite();
  private Certificates certificates;
  private BrokerUnderTest broker;
  private Landed landed;
  private IngestApp ingest;

  abstract BrokerUnderTest broker(Path directory, Certificates signed);

  BrokerUnderTest broker() {
    return broker;
  }

  Certificates certificates() {
    return certificates;
  }

  @BeforeAll
  void open() throws Exception {
    certificates =
        Certificates.authority(folder.resolve("ca"), "Test authority")
            .server("server", "-1d", 10)
            .client("client");
    broker = broker(folder.resolve("broker"), certificates);
    broker.start();
    landed = new Landed(folder.resolve("kafka"));
    landed.start();
  }

  @AfterAll
  void close() throws Exception {
    broker.close();
    landed.close();
  }

  @BeforeEach
  void subscribe() {
    ingest = start(plain().withClientId("interop"));
  }

  @AfterEach
  void leave() {
    ingest.close();
  }

  private IngestConfig plain() {
    return IngestConfig.of("tcp://127.0.0.1:" + broker.plainPort());
  }

  private IngestApp start(IngestConfig config) {
    IngestApp started =
        new IngestApp(
            config,
            landed.clientProperties(),
            site,
            site,
            sensor -> {},
            InstantSource.system(),
            new SimpleMeterRegistry());
    started.start();
    await().atMost(PATIENCE).until(() -> started.health().connected());
    return started;
  }

  private Stranger stranger(String... options) {
    return Stranger.at(folder, "127.0.0.1", broker.plainPort(), options);
  }

  private static String topic(String sensor) {
    return "sites/fubao/hazmat-storage/" + sensor + "/readings";
  }

  private static String temperature(double celsius) {
    return "{\"temperature\":" + celsius + "}";
  }

  private void awaitValues(String sensor, Double... values) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(landed.of(sensor)).containsExactlyInAnyOrder(values));
  }

  @Test
  void everyQosAndVersionArrivesOnce() throws Exception {
    double value = 1;
    List<Double> expected = new ArrayList<>();
    for (String version : List.of("mqttv311", "mqttv5")) {
      for (int qos = 0; qos <= 2; qos++) {
        stranger("-V", version, "-q", Integer.toString(qos))
            .publishes(topic("H-01"), temperature(value));
        expected.add(value++);
      }
    }
    awaitValues("H-01", expected.toArray(Double[]::new));
  }

  @Test
  void aRetainedMessageIsTakenWhenItComesAndNotAgainAtSubscribe() throws Exception {
    stranger("-q", "1", "-r").publishes(topic("H-02"), temperature(1));
    awaitValues("H-02", 1.0);
    IngestApp fresh = start(plain().withClientId("interop-fresh"));
    try {
      stranger("-q", "1").publishes(topic("H-02"), temperature(2));
      awaitValues("H-02", 1.0, 2.0, 2.0);
    } finally {
      fresh.close();
    }
  }

  @Test
  void whatWasPublishedWhileWeWereAwayArrivesThoughTheBrokerWasRestartedMeanwhile()
      throws Exception {
    ingest.close();
    List<String> lines = IntStream.rangeClosed(1, 50).mapToObj(i -> temperature(i)).toList();
    stranger("-q", "1").publishesLines(topic("H-03"), lines);
    broker.stop();
    broker.start();
    ingest = start(plain().withClientId("interop"));
    awaitValues(
        "H-03", IntStream.rangeClosed(1, 50).mapToObj(i -> (double) i).toArray(Double[]::new));
    assertThat(landed.of("H-03")).as("in order").isSorted();
  }

  /** Without a group: mosquitto loses shared subscriptions, and acknowledges what nobody gets. */
  @Test
  void whatIsPublishedAfterARestartOfTheBrokerAndBeforeWeAreBackIsNotLost() throws Exception {
    ingest.close();
    broker.stop();
    broker.start();
    stranger("-q", "1")
        .publishesLines(
            topic("H-09"), IntStream.rangeClosed(1, 50).mapToObj(i -> temperature(i)).toList());
    ingest = start(plain().withClientId("interop"));
    awaitValues(
        "H-09", IntStream.rangeClosed(1, 50).mapToObj(i -> (double) i).toArray(Double[]::new));
  }

  @Test
  void aBrokerThatComesBackFindsUsAgain() throws Exception {
    IngestApp shared =
        start(plain().withClientId("interop-shared").withSessions(2, "interop-group"));
    try {
      stranger("-q", "1").publishes(topic("H-04"), temperature(1));
      awaitValues("H-04", 1.0, 1.0);
      broker.stop();
      await().atMost(PATIENCE).until(() -> !ingest.health().connected());
      assertThat(ingest.health().checks().get(0).detail())
          .matches("connection (lost|ended): .*|cannot connect: nothing listens there .*");
      broker.start();
      await().atMost(PATIENCE).until(() -> ingest.health().connected());
      await().atMost(PATIENCE).until(() -> shared.health().connected());
      stranger("-q", "1").publishes(topic("H-04"), temperature(2));
      awaitValues("H-04", 1.0, 1.0, 2.0, 2.0);
    } finally {
      shared.close();
    }
  }

  @Test
  void poisonIsRejectedAndStallsNothing() throws Exception {
    Random random = new Random(20_260_105);
    byte[] noise = new byte[5_000];
    random.nextBytes(noise);
    List<byte[]> poison =
        List.of(
            new byte[0],
            "{".getBytes(UTF_8),
            "null".getBytes(UTF_8),
            "\"29\"".getBytes(UTF_8),
            "{\"temperature\":NaN}".getBytes(UTF_8),
            "{\"temperature\":1e999}".getBytes(UTF_8),
            "{\"temperature\":{\"deep\":1}}".getBytes(UTF_8),
            "[".repeat(100_000).getBytes(UTF_8),
            new byte[] {(byte) 0xff, (byte) 0xfe, 0},
            noise);
    for (byte[] one : poison) {
      assertThat(stranger("-q", "1").tries(topic("H-05"), one).exit()).isZero();
    }
    stranger("-q", "1").publishes("sites/fubao/no-family/H-05/readings", temperature(1));
    stranger("-q", "1").publishes(topic("NO SUCH"), temperature(1));
    stranger("-q", "1").publishes(topic("H-05"), temperature(29));
    awaitValues("H-05", 29.0);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(landed.rejectedOn(topic("H-05"))).hasSize(poison.size()));
    assertThat(landed.rejectedOn("sites/fubao/no-family/H-05/readings")).hasSize(1);
    assertThat(landed.rejectedOn(topic("NO SUCH"))).hasSize(1);
    assertThat(ingest.health().connected()).isTrue();
  }

  @Test
  void aGatewaySpeaksThroughTlsWithItsPasswordAndSoDoWe() throws Exception {
    ingest.close();
    ingest =
        start(
            IngestConfig.of("ssl://127.0.0.1:" + broker.passwordPort())
                .withTls(new MqttTls(certificates.ca(), null, null))
                .withCredentials(BrokerUnderTest.INGEST, BrokerUnderTest.INGEST_PASSWORD)
                .withClientId("interop-tls"));
    Stranger gateway =
        Stranger.at(
            folder,
            "localhost",
            broker.passwordPort(),
            "-q",
            "1",
            "--cafile",
            certificates.ca().toString(),
            "-u",
            BrokerUnderTest.GATEWAY,
            "-P",
            BrokerUnderTest.GATEWAY_PASSWORD);
    gateway.publishes("sites/fubao/gateways/gw-1/readings", "{\"H-06\":[{\"temperature\":26}]}");
    awaitValues("H-06", 26.0);
  }

  @Test
  void aCertificateAloneLetsAGatewayInAndUs() throws Exception {
    MqttTls tls =
        new MqttTls(
            certificates.ca(), certificates.certificate("client"), certificates.key("client"));
    Stranger gateway =
        Stranger.at(
            folder,
            "localhost",
            broker.certificatePort(),
            "-q",
            "1",
            "--cafile",
            certificates.ca().toString(),
            "--cert",
            tls.certificate().toString(),
            "--key",
            tls.key().toString());
    ingest.close();
    ingest =
        start(
            IngestConfig.of("ssl://localhost:" + broker.certificatePort())
                .withTls(tls)
                .withCredentials(BrokerUnderTest.INGEST, BrokerUnderTest.INGEST_PASSWORD)
                .withClientId("interop-mutual"));
    gateway.publishes("sites/fubao/gateways/gw-1/readings", "{\"H-07\":[{\"temperature\":27}]}");
    awaitValues("H-07", 27.0);
  }

  /**
   * Publishes 300 KiB; what becomes of it is the broker's affair. By MQTT 3.1.1: to a client of
   * MQTT 5 the broker has said its limit, and mosquitto_pub keeps to it without a word.
   */
  Stranger.Outcome publishesTooMuch(String sensor) throws Exception {
    return stranger("-q", "1", "-V", "mqttv311").tries(topic(sensor), new byte[300 << 10]);
  }

  /** A sound one after it arrives. */
  void isStillWell(String sensor) throws Exception {
    stranger("-q", "1").publishes(topic(sensor), temperature(8));
    awaitValues(sensor, 8.0);
  }

  /** Waits for the one rejection of that sensor's. */
  Quarantined rejection(String sensor) {
    await().atMost(PATIENCE).until(() -> !landed.rejectedOn(topic(sensor)).isEmpty());
    assertThat(landed.rejectedOn(topic(sensor))).hasSize(1);
    return landed.rejectedOn(topic(sensor)).get(0);
  }

  boolean isRejected(String sensor) {
    return !landed.rejectedOn(topic(sensor)).isEmpty();
  }

  static void isTooLarge(Quarantined rejection) {
    assertThat(rejection.reason()).isEqualTo(RejectionReason.TOO_LARGE);
    assertThat(rejection.size()).isEqualTo(300 << 10);
    assertThat(rejection.payload()).hasSize(64 << 10);
  }
}
