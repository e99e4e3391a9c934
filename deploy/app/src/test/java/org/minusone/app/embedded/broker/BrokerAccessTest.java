package org.minusone.app.embedded.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.minusone.app.embedded.broker.BrokerSites.gateway;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.client.MqttTopic;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.embedded.BrokerOptions;
import org.minusone.app.embedded.EmbeddedBroker;
import org.minusone.ingest.mqtt.MqttSource;
import org.minusone.model.Gateway;
import org.minusone.model.PasswordHash;

/** The broker itself, on loopback, closed to strangers. */
@Tag("slow")
class BrokerAccessTest {
  private static final String OWN = "sites/fubao/gateways/gw-1/readings";
  private static final String OTHERS = "sites/fubao/gateways/gw-2/readings";
  private static final String RIGHT = "correct horse";
  private static final String HASH = hash(RIGHT);
  private static final Gateway GW_1 = gateway("gw-1", HASH);
  private static final Gateway GW_2 = gateway("gw-2", HASH);

  @TempDir static Path dir;

  private static final BrokerSites SITES = new BrokerSites();
  private static EmbeddedBroker broker;

  private final List<MqttClient> clients = new ArrayList<>();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();

  private record Heard(String payload, List<String> publishers, long nanos) {}

  @BeforeAll
  static void start() throws Exception {
    broker =
        new EmbeddedBroker(
            dir,
            BrokerOptions.loopback(0)
                .withAccess(
                    BrokerAccess.closed(
                        List.of(
                            new HouseUser("ingest", "in", HouseUser.Rights.INGEST),
                            new HouseUser("engineers", "en", HouseUser.Rights.ENGINEER)),
                        SITES)));
    broker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void listen() throws Exception {
    SITES.apply(GW_1, GW_2);
    MqttClient ingest = connect("ingest", "in");
    ingest.subscribe(
        new MqttSubscription[] {new MqttSubscription("#", 1)},
        new org.eclipse.paho.mqttv5.client.IMqttMessageListener[] {
          (topic, message) ->
              heard.add(
                  new Heard(
                      new String(message.getPayload(), UTF_8),
                      message.getProperties().getUserProperties().stream()
                          .filter(one -> one.getKey().equals(MqttSource.CLIENT_PROPERTY))
                          .map(UserProperty::getValue)
                          .toList(),
                      System.nanoTime()))
        });
  }

  @AfterEach
  void leave() throws Exception {
    for (MqttClient client : clients) {
      if (client.isConnected()) {
        client.disconnectForcibly(0, 200, false);
      }
      client.close(true);
    }
  }

  @Test
  void whoIsNotKnownIsNotLetInAndHearsOfItLater() {
    long before = broker.notLetIn();
    long from = System.nanoTime();
    assertThatThrownBy(() -> connect(null, null)).satisfies(BrokerAccessTest::isWrongPassword);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(900));
    assertThatThrownBy(() -> connect("fubao/gw-1", "wrong"))
        .satisfies(BrokerAccessTest::isWrongPassword);
    assertThatThrownBy(() -> connect("fubao/gw-9", RIGHT))
        .satisfies(BrokerAccessTest::isWrongPassword);
    assertThatThrownBy(() -> connect("ingest", "wrong"))
        .satisfies(BrokerAccessTest::isWrongPassword);
    assertThat(broker.notLetIn() - before).isEqualTo(4);
  }

  @Test
  void theBrokerSaysWhoPublishedWhateverThePublisherClaims() throws Exception {
    MqttClient gateway = connect("fubao/gw-1", RIGHT);
    MqttMessage forged = message("1");
    MqttProperties properties = new MqttProperties();
    properties.setUserProperties(
        new ArrayList<>(
            List.of(
                new UserProperty(MqttSource.CLIENT_PROPERTY, "fubao/gw-2"),
                new UserProperty(MqttSource.CLIENT_PROPERTY, "engineers"))));
    forged.setProperties(properties);
    gateway.publish(OWN, forged);
    await().until(() -> heard.size() == 1);
    assertThat(heard.get(0).publishers()).containsExactly("fubao/gw-1");
  }

  @Test
  void whatAGatewayMayNotIsRefusedInTheAcknowledgementAndDoesNotArrive() throws Exception {
    long before = broker.refused();
    MqttClient gateway = connect("fubao/gw-1", RIGHT);
    assertThat(acknowledgement(gateway, OTHERS, "not mine")).isEqualTo(0x87);
    assertThat(gateway.isConnected()).isTrue();
    assertThat(acknowledgement(gateway, OWN, "mine")).isZero();
    await().until(() -> !heard.isEmpty());
    assertThat(heard).extracting(Heard::payload).containsExactly("mine");
    assertThat(broker.refused() - before).isEqualTo(1);
  }

  /** Whoever is gone before the broker has looked at what it sent gains nothing by it. */
  @Test
  void whatAGatewayMayNotDoesNotArriveByAnyVersionAndQosThoughItLeavesAtOnce() throws Exception {
    long before = broker.refused();
    int sent = 0;
    for (int round = 0; round < 10; round++) {
      for (int version : new int[] {4, 5}) {
        Hasty gateway = new Hasty(broker.port(), version, "fubao/gw-1", RIGHT);
        for (int qos = 0; qos <= 2; qos++) {
          gateway.publish("h-" + sent, qos, OTHERS, "not mine, version " + version + " qos " + qos);
          sent++;
        }
        gateway.publish("own-" + sent, 0, OWN, "mine");
      }
    }
    int refused = sent;
    await()
        .untilAsserted(
            () -> {
              assertThat(heard).extracting(Heard::payload).hasSize(20).containsOnly("mine");
              assertThat(broker.refused() - before).isEqualTo(refused);
            });
  }

  @Test
  void aWillOnAnothersTopicIsRefusedAndOnItsOwnArrives() throws Exception {
    long before = broker.refused();
    assertThatThrownBy(() -> leaving(OTHERS, "not mine")).isInstanceOf(MqttException.class);
    assertThat(broker.refused() - before).isEqualTo(1);
    leaving(OWN, "mine").disconnectForcibly(0, 200, false);
    await().until(() -> !heard.isEmpty());
    assertThat(heard).extracting(Heard::payload).containsExactly("mine");
  }

  private MqttClient leaving(String topic, String will) throws MqttException {
    MqttClient client =
        new MqttClient(broker.url(), "w-" + System.nanoTime(), new MemoryPersistence());
    clients.add(client);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName("fubao/gw-1");
    options.setPassword(RIGHT.getBytes(UTF_8));
    options.setWill(topic, message(will));
    client.connect(options);
    return client;
  }

  /** Its session takes in everything: an answer that may not leave must not end it. */
  @Test
  void anAnswerThatIngestMayNotGiveIsNotDeliveredAndIngestStays() throws Exception {
    long before = broker.refused();
    MqttClient ingest = connect("ingest", "in");
    ingest.publish(OWN, "not mine".getBytes(UTF_8), 0, false);
    ingest.publish("sites/fubao/gateways/gw-1/confirm", "mine".getBytes(UTF_8), 0, false);
    await().until(() -> !heard.isEmpty());
    assertThat(heard).extracting(Heard::payload).containsExactly("mine");
    assertThat(broker.refused() - before).isEqualTo(1);
    assertThat(ingest.isConnected()).isTrue();
  }

  @Test
  void aSubscriptionToOthersIsRefused() throws Exception {
    MqttClient gateway = connect("fubao/gw-1", RIGHT);
    assertThat(subscribe(gateway, "sites/#")).isEqualTo(0x87);
    assertThat(subscribe(gateway, "sites/fubao/gateways/gw-1/confirm")).isEqualTo(1);
    assertThat(gateway.isConnected()).isTrue();
  }

  @Test
  void siteApplyPutsAConnectedGatewayOut() throws Exception {
    MqttClient gateway = connect("fubao/gw-1", RIGHT);
    MqttClient other = connect("fubao/gw-2", RIGHT);
    SITES.apply(GW_2);
    await().until(() -> !gateway.isConnected());
    assertThat(other.isConnected()).isTrue();
    assertThatThrownBy(() -> connect("fubao/gw-1", RIGHT))
        .satisfies(BrokerAccessTest::isWrongPassword);
    SITES.apply(gateway("gw-1", hash("another")), GW_2);
    connect("fubao/gw-1", "another").publish(OWN, message("back"));
    await().until(() -> !heard.isEmpty());
  }

  @Test
  void nobodyTakesAnothersSession() throws Exception {
    MqttClient gateway = connect("fubao/gw-1", RIGHT, "gw-1-id");
    assertThatThrownBy(() -> connect("fubao/gw-2", RIGHT, "gw-1-id"))
        .extracting(e -> ((MqttException) e).getReasonCode())
        .isEqualTo(0x85);
    assertThat(gateway.isConnected()).isTrue();
  }

  @Test
  void aFastGatewayIsHeldBackNotCutOffAndItsOrderStays() throws Exception {
    SITES.apply(new Gateway("gw-1", null, HASH, null, 20, List.of()), GW_2);
    MqttClient fast = connect("fubao/gw-1", RIGHT);
    MqttClient other = connect("fubao/gw-2", RIGHT);
    long from = System.nanoTime();
    MqttTopic topic = fast.getTopic(OWN);
    for (int i = 0; i < 50; i++) {
      topic.publish(message(Integer.toString(i)));
    }
    other.publish(OTHERS, message("other"));
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.size() == 51);
    List<String> inOrder = new ArrayList<>();
    List<Long> arrivals = new ArrayList<>();
    for (Heard one : heard) {
      if (!one.payload().equals("other")) {
        inOrder.add(one.payload());
        arrivals.add(one.nanos());
      }
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      expected.add(Integer.toString(i));
    }
    assertThat(inOrder).isEqualTo(expected);
    // 20 at once, 30 more at 20 a second.
    assertThat(Duration.ofNanos(Collections.max(arrivals) - from))
        .isBetween(Duration.ofMillis(1_400), Duration.ofSeconds(6));
  }

  @Test
  void aGatewayIsNoFasterWithSeveralConnections() throws Exception {
    SITES.apply(new Gateway("gw-1", null, HASH, null, 20, List.of()), GW_2);
    long from = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      MqttTopic topic = connect("fubao/gw-1", RIGHT).getTopic(OWN);
      for (int k = 0; k < 10; k++) {
        topic.publish(message(i + "." + k));
      }
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.size() == 50);
    assertThat(heard.stream().mapToLong(Heard::nanos).max().orElseThrow() - from)
        .as("20 at once, 30 more at 20 a second")
        .isGreaterThan(Duration.ofMillis(1_400).toNanos());
  }

  @Test
  void whoSendsTooMuchIsCutOffAndThatIsCounted() throws Exception {
    long before = broker.refused();
    MqttClient gateway = connect("fubao/gw-1", RIGHT);
    assertThatThrownBy(
            () -> gateway.publish(OWN, new byte[BrokerConfiguration.LARGEST_PAYLOAD * 2], 1, false))
        .isInstanceOf(MqttException.class);
    await().until(() -> broker.refused() - before == 1);
    assertThat(gateway.isConnected()).isFalse();
  }

  @Test
  void whereAnybodyIsLetInAGatewayThatIsNotThereIsNot(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker open =
        new EmbeddedBroker(
            folder, BrokerOptions.loopback(0).withAccess(BrokerAccess.open(List.of(), SITES)))) {
      open.start();
      connect(open.url(), null, null, "stranger");
      connect(open.url(), "somebody", "?", "stranger-2");
      SITES.apply(GW_1, new Gateway("gw-3", null, null, null, 0, List.of()));
      for (String user : List.of("fubao/gw-9", "Fubao/gw-1", "harbour/gw-1", "fubao/gw-3")) {
        assertThatThrownBy(() -> connect(open.url(), user, RIGHT, "mistyped"))
            .satisfies(BrokerAccessTest::isWrongPassword);
      }
      assertThat(open.notLetIn()).isEqualTo(4);
    }
  }

  private static void isWrongPassword(Throwable e) {
    assertThat(((MqttException) e).getReasonCode()).isEqualTo(0x86);
  }

  private static int subscribe(MqttClient client, String filter) throws MqttException {
    return client.subscribe(filter, 1).getReasonCodes()[0];
  }

  /** The reason code of its PUBACK. */
  private static int acknowledgement(MqttClient client, String topic, String payload)
      throws MqttException {
    MqttToken token = client.getTopic(topic).publish(message(payload));
    token.waitForCompletion(5_000);
    return token.getReasonCodes() == null ? 0 : token.getReasonCodes()[0];
  }

  private static MqttMessage message(String payload) {
    return new MqttMessage(payload.getBytes(UTF_8), 1, false, null);
  }

  private MqttClient connect(String user, String password) throws MqttException {
    return connect(user, password, "c-" + System.nanoTime());
  }

  private MqttClient connect(String user, String password, String id) throws MqttException {
    return connect(broker.url(), user, password, id);
  }

  private MqttClient connect(String url, String user, String password, String id)
      throws MqttException {
    MqttClient client = new MqttClient(url, id, new MemoryPersistence());
    clients.add(client);
    MqttConnectionOptions options = new MqttConnectionOptions();
    if (user != null) {
      options.setUserName(user);
      options.setPassword(password.getBytes(UTF_8));
    }
    client.connect(options);
    return client;
  }

  private static String hash(String password) {
    byte[] salt = new byte[PasswordHash.SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return PasswordHash.of(password, salt).text();
  }
}
