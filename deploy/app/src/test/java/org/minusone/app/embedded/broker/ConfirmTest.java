package org.minusone.app.embedded.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.minusone.app.embedded.broker.BrokerSites.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.embedded.BrokerOptions;
import org.minusone.app.embedded.EmbeddedBroker;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.app.topic.TopicCreator;
import org.minusone.ingest.IngestApp;
import org.minusone.ingest.IngestConfig;
import org.minusone.model.PasswordHash;
import org.minusone.model.Run;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Topics;
import org.minusone.model.port.RunLog;
import org.minusone.model.port.SiteCatalog;

/**
 * A transmission device's frame goes in at the embedded broker, and its confirmation comes back.
 */
class ConfirmTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String READINGS = "sites/fubao/gateways/gw-1/readings";
  private static final String COMMANDS = "sites/fubao/gateways/gw-1/commands";

  /** Number 7, version 1, 2023-11-15 06:13:05, from 120000000A41 to 1, no data, command 2. */
  private static final String FRAME =
      "40 40 07 00 01 00 05 0d 06 0f 0b 17 41 0a 00 00 00 12 01 00 00 00 00 00 00 00 02";

  @TempDir static Path folder;

  @Test
  void aFrameIsConfirmedToItsGatewayAndIngestStaysSubscribed() throws Exception {
    byte[] salt = new byte[PasswordHash.SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    BrokerSites sites =
        new BrokerSites()
            .confirming(READINGS, "sites/fubao/gateways/{gateway}/commands")
            .apply(gateway("gw-1", PasswordHash.of("right", salt).text()));
    List<HouseUser> house = List.of(new HouseUser("ingest", "in", HouseUser.Rights.INGEST));
    Catalog catalog = new Catalog(sites);
    try (EmbeddedKafka kafka = new EmbeddedKafka(folder.resolve("kafka"), "a-password");
        EmbeddedBroker broker =
            new EmbeddedBroker(
                folder.resolve("mqtt"),
                BrokerOptions.loopback(0).withAccess(BrokerAccess.closed(house, sites)))) {
      broker.start();
      kafka.start();
      TopicCreator.createMissing(kafka.clientProperties(), Topics.DEFAULT.all(1), (short) 1);
      try (IngestApp ingest =
          new IngestApp(
              IngestConfig.of(broker.url()).withCredentials("ingest", "in"),
              kafka.clientProperties(),
              catalog,
              catalog,
              sensor -> {},
              InstantSource.system(),
              new SimpleMeterRegistry())) {
        ingest.start();
        await().atMost(SOON).until(() -> ingest.health().connected());
        List<byte[]> confirmed = new CopyOnWriteArrayList<>();
        MqttClient gateway = connect(broker.url());
        gateway.subscribe(
            new MqttSubscription[] {new MqttSubscription(COMMANDS, 1)},
            new IMqttMessageListener[] {
              (topic, message) -> confirmed.add(message.getPayload()),
            });
        for (int frames = 1; frames <= 2; frames++) {
          gateway.publish(READINGS, frame(), 1, false);
          int expected = frames;
          await().atMost(SOON).until(() -> confirmed.size() == expected);
        }
        for (byte[] one : confirmed) {
          assertThat(one[26]).as("confirm").isEqualTo((byte) 3);
          assertThat(HexFormat.of().formatHex(one))
              .startsWith("404007000100")
              .contains("010000000000410a000000120000")
              .endsWith("2323");
        }
        assertThat(ingest.health().connected()).isTrue();
        assertThat(broker.refused()).isZero();
        gateway.disconnect();
        gateway.close();
      }
    }
  }

  private static MqttClient connect(String url) throws Exception {
    MqttClient client = new MqttClient(url, "gateway", new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName("fubao/gw-1");
    options.setPassword("right".getBytes(UTF_8));
    client.connect(options);
    return client;
  }

  /** With its sum, over everything between the two marks. */
  private static byte[] frame() {
    byte[] start = HexFormat.of().parseHex(FRAME.replace(" ", ""));
    int sum = 0;
    for (int i = 2; i < start.length; i++) {
      sum += start[i];
    }
    byte[] all = Arrays.copyOf(start, start.length + 3);
    all[start.length] = (byte) sum;
    all[start.length + 1] = '#';
    all[start.length + 2] = '#';
    return all;
  }

  private record Catalog(BrokerSites all) implements SiteCatalog, RunLog {
    @Override
    public Optional<SiteVersion> live(SiteId site) {
      return all.get().stream().filter(one -> one.site().equals(site.base())).findFirst();
    }

    @Override
    public Optional<Run> run(SiteId site) {
      return Optional.empty();
    }

    @Override
    public Collection<SiteVersion> sites() {
      return new ArrayList<>(all.get());
    }

    @Override
    public Collection<Run> runs() {
      return List.of();
    }

    @Override
    public void put(Run run) {
      throw new UnsupportedOperationException("no runs here");
    }
  }
}
