package org.minusone.ingest.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The raw messages of a persistent MQTT 5 session, acknowledged when they are told to be, in the
 * order of their arrival.
 *
 * <p>A thread of ours keeps the session: connects, subscribes (on every connect: mosquitto loses
 * shared subscriptions at its restart), waits until the connection is lost, and begins again with a
 * growing pause. Another sends the acknowledgements, so that whoever calls {@link Delivery#done} is
 * never held up by the network.
 *
 * <p>Broker away: {@link #isSubscribed} turns false and it tries for ever; the log has a line when
 * the reason changes, not one an attempt.
 */
public final class MqttSource implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MqttSource.class);
  private static final long FIRST_PAUSE_MS = 250;
  private static final long LONGEST_PAUSE_MS = 15_000;

  /**
   * A connection lost sooner (two instances under one id take it from each other) is no success.
   */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final MqttSettings settings;
  private final InstantSource clock;
  private final Consumer<Delivery> messages;
  private final HeldMessages held;
  private final AckQueue acks = new AckQueue();
  private final BlockingQueue<Connection.Message> finished = new LinkedBlockingQueue<>();
  private final Thread session = new Thread(this::keepSession, "ingest-mqtt");
  private final Thread acknowledging = new Thread(this::acknowledge, "ingest-acks");
  private volatile Connection connection;
  private volatile String problem = "not connected yet";
  private volatile boolean closed;

  /**
   * Opens nothing yet.
   *
   * @param messages given each message in order of arrival, on one thread; may block, which stops
   *     delivery
   */
  public MqttSource(MqttSettings settings, InstantSource clock, Consumer<Delivery> messages) {
    this.settings = settings;
    this.clock = clock;
    this.messages = messages;
    this.held = new HeldMessages(settings.mostMessages(), settings.mostBytes());
    session.setDaemon(true);
    acknowledging.setDaemon(true);
  }

  /** Begins to connect; does not wait for it. */
  public void start() {
    session.start();
    acknowledging.start();
  }

  /** Whether it is connected and the broker granted every subscription. */
  public boolean isSubscribed() {
    Connection current = connection;
    return current != null && current.isSubscribed();
  }

  /** Whether its threads are at work; false before start and once one died. */
  public boolean isAlive() {
    return closed || (session.isAlive() && acknowledging.isAlive());
  }

  /** What keeps it from being subscribed, for a person; empty when nothing does. */
  public String problem() {
    return isSubscribed() ? "" : problem;
  }

  /** Messages held: delivered to us and not yet done. */
  public int held() {
    return held.messages();
  }

  private void keepSession() {
    long pause = FIRST_PAUSE_MS;
    while (!closed) {
      Connection attempt = new Connection(settings, clock, acks, held, messages, finished::add);
      connection = attempt;
      try {
        attempt.open();
        log.info("Subscribed to {} as {}", settings.uri(), settings.clientId());
        problem = "";
        long since = System.nanoTime();
        attempt.awaitLost();
        if (System.nanoTime() - since > STEADY_NANOS) {
          pause = FIRST_PAUSE_MS;
        }
        changed(attempt.lostBecause());
      } catch (Connection.NotOpened e) {
        changed(e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      } finally {
        attempt.close();
      }
      try {
        if (!closed) {
          TimeUnit.MILLISECONDS.sleep(pause);
          pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
  }

  private void changed(String now) {
    if (!closed && !now.equals(problem)) {
      problem = now;
      log.warn("MQTT at {}: {}; trying again", settings.uri(), now);
    }
  }

  private void acknowledge() {
    try {
      while (!closed) {
        Connection.Message message = finished.take();
        message.acknowledge();
        held.give(message.payload().length);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves the session on the broker: what is not acknowledged comes again. */
  @Override
  public void close() {
    closed = true;
    session.interrupt();
    acknowledging.interrupt();
    Connection last = connection;
    if (last != null) {
      last.close();
    }
  }

  static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
