package org.minusone.simulator.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.TreeMap;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker that comes back by itself. What was sent and not acknowledged is
 * kept, and sent again, in order, on the next connection: at least once; readings carry their own
 * time, so what arrives twice is known as a duplicate.
 *
 * <pre>
 * publish ─▶ waiting (after a reconnect) ─▶ in flight ─PUBACK─▶ acked
 *                ▲                              │ connection lost
 *                └──────────────────────────────┘
 * </pre>
 */
final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);
  private static final long FIRST_BACKOFF_MS = 200;

  /** Told of what happens to messages; must not block. */
  interface Outcome {
    /** It is on its way, for the first time. */
    void published(Outgoing message);

    void acked(Outgoing message);

    /** The broker said no for good: not retried. */
    void refused(Outgoing message, int reasonCode);
  }

  private final String clientId;
  private final PublisherConfig config;
  private final Outcome outcome;
  private final Thread thread;

  private final Object lock = new Object();
  private final TreeMap<Long, Outgoing> inFlight = new TreeMap<>();
  private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
  private PahoClient client;
  private long connection;
  private long sequence;
  private int window;
  private boolean online;
  private boolean closed;
  private String trouble = "not connected yet";

  Gateway(String clientId, PublisherConfig config, Outcome outcome) {
    this.clientId = clientId;
    this.config = config;
    this.outcome = outcome;
    this.thread = new Thread(this::keepConnected, clientId);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * Sends a message; waits while too much is in flight or the broker is away.
   *
   * @throws IllegalStateException once it is closed
   */
  void publish(Outgoing message) throws InterruptedException {
    synchronized (lock) {
      while (!closed && (!online || !waiting.isEmpty() || inFlight.size() >= window)) {
        lock.wait();
      }
      if (closed) {
        throw new IllegalStateException(clientId + " is closed");
      }
      outcome.published(message);
      send(message);
    }
  }

  /** Messages that are not acknowledged. */
  int unacked() {
    synchronized (lock) {
      return inFlight.size() + waiting.size();
    }
  }

  boolean isOnline() {
    synchronized (lock) {
      return online;
    }
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /** Why it is not online, for a person. */
  String trouble() {
    synchronized (lock) {
      return online ? "" : trouble;
    }
  }

  /** Waits until it is online; false when the time is up. */
  boolean awaitOnline(long millis) throws InterruptedException {
    return await(millis, () -> online);
  }

  /** Waits until nothing is unacknowledged; false when the time is up. */
  boolean awaitAcked(long millis) throws InterruptedException {
    return await(millis, () -> inFlight.isEmpty() && waiting.isEmpty());
  }

  private boolean await(long millis, java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    synchronized (lock) {
      while (!closed && !condition.getAsBoolean()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        lock.wait(left);
      }
      return condition.getAsBoolean();
    }
  }

  private void keepConnected() {
    long backoff = FIRST_BACKOFF_MS;
    while (true) {
      try {
        connect();
        backoff = FIRST_BACKOFF_MS;
        awaitLoss();
      } catch (MqttException e) {
        away("cannot connect to " + config.uri() + ": " + PahoClient.reason(e));
        dropClient();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      synchronized (lock) {
        if (closed) {
          return;
        }
        try {
          lock.wait(backoff);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
      backoff = Math.min(2 * backoff, config.longestBackoff().toMillis());
    }
  }

  private void connect() throws MqttException {
    PahoClient opening = new PahoClient(config, clientId);
    long number;
    synchronized (lock) {
      if (closed) {
        return;
      }
      client = opening;
      number = ++connection;
    }
    int granted = opening.connect(() -> lost(number));
    synchronized (lock) {
      window = Math.min(config.inFlight(), granted);
      online = opening.isConnected();
      log.info("{} connected to {}, {} in flight", clientId, config.uri(), window);
      sendWaiting();
      lock.notifyAll();
    }
  }

  private void awaitLoss() throws InterruptedException {
    synchronized (lock) {
      while (online && !closed) {
        lock.wait(1000);
        // Belt and braces: a loss that no callback told of.
        if (online && !client.isConnected()) {
          lost(connection);
        }
        sendWaiting();
      }
      if (closed) {
        return;
      }
    }
    dropClient();
  }

  private void lost(long number) {
    synchronized (lock) {
      if (number != connection || !online) {
        return;
      }
    }
    away("connection to " + config.uri() + " lost");
  }

  private void away(String why) {
    synchronized (lock) {
      if (!closed && !why.equals(trouble)) {
        log.warn("{}: {}", clientId, why);
      }
      trouble = why;
      online = false;
      connection++;
      ArrayList<Outgoing> again = new ArrayList<>(inFlight.values());
      inFlight.clear();
      for (int i = again.size() - 1; i >= 0; i--) {
        waiting.addFirst(again.get(i));
      }
      lock.notifyAll();
    }
  }

  /** Under the lock. */
  private void sendWaiting() {
    while (online && !waiting.isEmpty() && inFlight.size() < window) {
      send(waiting.pollFirst());
    }
  }

  /** Under the lock. If it cannot be sent it stays in flight until the loss is noticed. */
  private void send(Outgoing message) {
    long number = sequence++;
    inFlight.put(number, message);
    try {
      client.publish(message, new Acknowledgement(connection, number));
    } catch (MqttException e) {
      if (e.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT) {
        // Paho frees its place a moment after it told us: the next acknowledgement sends it.
        inFlight.remove(number);
        waiting.addFirst(message);
      } else {
        log.debug("{}: {}", clientId, PahoClient.reason(e));
        online = false;
        lock.notifyAll();
        away("connection to " + config.uri() + " lost: " + PahoClient.reason(e));
      }
    }
  }

  private final class Acknowledgement implements MqttActionListener {
    private final long onConnection;
    private final long number;

    Acknowledgement(long onConnection, long number) {
      this.onConnection = onConnection;
      this.number = number;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      Outgoing message;
      synchronized (lock) {
        message = onConnection == connection ? inFlight.remove(number) : null;
        if (message == null) {
          return; // Of an earlier connection: it was sent again there.
        }
        int[] codes = token.getReasonCodes();
        int code = codes == null || codes.length == 0 ? 0 : codes[0];
        // Counted before the waiters wake: who saw all acked also sees them counted.
        if (code >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
          outcome.refused(message, code);
        } else {
          outcome.acked(message);
        }
        sendWaiting();
        lock.notifyAll();
      }
    }

    @Override
    public void onFailure(IMqttToken token, Throwable error) {
      synchronized (lock) {
        if (onConnection == connection && online) {
          away("connection to " + config.uri() + " lost: " + error.getMessage());
        }
      }
    }
  }

  private void dropClient() {
    PahoClient old;
    synchronized (lock) {
      old = client;
      client = null;
    }
    if (old != null) {
      old.close();
    }
  }

  /** Ends it; what is not acknowledged by then is lost to this publisher. */
  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      online = false;
      connection++;
      trouble = "closed";
      lock.notifyAll();
    }
    dropClient();
  }
}
