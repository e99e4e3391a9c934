package org.minusone.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.embedded.RunFile;
import org.minusone.app.stack.EmbeddedStack;
import org.minusone.app.stack.Progress;
import org.minusone.app.stack.StackOptions;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.port.SeriesReader;

/** An engineer changes the files of a site while it runs, and applies them. Nothing restarts. */
@Tag("slow")
class SiteStoryTest {
  private static final SiteId HARBOUR = new SiteId("harbour");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String SENSORS = "sensors/flood-point.yaml";

  @TempDir static Path folder;
  private static HarbourFiles files;
  private static EmbeddedStack stack;

  @BeforeAll
  static void aSmallSiteRuns() throws Exception {
    files = HarbourFiles.in(folder.resolve("harbour"));
    stack =
        EmbeddedStack.start(
            new StackOptions(folder.resolve("data"), 0, 0),
            SiteFiles.load(files.dir()).draft(),
            Progress.SILENT);
  }

  @AfterAll
  static void itStops() {
    if (stack != null) {
      stack.close();
    }
  }

  private static Said site(Object... words) {
    Object[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--data";
    all[words.length + 1] = folder.resolve("data");
    return Said.by(new SiteCommand(), all);
  }

  private static MqttClient client(String user, String password) throws MqttException {
    MqttClient client =
        new MqttClient(
            "tcp://127.0.0.1:" + stack.mqttPort(),
            "story-" + System.nanoTime(),
            new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setUserName(user);
    options.setPassword(password == null ? null : password.getBytes(UTF_8));
    client.connect(options);
    return client;
  }

  /** The reason code of the broker's acknowledgement. */
  private static int publish(MqttClient client, String topic, String payload) throws Exception {
    MqttMessage message = new MqttMessage(payload.getBytes(UTF_8), 1, false, null);
    MqttToken acked = client.getTopic(topic).publish(message);
    try {
      acked.waitForCompletion(20_000);
    } catch (MqttException e) {
      return e.getReasonCode();
    }
    return acked.getReasonCodes() == null ? 0 : acked.getReasonCodes()[0];
  }

  private static double depth(String sensor) throws Exception {
    Map<Quantity, SeriesReader.Point> latest =
        stack.series().latest(HARBOUR, Duration.ofHours(1)).get(new SensorId(sensor));
    return latest == null ? Double.NaN : latest.get(Quantity.DEPTH).value();
  }

  private static void awaitDepth(String sensor, double cm) {
    await().atMost(SOON).untilAsserted(() -> assertThat(depth(sensor)).isCloseTo(cm, within(1e-9)));
  }

  @Test
  void aSensorNobodyRegisteredIsFoundAndAdopted() throws Exception {
    String topic = "sites/harbour/flood-point/F-2/readings";
    MqttClient client = client(null, null);
    publish(client, topic, "{\"depth\":3}");
    await()
        .atMost(SOON)
        .until(() -> site("unknown", "--json").json().at("/items/0/rejected").asInt() == 1);
    JsonNode found = site("unknown", "--json").json().at("/items/0");
    assertThat(found.get("name").asText()).isEqualTo("F-2");
    assertThat(found.get("family").asText()).isEqualTo("flood-point");
    assertThat(found.get("admitted").asBoolean()).isFalse();
    assertThat(site("unknown").out()).contains("F-2", "flood-point", "refused", "--yaml");

    List<String> lines = site("unknown", "--yaml").out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("# under 'sensors:' of sensors/flood-point.yaml");
    String before = Files.readString(files.dir().resolve(SENSORS));
    files.append(SENSORS, lines);
    Said refused = site("apply", files.dir());
    assertThat(refused.code()).as("somebody has to say where it hangs").isEqualTo(1);
    assertThat(refused.out()).contains("COMMUNITY", "nothing was applied");

    files.write(SENSORS, before.stripTrailing());
    files.append(SENSORS, site("unknown", "--yaml", "--community", "east").out().lines().toList());
    int was = stack.sites().live(HARBOUR).orElseThrow().version();
    Said dry = site("apply", files.dir(), "--dry-run");
    assertThat(dry.code()).isZero();
    assertThat(dry.out())
        .contains("would become version " + (was + 1), "nothing was applied", "added    F-2");
    assertThat(site("apply", files.dir(), "--dry-run", "--json").json().get("applied").asBoolean())
        .isFalse();

    assertThat(site("apply", files.dir()).out())
        .contains("harbour: version " + (was + 1) + " is live", "added    F-2");
    await()
        .atMost(SOON)
        .until(() -> stack.sites().live(HARBOUR).orElseThrow().version() == was + 1);
    publish(client, topic, "{\"depth\":4}");
    awaitDepth("F-2", 4);
    Said decoded =
        Said.by(
            new DecodeCommand(),
            "--live",
            "--data",
            folder.resolve("data"),
            "--topic",
            topic,
            "--hex",
            "7b226465707468223a347d"); // {"depth":4}
    assertThat(decoded.out()).contains("F-2", "4 cm").doesNotContain("rejection");

    assertThat(site("unknown").out()).contains("every sensor that was heard is registered");
    assertThat(site("apply", files.dir()).out())
        .contains("nothing changes, version " + (was + 1) + " is live");
    client.disconnect();
  }

  @Test
  void aFormatTakesEffectOnTheNextMessage() throws Exception {
    String topic = "sites/harbour/flood-point/F-1/readings";
    String senml = "[{\"n\":\"depth\",\"u\":\"m\",\"v\":0.12}]";
    MqttClient client = client(null, null);
    publish(client, topic, "{\"depth\":7}");
    awaitDepth("F-1", 7);

    files.write(
        "codecs.yaml",
        "codecs:",
        "  - {filter: " + topic + ", codec: senml-json}",
        "  - filter: app/+/up",
        "    codec: mapped-json",
        "    options: {sensor: {topic: 2}, values: {depth: {path: /d, unit: mm}}}");
    assertThat(apply()).contains("codecs", "2 added");
    publish(client, topic, senml);
    awaitDepth("F-1", 12);

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              publish(client, "app/F-1/up", "{\"d\":330}");
              assertThat(depth("F-1")).as("another tree, subscribed to now").isEqualTo(33);
            });

    files.write("codecs.yaml", "codecs:", "  - {filter: " + topic + ", codec: thingsboard}");
    assertThat(apply()).contains("1 changed  " + topic + " (codec)", "1 removed  app/+/up");
    publish(client, topic, "{\"depth\":8}");
    awaitDepth("F-1", 8);
    client.disconnect();
  }

  @Test
  void whatAGatewayMayAndHowFastChangesWhileItIsConnected() throws Exception {
    JsonNode made =
        Said.by(new SiteCommand(), "gateway", "gw-1", "--site", files.dir(), "--json").json();
    String lines = "gateways:\n  - id: gw-1\n    password: " + made.get("hash").asText();
    files.write("gateways.yaml", lines);
    assertThat(apply()).contains("gateways", "added    gw-1");

    MqttClient client = client(made.get("username").asText(), made.get("password").asText());
    String own = "sites/harbour/gateways/gw-1/readings";
    publish(client, own, "{\"F-3\":[{\"depth\":5}]}");
    awaitDepth("F-3", 5);
    assertThat(publish(client, "vendor/F-3/up", "{}") & 0xFF)
        .isEqualTo(MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED);

    files.write("gateways.yaml", lines, "    topics: [vendor/+/up]", "    rate: 4/s");
    assertThat(apply()).contains("1 changed  gw-1 (messages_per_second, topics)");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(publish(client, "vendor/F-3/up", "{}") & 0xFF)
                    .isNotEqualTo(MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED));
    long begin = System.nanoTime();
    for (int i = 0; i < 12; i++) {
      publish(client, own, "{\"F-3\":[{\"depth\":6}]}");
    }
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
        .as("12 messages at 4 a second, 4 of them at once")
        .isGreaterThan(1_800);
    awaitDepth("F-3", 6);
    client.disconnect();
  }

  @Test
  void whatWasRefusedComesInWithItsOwnTimeOnceTheFilesKnowIt() throws Exception {
    String topic = "sites/harbour/gateways/gw-4/readings";
    MqttClient client = client(null, null);
    publish(client, topic, "[{\"n\":\"urn:dev:4:depth\",\"u\":\"m\",\"v\":0.5}]");
    Object[] list = {"list", "--topic", topic, "--json", "--data", folder.resolve("data")};
    await()
        .atMost(SOON)
        .until(() -> !Said.by(new QuarantineCommand(), list).json().get("items").isEmpty());
    JsonNode refused = Said.by(new QuarantineCommand(), list).json().at("/items/0");
    Instant arrived = Instant.parse(refused.get("at").asText());
    Object[] retry = {"retry", refused.get("id").asText(), "--data", folder.resolve("data")};

    files.write("codecs.yaml", "codecs: [{filter: " + topic + ", codec: senml-json}]");
    files.write(
        "sensors/more.yaml",
        "family: flood-point",
        "quantities: [depth]",
        "sensors: [{id: F-4, community: east, x: 9, y: 9, name: Pit, aliases: 'urn:dev:4'}]");
    apply();
    Said retried = Said.by(new QuarantineCommand(), retry);

    assertThat(retried.out()).contains("1 tried again: 1 readings, 0 refused again");
    awaitDepth("F-4", 50);
    assertThat(
            stack
                .series()
                .range(
                    new SensorKey(HARBOUR, new SensorId("F-4")),
                    Quantity.DEPTH,
                    arrived,
                    arrived.plusMillis(1),
                    10))
        .as("at the millisecond at which it first arrived")
        .hasSize(1);
    client.disconnect();
  }

  /** The same over a Kafka that a configuration names, as the roles of `run` have it. */
  @Test
  void overAConfiguredKafkaItIsTheSame() throws Exception {
    RunFile running = RunFile.find(folder.resolve("data")).orElseThrow();
    Path config = folder.resolve("minusone.yaml");
    Files.writeString(
        config,
        """
        kafka:
          bootstrap: %s
          security: sasl-plain
          username: minusone
          password: "%s"
        topics: {replication: 1}
        """
            .formatted(running.addresses().get("kafka"), running.passwords().get("kafka")));
    MqttClient client = client(null, null);
    publish(client, "sites/harbour/smoke/S-7/readings", "{\"obscuration\":0.1}");
    String[] named = {"--config", config.toString()};

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(Said.by(new SiteCommand(), "unknown", named[0], named[1]).out())
                    .contains("S-7", "smoke", "refused"));
    files.write(
        "sensors/smoke.yaml",
        "family: smoke",
        "quantities: [obscuration]",
        "sensors: [{id: S-7, community: east, x: 1, y: 1, name: Shed}]");
    Said said = Said.by(new SiteCommand(), "apply", files.dir(), named[0], named[1], "--json");

    assertThat(said.code()).as(said.out()).isZero();
    assertThat(said.json().at("/changes/sensors/added/0").asText()).isEqualTo("S-7");
    int version = said.json().get("live").asInt();
    await()
        .atMost(SOON)
        .until(() -> stack.sites().live(HARBOUR).orElseThrow().version() == version);
    assertThat(Said.by(new SiteCommand(), "unknown", named[0], named[1]).out())
        .doesNotContain("S-7");
    assertThat(Said.by(new SiteCommand(), "unknown", "--site", "habour", named[0], named[1]).out())
        .contains("no site 'habour' is live there; live: harbour");
    client.disconnect();
  }

  @Test
  void aMistypedIdMakesNoSecondSite() throws Exception {
    HarbourFiles other = HarbourFiles.in(folder.resolve("harbor"));
    other.write("site.yaml", "id: harbor", "name: Harbour", "zone: Asia/Shanghai");

    Said said = site("apply", other.dir());

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("harbor is not live here, harbour is", "--new");
    assertThat(stack.sites().sites()).hasSize(1);
  }

  /** Applies the files; returns once ingest has the version. */
  private static String apply() {
    Said said = site("apply", files.dir());
    assertThat(said.code()).as(said.out()).isZero();
    int version = Integer.parseInt(said.out().replaceFirst("(?s).*version (\\d+) is live.*", "$1"));
    await()
        .atMost(SOON)
        .until(() -> stack.sites().live(HARBOUR).orElseThrow().version() >= version);
    return said.out();
  }
}
