package org.minusone.app.embedded;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT 5 broker (HiveMQ CE) inside this JVM, on loopback, where it admits anybody: the one open
 * door, so that {@code mosquitto_pub} works at once. Sessions, queues and retained messages outlive
 * the process, killed or stopped. It sends no usage statistics.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final long LONGEST_START_S = 60;

  /** A publisher that sends a larger packet is cut off by the broker, and so learns of it. */
  private static final int LARGEST_PACKET_BYTES = 256 << 10;

  /**
   * QoS 1 messages that a publisher may have sent and not yet seen acknowledged. The default of 10
   * has a gateway of many sensors wait for each round trip.
   */
  private static final int IN_FLIGHT = 1_000;

  /**
   * Of messages for a session that is away. What was acknowledged to a publisher and comes past
   * this is dropped, so it is more than a day of the largest demonstration.
   */
  private static final int LONGEST_QUEUE = 1_000_000;

  private final Path dir;
  private final int wantedPort;
  private int port;
  private EmbeddedHiveMQ server;

  /**
   * @param dir of its own; made when it starts
   * @param port 0 = a free one
   */
  public EmbeddedBroker(Path dir, int port) {
    this.dir = dir;
    this.wantedPort = port;
  }

  /**
   * Returns when it accepts connections.
   *
   * @throws StartProblem if the port is taken, or it does not come up
   */
  public synchronized void start() throws StartProblem {
    port = FreePorts.require(wantedPort, "--mqtt-port");
    tune();
    Thread.UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
    try {
      Path conf = Files.createDirectories(dir.resolve("conf"));
      Files.writeString(conf.resolve("config.xml"), configuration(port));
      server =
          EmbeddedHiveMQ.builder()
              .withConfigurationFolder(conf)
              .withDataFolder(Files.createDirectories(dir.resolve("data")))
              .withExtensionsFolder(Files.createDirectories(dir.resolve("extensions")))
              .withoutLoggingBootstrap()
              .build();
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

  /** {@code tcp://127.0.0.1:port}. */
  public String url() {
    return "tcp://" + FreePorts.LOOPBACK + ":" + port;
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

  private static String configuration(int port) {
    return """
        <?xml version="1.0"?>
        <hivemq xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="config.xsd">
          <listeners>
            <tcp-listener>
              <port>%d</port>
              <bind-address>%s</bind-address>
            </tcp-listener>
          </listeners>
          <mqtt>
            <queued-messages>
              <max-queue-size>%d</max-queue-size>
            </queued-messages>
            <packets>
              <max-packet-size>%d</max-packet-size>
            </packets>
            <receive-maximum>
              <server-receive-maximum>%d</server-receive-maximum>
            </receive-maximum>
          </mqtt>
          <anonymous-usage-statistics>
            <enabled>false</enabled>
          </anonymous-usage-statistics>
          <persistence>
            <mode>file</mode>
          </persistence>
        </hivemq>
        """
        .formatted(port, FreePorts.LOOPBACK, LONGEST_QUEUE, LARGEST_PACKET_BYTES, IN_FLIGHT);
  }
}
