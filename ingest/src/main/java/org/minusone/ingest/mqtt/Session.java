package org.minusone.ingest.mqtt;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session on the broker and the connections it lives through. A thread keeps it: connects,
 * subscribes (on every connect: mosquitto loses shared subscriptions at its restart), follows the
 * filters until the connection is lost, and begins again with a growing pause. Another sends the
 * acknowledgements, so that whoever calls {@link Delivery#done} is never held up by the network.
 */
final class Session {
  private static final Logger log = LoggerFactory.getLogger(Session.class);
  private static final long FIRST_PAUSE_MS = 250;
  private static final long LONGEST_PAUSE_MS = 15_000;
  private static final long LOOK_MS = 500;

  /**
   * A connection lost sooner (two instances under one id take it from each other) is no success.
   */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** So long must nothing come for a session that ends. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final MqttSettings settings;
  private final String clientId;
  private final KeptSessions kept;
  private final boolean leaving;
  private final InstantSource clock;
  private final Consumer<Delivery> messages;
  private final HeldMessages held;
  private final Supplier<Set<String>> filters;
  private final Consumer<String> troubles;
  private final Subscriptions subscriptions;
  private final AckQueue acks = new AckQueue();
  private final BlockingQueue<Connection.Message> finished = new LinkedBlockingQueue<>();
  private final Thread keeping;
  private final Thread acknowledging;
  private volatile Connection connection;
  private volatile String problem = "not connected yet";
  private volatile boolean closed;

  /**
   * @param clientId what the broker knows it by
   * @param leaving whether it is a former one, to be emptied and ended
   * @param filters what is subscribed to beside the settings' own, as it is now
   * @param troubles told each reason why it is not connected, and "" once it is
   */
  Session(
      MqttSettings settings,
      String clientId,
      KeptSessions kept,
      boolean leaving,
      InstantSource clock,
      Consumer<Delivery> messages,
      HeldMessages held,
      Supplier<Set<String>> filters,
      Consumer<String> troubles) {
    this.settings = settings;
    this.clientId = clientId;
    this.kept = kept;
    this.leaving = leaving;
    this.clock = clock;
    this.messages = messages;
    this.held = held;
    this.filters = filters;
    this.troubles = troubles;
    this.subscriptions = new Subscriptions(settings, kept, clientId, leaving);
    this.keeping = new Thread(this::keep, "mqtt-" + clientId);
    this.acknowledging = new Thread(this::acknowledge, "acks-" + clientId);
    keeping.setDaemon(true);
    acknowledging.setDaemon(true);
  }

  void start() {
    keeping.start();
    acknowledging.start();
  }

  boolean isSubscribed() {
    Connection current = connection;
    return current != null && current.isSubscribed();
  }

  boolean isAlive() {
    return closed || (keeping.isAlive() && acknowledging.isAlive());
  }

  /** What keeps it from being subscribed; empty when nothing does. */
  String problem() {
    return isSubscribed() ? "" : problem;
  }

  /** What the broker does not deliver as we want it; empty when all is well. */
  String weakness() {
    return subscriptions.weakness();
  }

  boolean publish(String topic, byte[] payload) {
    Connection current = connection;
    return current != null && current.publish(topic, payload);
  }

  private void keep() {
    long pause = FIRST_PAUSE_MS;
    while (!closed) {
      Connection attempt =
          new Connection(settings, clientId, clock, acks, held, messages, finished::add);
      connection = attempt;
      try {
        attempt.open(subscriptions, filters.get());
        if (!leaving) {
          log.info("Subscribed to {} as {}", settings.uri(), clientId);
        }
        changed("");
        long since = System.nanoTime();
        while (!attempt.awaitLost(LOOK_MS)) {
          if (!leaving) {
            attempt.follow(subscriptions, filters.get());
          } else if (attempt.isDrained(QUIET_NANOS) && attempt.end()) {
            kept.forget(clientId);
            log.info("The former session {} at {} is ended", clientId, settings.uri());
            closed = true;
            break;
          }
        }
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
    if (!closed) {
      problem = now;
      troubles.accept(now);
    }
  }

  /** Takes all that Kafka has by now: one lock and one write for many. */
  private void acknowledge() {
    List<Connection.Message> done = new ArrayList<>();
    PacketIds leaving = new PacketIds();
    try {
      while (!closed) {
        done.add(finished.take());
        finished.drainTo(done);
        // What leaves belongs to the connection of the message that lets it leave.
        Connection to = done.get(0).connection();
        long bytes = 0;
        for (Connection.Message message : done) {
          if (message.connection() != to) {
            to.acknowledge(leaving);
            leaving.clear();
            to = message.connection();
          }
          message.settle(leaving);
          bytes += message.payload().length;
        }
        to.acknowledge(leaving);
        leaving.clear();
        held.give(done.size(), bytes);
        done.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves the session on the broker: what is not acknowledged comes again. */
  void close() {
    closed = true;
    keeping.interrupt();
    acknowledging.interrupt();
    Connection last = connection;
    if (last != null) {
      last.close();
    }
  }
}
