package org.minusone.app.embedded;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.embedded.EmbeddedHiveMQBuilder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.minusone.app.embedded.broker.AccessExtension;
import org.minusone.app.embedded.broker.BrokerConfiguration;
import org.minusone.model.PasswordHash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT 5 broker (HiveMQ CE) inside this JVM: on loopback it may admit anybody, the one open
 * door, so that {@code mosquitto_pub} works at once; beyond loopback it wants TLS and to know who
 * comes. Sessions, queues and retained messages outlive the process, killed or stopped. It sends no
 * usage statistics.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final long LONGEST_START_S = 60;

  private final Path dir;
  private final BrokerOptions options;
  private final AccessExtension access;
  private int port;
  private int housePort;
  private EmbeddedHiveMQ server;

  /**
   * On loopback, for anybody.
   *
   * @param dir of its own; made when it starts
   * @param port 0 = a free one
   */
  public EmbeddedBroker(Path dir, int port) {
    this(dir, BrokerOptions.loopback(port));
  }

  /**
   * @param dir of its own; made when it starts
   */
  public EmbeddedBroker(Path dir, BrokerOptions options) {
    this.dir = dir;
    this.options = options;
    this.access =
        options.access() == null
            ? null
            : new AccessExtension(options.access(), EmbeddedBroker::isPassword);
  }

  /**
   * Returns when it accepts connections.
   *
   * @throws StartProblem if the port is taken, or it does not come up
   */
  public synchronized void start() throws StartProblem {
    port =
        options.port() == 0
            ? FreePorts.again(port)
            : FreePorts.require(options.port(), "--mqtt-port");
    housePort = options.tls() == null ? port : FreePorts.again(housePort);
    tune();
    Thread.UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
    try {
      Path conf = Files.createDirectories(dir.resolve("conf"));
      configure(conf);
      EmbeddedHiveMQBuilder builder =
          EmbeddedHiveMQ.builder()
              .withConfigurationFolder(conf)
              .withDataFolder(Files.createDirectories(dir.resolve("data")))
              .withExtensionsFolder(Files.createDirectories(dir.resolve("extensions")))
              .withoutLoggingBootstrap();
      server =
          (access == null ? builder : builder.withEmbeddedExtension(access.embedded())).build();
      server.start().get(LONGEST_START_S, TimeUnit.SECONDS);
    } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
      close();
      throw problem(e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw problem(e);
    } finally {
      // Its own would swallow what kills our threads.
      Thread.setDefaultUncaughtExceptionHandler(ours);
    }
    if (FreePorts.isFree(port)) {
      close();
      throw new StartProblem("the embedded MQTT broker does not listen on port " + port);
    }
  }

  /** The port it listens on, once started. */
  public int port() {
    return port;
  }

  /** Where clients find it: {@code tcp://127.0.0.1:port}, or {@code ssl://} with TLS. */
  public String url() {
    String host = options.address().equals("0.0.0.0") ? FreePorts.LOOPBACK : options.address();
    return (options.tls() == null ? "tcp://" : "ssl://") + host + ":" + port;
  }

  /**
   * Where our own parts find it: always plain and on loopback, so that they need not know what name
   * its certificate is for.
   */
  public String houseUrl() {
    return "tcp://" + FreePorts.LOOPBACK + ":" + housePort;
  }

  /** Messages and subscriptions that were refused since it was made. */
  public long refused() {
    return access == null ? 0 : access.refused();
  }

  /** Connections that were not let in since it was made. */
  public long notLetIn() {
    return access == null ? 0 : access.notLetIn();
  }

  /** Counts among {@code meters} what and whom it refused. */
  public void meter(MeterRegistry meters) {
    FunctionCounter.builder("minusone.broker.refused", this, EmbeddedBroker::refused)
        .description("Messages, subscriptions and malformed packets that the broker refused")
        .register(meters);
    FunctionCounter.builder("minusone.broker.not_let_in", this, EmbeddedBroker::notLetIn)
        .description("Connections that the broker refused")
        .register(meters);
  }

  /** Ends it in order, with everything on disk; may be called twice. */
  @Override
  public synchronized void close() {
    if (server == null) {
      return;
    }
    try {
      server.close();
    } catch (ExecutionException e) {
      log.warn("the embedded MQTT broker did not stop in order", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server = null;
  }

  private StartProblem problem(Exception e) {
    return new StartProblem(
        "the embedded MQTT broker on %s does not start: %s".formatted(dir, StartProblem.reason(e)),
        e);
  }

  private static void tune() {
    // As many messages at once from a session's queue: the default makes the queue the bottleneck.
    InternalConfigurations.PUBLISH_POLL_BATCH_SIZE = 500;
    // And as many on their way to a session: at the default of 50 ingest waits for Kafka's round
    // trip after every fifty (5,500 messages/s instead of 8,000, at more than twice the CPU).
    InternalConfigurations.MAX_INFLIGHT_WINDOW_SIZE_MESSAGES = 500;
    // Each bucket is a store of its own, in files; the default of 64 is for a machine of many
    // cores. The number belongs to the data on disk: never change it.
    InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(4);
    InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(4);
    InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(200);
    InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
  }

  private static boolean isPassword(String hash, String password) {
    return PasswordHash.parse(hash)
        .orElseThrow(() -> new IllegalArgumentException("not pbkdf2-sha256:iterations:salt:hash"))
        .matches(password);
  }

  private void configure(Path conf) throws IOException {
    BrokerConfiguration configuration = new BrokerConfiguration(conf);
    if (options.tls() == null) {
      configuration.listen(options.address(), port);
    } else {
      configuration.listen(options.address(), port, options.tls());
      configuration.listen(FreePorts.LOOPBACK, housePort);
    }
    configuration.write();
  }
}
