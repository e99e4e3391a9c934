package org.minusone.app.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.WriteApiBlocking;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.client.write.Point;
import com.influxdb.exceptions.InfluxException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.codec.Json;

/**
 * Two lives of one data directory: in the first, each server is given something to keep; in the
 * second, which the tests look at, it has it. Real servers, started twice: some ten seconds.
 */
@Tag("slow")
final class EmbeddedServersTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z").plusMillis(123);
  private static final String TOPIC = "minusone.readings";
  private static final String QUIET_SESSION = "ingest-that-is-away";

  @TempDir static Path temp;

  private static DataDirectory data;
  private static EmbeddedKafka kafka;
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static Thread.UncaughtExceptionHandler handlerBefore;

  @BeforeAll
  static void firstLife() throws Exception {
    handlerBefore = Thread.getDefaultUncaughtExceptionHandler();
    startAll();
    try (Admin admin = Admin.create(new HashMap<>(kafka.clientProperties()));
        KafkaProducer<String, String> producer = producer(kafka.clientProperties())) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      producer.send(new ProducerRecord<>(TOPIC, "fubao/H-07", "29.4")).get();
    }
    MqttClient away = mqtt(QUIET_SESSION, new LinkedBlockingQueue<>());
    away.subscribe("sites/+/+/+/readings", 1);
    away.disconnect();
    publish("sites/fubao/hazmat-storage/H-07/readings", "{\"temperature\":29.4}".getBytes(UTF_8));
    try (InfluxDBClient client = influx(store.user(), store.password())) {
      WriteApiBlocking write = client.getWriteApiBlocking();
      write.writePoints(List.of(temperature(29.0), state("normal")));
      write.writePoints(List.of(temperature(29.4), state("normal")));
    }
    await().until(() -> count("readings") == 2);
    stopAll();
    startAll();
  }

  @AfterAll
  static void stop() throws Exception {
    stopAll();
  }

  @Test
  void kafkaKeepsItsRecords() {
    assertThat(read(kafka.clientProperties())).containsExactly("29.4");
  }

  @Test
  void kafkaWantsThePassword() {
    Map<String, Object> stranger =
        EmbeddedKafka.clientProperties(kafka.bootstrap(), "a-guess-of-the-password");
    try (Admin admin = Admin.create(new HashMap<>(stranger))) {
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void brokerKeepsWhatWasPublishedForASessionThatIsAway() throws Exception {
    BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    MqttClient back = mqtt(QUIET_SESSION, arrived);
    assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"temperature\":29.4}");
    back.disconnect();
  }

  @Test
  void brokerCutsOffAPublisherOfMoreThanItTakes() throws Exception {
    assertThatThrownBy(() -> publish("sites/fubao/smoke/S-1/readings", new byte[300 << 10]))
        .isInstanceOf(MqttException.class);
  }

  @Test
  void brokerLeavesTheUncaughtExceptionHandlerAlone() {
    assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(handlerBefore);
  }

  @Test
  void storeKeepsTheLastOfWhatWasWrittenTwice() throws Exception {
    assertThat(
            exec(
                "select timestamp, site, family, sensor, quantity, value, state, flag from readings"
                    + " order by quantity desc"))
        .containsExactly(
            "[2026-01-05T12:00:00.123000Z, fubao, hazmat-storage, H-07, temperature, 29.4, null, 1]",
            "[2026-01-05T12:00:00.123000Z, fubao, hazmat-storage, H-07, state, null, normal, 1]");
  }

  @Test
  void storeHasTheColumnsOfTheContract() throws Exception {
    assertThat(exec("select \"column\", type from table_columns('readings')"))
        .containsExactly(
            "[timestamp, TIMESTAMP]",
            "[site, SYMBOL]",
            "[family, SYMBOL]",
            "[sensor, SYMBOL]",
            "[quantity, SYMBOL]",
            "[value, DOUBLE]",
            "[state, VARCHAR]",
            "[flag, INT]");
    assertThat(exec("select ttlValue, ttlUnit, dedup from tables() where table_name = 'readings'"))
        .containsExactly("[90, DAY, true]");
  }

  @Test
  void storeMakesARunATableWithoutExpiry() throws Exception {
    store.ensureTable("readings_r17");
    store.ensureTable("readings_r17");
    assertThat(exec("select ttlValue, dedup from tables() where table_name = 'readings_r17'"))
        .containsExactly("[0, true]");
    assertThatThrownBy(() -> store.ensureTable("x'; drop table readings"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void storeRefusesTheWrongPassword() throws Exception {
    try (InfluxDBClient client = influx(store.user(), "a-guess")) {
      assertThatThrownBy(() -> client.getWriteApiBlocking().writePoint(temperature(1)))
          .isInstanceOf(InfluxException.class);
    }
    assertThat(get("select 1", "nobody", "nothing").statusCode()).isEqualTo(401);
  }

  @Test
  void aTakenPortIsOneClearLine() {
    assertThatThrownBy(() -> new EmbeddedBroker(temp.resolve("other"), broker.port()).start())
        .isInstanceOf(StartProblem.class)
        .hasMessage(
            "port %d is taken by another program: stop that one, or choose another with"
                + " --mqtt-port N (0 picks a free one)",
            broker.port());
  }

  @Test
  void theInstanceIsFoundWhileItRuns() throws Exception {
    assertThat(RunFile.find(temp)).isEmpty();
    data.announce(
        RunFile.ofThisProcess(
            Map.of("mqtt", broker.url()), Map.of("store", data.password("store"))));
    Optional<RunFile> found = RunFile.find(data.path());
    assertThat(found.orElseThrow().pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(found.orElseThrow().addresses()).containsEntry("mqtt", broker.url());
  }

  private static void startAll() throws Exception {
    data = DataDirectory.open(temp.resolve("data"));
    kafka = new EmbeddedKafka(data.kafka(), data.password("kafka"));
    broker = new EmbeddedBroker(data.mqtt(), 0);
    store = new EmbeddedStore(data.store(), "minusone", data.password("store"));
    together(
        () -> {
          kafka.start();
          return null;
        },
        () -> {
          broker.start();
          return null;
        },
        () -> {
          store.start();
          return null;
        });
  }

  private static void stopAll() throws Exception {
    together(
        Executors.callable(kafka::close),
        Executors.callable(broker::close),
        Executors.callable(store::close));
    data.close();
  }

  @SafeVarargs
  private static void together(Callable<Object>... steps) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(steps.length);
    try {
      for (Future<Object> step : threads.invokeAll(List.of(steps))) {
        step.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Point temperature(double celsius) {
    return point("temperature").addField("value", celsius);
  }

  private static Point state(String word) {
    return point("state").addField("state", word);
  }

  private static Point point(String quantity) {
    return Point.measurement("readings")
        .time(NOON, WritePrecision.MS)
        .addTag("site", "fubao")
        .addTag("family", "hazmat-storage")
        .addTag("sensor", "H-07")
        .addTag("quantity", quantity)
        .addField("flag", 1);
  }

  private static InfluxDBClient influx(String user, String password) {
    String basic = Credentials.basic(user, password);
    return InfluxDBClientFactory.create(
        InfluxDBClientOptions.builder()
            .url(store.url())
            .org("minusone")
            .bucket("minusone")
            .okHttpClient(
                new OkHttpClient.Builder()
                    .addInterceptor(
                        chain ->
                            chain.proceed(
                                chain
                                    .request()
                                    .newBuilder()
                                    .header("Authorization", basic)
                                    .build())))
            .build());
  }

  private static long count(String table) throws Exception {
    return Long.parseLong(exec("select count() from " + table).get(0).replaceAll("[^0-9]", ""));
  }

  private static List<String> exec(String query) throws Exception {
    HttpResponse<String> answer = get(query, store.user(), store.password());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<String> rows = new ArrayList<>();
    for (List<?> row : Json.read(answer.body().getBytes(UTF_8), Dataset.class).dataset()) {
      rows.add(row.toString());
    }
    return rows;
  }

  private record Dataset(List<List<Object>> dataset) {}

  private static HttpResponse<String> get(String query, String user, String password)
      throws IOException, InterruptedException {
    String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(store.url() + "/exec?query=" + URLEncoder.encode(query, UTF_8)))
                .header("Authorization", "Basic " + basic)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static MqttClient mqtt(String id, BlockingQueue<String> arrived) throws MqttException {
    MqttClient client = new MqttClient(broker.url(), id, new MemoryPersistence());
    client.setCallback(new Arrivals(arrived));
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(3600L);
    client.connect(options);
    return client;
  }

  private static void publish(String topic, byte[] payload) throws MqttException {
    MqttClient client = new MqttClient(broker.url(), "gateway", new MemoryPersistence());
    client.setTimeToWait(5_000);
    client.connect();
    try {
      MqttMessage message = new MqttMessage(payload);
      message.setQos(1);
      client.publish(topic, message);
      client.disconnect();
    } finally {
      client.close();
    }
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
  }

  private static List<String> read(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(ConsumerConfig.GROUP_ID_CONFIG, "reader");
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      await()
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  values.add(record.value());
                }
                return !values.isEmpty();
              });
    }
    return values;
  }
}
