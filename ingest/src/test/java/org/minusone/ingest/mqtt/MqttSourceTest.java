package org.minusone.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Sessions on a broker that does as it likes. */
class MqttSourceTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String FILTER = "sites/+/+/+/readings";
  private static final int MOST_MESSAGES = 20;

  /** What Paho may have read of a connection before it hands it over. */
  private static final int IN_PAHO = 12;

  @TempDir Path folder;

  private final Queue<Delivery> unfinished = new ConcurrentLinkedQueue<>();
  private final List<Integer> sizes = new CopyOnWriteArrayList<>();
  private volatile boolean kafkaAnswers = true;
  private ScriptedBroker broker;
  private MqttSource source;

  @BeforeEach
  void open() throws IOException {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void close() throws IOException {
    if (source != null) {
      source.close();
    }
    broker.close();
  }

  private MqttSettings settings(String uri, int sessions, String group) {
    return new MqttSettings(
        uri,
        null,
        "x",
        null,
        null,
        sessions,
        group,
        false,
        Duration.ofDays(7),
        Duration.ofSeconds(1),
        List.of(FILTER),
        MOST_MESSAGES,
        1 << 20,
        folder.resolve("sessions.json"));
  }

  private void start(int sessions, String group, String... further) {
    start(settings(broker.uri(), sessions, group), further);
    await().atMost(SOON).until(source::isSubscribed);
  }

  private void start(MqttSettings settings, String... further) {
    source = new MqttSource(settings, InstantSource.system(), this::arrived);
    source.filters(Set.of(further));
    source.start();
  }

  private void arrived(Delivery delivery) {
    sizes.add(delivery.payload().length);
    if (kafkaAnswers) {
      delivery.done();
    } else {
      unfinished.add(delivery);
    }
  }

  private void restart(int sessions, String group, String... further) {
    source.close();
    broker.said.clear();
    start(sessions, group, further);
  }

  @Test
  void whileKafkaDoesNotAnswerTheSessionStaysAndMemoryIsBoundedAndNothingIsLost() throws Exception {
    kafkaAnswers = false;
    start(1, null);
    int published = 2_000;
    for (int i = 0; i < published; i++) {
      broker.publish("x", "sites/a/smoke/S/readings", new byte[500]);
    }
    await().atMost(SOON).until(() -> source.held() >= MOST_MESSAGES);
    int pings = broker.pings;
    await()
        .during(Duration.ofSeconds(4))
        .atMost(SOON)
        .until(
            () ->
                source.isSubscribed()
                    && source.held() <= MOST_MESSAGES + IN_PAHO
                    && broker.count("x connect") == 1);
    assertThat(broker.pings).as("the broker hears from us").isGreaterThan(pings);

    kafkaAnswers = true;
    for (Delivery one = unfinished.poll(); one != null; one = unfinished.poll()) {
      one.done();
    }
    await().atMost(SOON).until(() -> broker.acknowledged("x").size() == published);
    assertThat(broker.acknowledged("x"))
        .isEqualTo(IntStream.rangeClosed(1, published).boxed().toList());
    assertThat(sizes).hasSize(published);
    pings = broker.pings;
    int before = pings;
    await().atMost(SOON).until(() -> broker.pings >= before + 3);
    assertThat(broker.count("x connect")).as("and after it, too").isEqualTo(1);
  }

  @Test
  void theSessionsShareWhatMayBeUnderWay() {
    start(2, null);
    assertThat(broker.receiveMaxima).containsExactly(MOST_MESSAGES / 2, MOST_MESSAGES / 2);
  }

  @Test
  void aMessageOfAnySizeTakesNoMoreThanOurOwnLimitAndTheNextIsWhole() throws Exception {
    start(1, null);
    broker.publish("x", "sites/a/smoke/S/readings", new byte[8 << 20]);
    broker.publish("x", "sites/a/smoke/S/readings", new byte[300_000]);
    await().atMost(SOON).until(() -> broker.acknowledged("x").size() == 2);
    assertThat(sizes.get(0)).isBetween(BrokerInput.MOST_BYTES - 200, BrokerInput.MOST_BYTES);
    assertThat(sizes.get(1)).isEqualTo(300_000);
    assertThat(broker.count("x connect")).isEqualTo(1);
  }

  @Test
  void aGrantOfQosZeroIsToldOnce() {
    broker.granted = 0;
    ListAppender<ILoggingEvent> lines = lines(Subscriptions.class);
    start(1, null);
    assertThat(source.weakness()).startsWith("the broker grants only QoS 0 on " + FILTER);
    assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).hasSize(1);
    assertThat(lines.list.get(0).getFormattedMessage()).contains("grants only QoS 0");
    broker.granted = 1;
    restart(1, null);
    assertThat(source.weakness()).isEmpty();
  }

  @Test
  void whatAnEarlierProcessWasSubscribedToIsTakenBackAfterwards() {
    start(1, null, "utd/#", "app/+/up");
    restart(1, null, "app/+/up");
    assertThat(broker.saidBy("x"))
        .containsExactly(
            "connect", "subscribe " + FILTER, "subscribe app/+/up", "unsubscribe utd/#");

    restart(1, "g");
    assertThat(broker.saidBy("x"))
        .startsWith("connect", "subscribe $share/g/" + FILTER)
        .contains("unsubscribe " + FILTER, "unsubscribe app/+/up");
    restart(1, null);
    assertThat(broker.saidBy("x"))
        .containsExactly("connect", "subscribe " + FILTER, "unsubscribe $share/g/" + FILTER);
  }

  @Test
  void theFirstSessionKeepsItsNameAndFormerOnesAreEmptiedAndEnded() throws Exception {
    start(1, null);
    restart(3, null);
    assertThat(broker.said).contains("x connect", "x-2 connect", "x-3 connect");
    source.close();
    broker.publish("x-3", "sites/a/smoke/S/readings", new byte[3]);
    start(1, null);
    await().atMost(SOON).until(() -> broker.said.contains("x-2 end"));
    await().atMost(SOON).until(() -> broker.said.contains("x-3 end"));
    assertThat(sizes).as("what it had queued").containsExactly(3);
    assertThat(broker.said).doesNotContain("x end").contains("x-3 unsubscribe " + FILTER);
    assertThat(source.isSubscribed()).isTrue();
    await()
        .atMost(SOON)
        .until(() -> new KeptSessions(folder.resolve("sessions.json")).ids().equals(Set.of("x")));
  }

  @Test
  void aWrongPasswordIsOneLineHoweverOftenItIsTried() {
    broker.connack = 0x86;
    ListAppender<ILoggingEvent> lines = lines(MqttSource.class);
    start(settings(broker.uri(), 1, null));
    await().atMost(SOON).until(() -> broker.count("x connect") >= 3);
    String why = "cannot connect: the broker refuses us: wrong user name or password (0x86)";
    assertThat(source.problem()).isEqualTo(why);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("MQTT at " + broker.uri() + ": " + why + "; trying again");
    assertThat(source.isAlive()).isTrue();
  }

  @Test
  void aBrokerThatIsNotThereIsWaitedFor() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    start(settings("tcp://127.0.0.1:" + nobody, 1, null));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(source.problem())
                    .isEqualTo("cannot connect: nothing listens there (Connection refused)"));
    assertThat(source.isSubscribed()).isFalse();
    assertThat(source.isAlive()).isTrue();
  }

  private static ListAppender<ILoggingEvent> lines(Class<?> of) {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger logger = (Logger) LoggerFactory.getLogger(of);
    logger.addAppender(lines);
    return lines;
  }
}
