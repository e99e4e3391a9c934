package org.minusone.app.fault;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.minusone.app.embedded.EmbeddedBroker;
import org.minusone.app.embedded.EmbeddedKafka;
import org.minusone.app.embedded.EmbeddedStore;
import org.minusone.app.embedded.FreePorts;
import org.minusone.app.site.SiteTable;
import org.minusone.app.topic.TopicCreator;
import org.minusone.model.codec.Topics;
import org.minusone.rules.load.SiteLoader;
import org.minusone.series.store.StoreConfig;

/** Kafka, the broker and the store in this JVM, each to be stopped and started by itself. */
final class Servers implements AutoCloseable {
  static final Topics TOPICS = Topics.DEFAULT;
  private static final String USER = "minusone";
  private static final String PASSWORD = "a-password-of-the-test";

  private final Path dir;
  private final EmbeddedKafka kafka;
  private final EmbeddedBroker broker;
  private final EmbeddedStore store;

  private Servers(Path dir) throws Exception {
    this.dir = dir;
    this.kafka = new EmbeddedKafka(dir.resolve("kafka"), PASSWORD);
    this.broker = new EmbeddedBroker(dir.resolve("mqtt"), FreePorts.pick());
    this.store = new EmbeddedStore(dir.resolve("store"), USER, PASSWORD);
  }

  /** All three, with the topics made and Fubao live. */
  static Servers start(Path dir) throws Exception {
    Servers servers = new Servers(dir);
    try {
      servers.kafka.start();
      servers.broker.start();
      servers.store.start();
      TopicCreator.createMissing(servers.kafkaProperties(), TOPICS.all(6), (short) 1);
      SiteLoader.Loaded fubao = SiteLoader.load(Path.of("../sites/fubao"));
      try (SiteTable sites = new SiteTable(servers.kafkaProperties(), TOPICS.site())) {
        sites.start();
        sites.publish(fubao.draft(), "test", Instant.now());
      }
      return servers;
    } catch (Exception | Error e) {
      servers.close();
      throw e;
    }
  }

  Map<String, Object> kafkaProperties() {
    return kafka.clientProperties();
  }

  String brokerUrl() {
    return broker.url();
  }

  StoreConfig storeConfig() {
    return StoreConfig.questDb(URI.create(store.url()), USER, PASSWORD);
  }

  /** Kafka is away so long; {@code meanwhile} runs in the middle of it. */
  void stopKafka(Duration howLong, Runnable meanwhile) throws Exception {
    kafka.close();
    TimeUnit.MILLISECONDS.sleep(howLong.toMillis() / 2);
    meanwhile.run();
    TimeUnit.MILLISECONDS.sleep(howLong.toMillis() / 2);
    kafka.start();
  }

  void stopStore(Duration howLong) throws Exception {
    store.close();
    TimeUnit.MILLISECONDS.sleep(howLong.toMillis());
    store.start();
  }

  void restartBroker() throws Exception {
    broker.close();
    broker.start();
  }

  /**
   * The configuration of a role over these servers.
   *
   * @param probes port of its probes
   */
  Path configuration(String instance, int probes) throws IOException {
    Path file = dir.resolve(instance + ".yaml");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(
        file,
        List.of(
            "instance: " + instance,
            "data: " + instance,
            "kafka:",
            "  bootstrap: " + kafka.bootstrap(),
            "  security: sasl-plain",
            "  username: " + USER,
            "  password: " + PASSWORD,
            "mqtt: {url: '" + broker.url() + "'}",
            "topics: {replication: 1}",
            "health: {port: " + probes + "}"));
    return file;
  }

  @Override
  public void close() {
    broker.close();
    store.close();
    kafka.close();
  }
}
