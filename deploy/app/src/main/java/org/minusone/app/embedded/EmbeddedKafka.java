package org.minusone.app.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * One Kafka node, broker and controller, inside this JVM. Both its listeners are on loopback and
 * want SASL/PLAIN with the password handed in. It does not fsync: what it acknowledged survives a
 * killed process, not a power cut. The ports may differ from process to process; the data stay.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final String USER = "minusone";
  private static final int NODE = 1;
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Path dir;
  private final String password;
  private int port;
  private int controllerPort;
  private KafkaRaftServer server;

  /**
   * @param dir of its own; made when it starts
   * @param password of letters, digits, {@code -} and {@code _}
   */
  public EmbeddedKafka(Path dir, String password) {
    if (!password.matches("[A-Za-z0-9_-]{8,}")) {
      throw new IllegalArgumentException("a password of letters, digits, - and _, at least 8");
    }
    this.dir = dir;
    this.password = password;
  }

  /**
   * Returns when clients are served.
   *
   * @throws StartProblem if it does not come up
   */
  public synchronized void start() throws StartProblem {
    controllerPort = FreePorts.again(controllerPort);
    port = FreePorts.again(port);
    try {
      Files.createDirectories(dir);
      format();
      server = new KafkaRaftServer(new KafkaConfig(settings(port, controllerPort)), Time.SYSTEM);
      server.startup();
      awaitService();
    } catch (Exception e) {
      close();
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new StartProblem(
          "the embedded Kafka on %s does not start: %s".formatted(dir, StartProblem.reason(e)), e);
    }
  }

  /** {@code 127.0.0.1:port}. */
  public String bootstrap() {
    return FreePorts.LOOPBACK + ":" + port;
  }

  /** What every client of it needs: where it is, and who it is to say it is. */
  public Map<String, Object> clientProperties() {
    return clientProperties(bootstrap(), password);
  }

  /** The same for the embedded Kafka of another process, found by {@link RunFile}. */
  public static Map<String, Object> clientProperties(String bootstrap, String password) {
    return Map.of(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        bootstrap,
        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
        "SASL_PLAINTEXT",
        SaslConfigs.SASL_MECHANISM,
        "PLAIN",
        SaslConfigs.SASL_JAAS_CONFIG,
        jaas(password, ""));
  }

  /** Ends it in order, with everything on disk; may be called twice. */
  @Override
  public synchronized void close() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  /** Writes the identity of a new node; a formatted directory is left as it is. */
  private void format() throws Exception {
    if (Files.exists(dir.resolve("meta.properties"))) {
      return;
    }
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(nowhere)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE)
          .setDirectories(List.of(dir.toString()))
          .setMetadataLogDirectory(dir.toString())
          .setControllerListenerName("CONTROLLER")
          .setSupportedFeatures(List.of(Feature.PRODUCTION_FEATURES.toArray(Feature[]::new)))
          .setIgnoreFormatted(true)
          .run();
    }
  }

  /** {@code startup()} returns when the broker is unfenced; a client's first answer proves it. */
  private void awaitService() throws Exception {
    try (Admin admin = Admin.create(new HashMap<>(clientProperties()))) {
      admin.describeCluster().nodes().get(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private Map<String, String> settings(int port, int controllerPort) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("log.dirs", dir.toRealPath().toString());
    String controller = FreePorts.LOOPBACK + ":" + controllerPort;
    // A static quorum: its address stands here, not in the log, so that it may change.
    settings.put("controller.quorum.voters", NODE + "@" + controller);
    settings.put(
        "listeners",
        "CLIENT://%s:%d,CONTROLLER://%s".formatted(FreePorts.LOOPBACK, port, controller));
    settings.put("advertised.listeners", "CLIENT://%s:%d".formatted(FreePorts.LOOPBACK, port));
    settings.put(
        "listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "CLIENT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put("sasl.mechanism.controller.protocol", "PLAIN");
    String jaas = jaas(password, " user_%s=\"%s\"".formatted(USER, password));
    settings.put("listener.name.client.plain.sasl.jaas.config", jaas);
    settings.put("listener.name.controller.plain.sasl.jaas.config", jaas);

    // One node: nothing can be kept twice.
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "2");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("auto.create.topics.enable", "false");
    // Committed offsets live as long as the longest topic, so that a demonstration taken up again
    // after a month goes on where it stopped.
    settings.put("offsets.retention.minutes", Long.toString(Duration.ofDays(400).toMinutes()));

    // Ready at once, and again soon after a kill: the next start waits for the last one's session.
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("broker.session.timeout.ms", "2000");
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.put("server.max.startup.time.ms", Long.toString(LONGEST_START.toMillis()));
    settings.put("num.recovery.threads.per.data.dir", "2");

    // Small: two cores and a share of one gigabyte.
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "3");
    settings.put("num.replica.fetchers", "1");
    settings.put("background.threads", "2");
    settings.put("group.coordinator.threads", "1");
    settings.put("share.coordinator.threads", "1");
    settings.put("log.cleaner.threads", "1");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    settings.put("log.cleaner.io.buffer.size", Integer.toString(128 << 10));
    settings.put("log.segment.bytes", Integer.toString(64 << 20));
    settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    settings.put("offsets.topic.segment.bytes", Integer.toString(16 << 20));
    settings.put("transaction.state.log.segment.bytes", Integer.toString(16 << 20));
    settings.put("metadata.log.segment.bytes", Integer.toString(16 << 20));
    settings.put("metadata.log.max.record.bytes.between.snapshots", Integer.toString(4 << 20));
    // An idle controller writes a record each half second otherwise.
    settings.put("metadata.max.idle.interval.ms", "5000");
    return settings;
  }

  private static String jaas(String password, String users) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\"%s;"
        .formatted(USER, password, users);
  }
}
