package org.minusone.ingest.mqtt;

import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the session, from CONNECT until it is lost, with a Paho client of its own: so
 * an acknowledgement that comes too late has only the dead client to go to.
 */
final class Connection implements MqttCallback {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);
  private static final int CONNECT_SECONDS = 10;

  /** Retain Handling 2: no retained messages at subscribe; they were readings once already. */
  private static final int NO_RETAINED = 2;

  /** Paho runs its receiver, sender, callback and ping on these. */
  private static final int PAHO_THREADS = 6;

  private final MqttSettings settings;
  private final InstantSource clock;
  private final AckQueue acks;
  private final int number;
  private final HeldMessages held;
  private final Consumer<Delivery> messages;
  private final Consumer<Message> finished;
  private final CountDownLatch lost = new CountDownLatch(1);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(PAHO_THREADS, daemons());
  private volatile MqttAsyncClient client;
  private volatile boolean subscribed;
  private volatile String lostBecause = "connection lost";

  /** Why it could not be opened, in one line for a person. */
  static final class NotOpened extends Exception {
    private static final long serialVersionUID = 1;

    NotOpened(String message, Throwable cause) {
      super(message, cause);
    }
  }

  Connection(
      MqttSettings settings,
      InstantSource clock,
      AckQueue acks,
      HeldMessages held,
      Consumer<Delivery> messages,
      Consumer<Message> finished) {
    this.settings = settings;
    this.clock = clock;
    this.acks = acks;
    this.number = acks.connected();
    this.held = held;
    this.messages = messages;
    this.finished = finished;
  }

  /**
   * Connects and subscribes. Messages may arrive before it returns: the session has them waiting.
   */
  void open() throws NotOpened {
    String doing = "cannot connect";
    try {
      MqttAsyncClient opening =
          new MqttAsyncClient(
              settings.uri(), settings.clientId(), new MemoryPersistence(), null, threads);
      client = opening;
      opening.setManualAcks(true);
      opening.setCallback(this);
      await(opening.connect(options()));
      doing = "cannot subscribe";
      MqttSubscription[] subscriptions =
          settings.filters().stream()
              .map(Connection::subscription)
              .toArray(MqttSubscription[]::new);
      IMqttToken granted = opening.subscribe(subscriptions);
      await(granted);
      for (int code : granted.getReasonCodes()) {
        if (code >= 0x80) {
          throw new NotOpened("the broker refused a subscription (code " + code + ")", null);
        }
      }
      subscribed = true;
    } catch (MqttException e) {
      throw new NotOpened(doing + ": " + reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new NotOpened("not an MQTT address: " + settings.uri(), e);
    }
  }

  private static void await(IMqttToken token) throws MqttException {
    token.waitForCompletion(CONNECT_SECONDS * 1000L);
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setCleanStart(false);
    options.setSessionExpiryInterval(settings.sessionExpiry().toSeconds());
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setConnectionTimeout(CONNECT_SECONDS);
    options.setReceiveMaximum(Math.min(65_535, settings.mostMessages()));
    if (settings.uri().startsWith("tcp:")) {
      options.setSocketFactory(new NoDelaySockets());
    }
    if (settings.username() != null) {
      options.setUserName(settings.username());
      options.setPassword(MqttSource.utf8(settings.password()));
    }
    return options;
  }

  private static MqttSubscription subscription(String filter) {
    MqttSubscription subscription = new MqttSubscription(filter, 1);
    subscription.setRetainHandling(NO_RETAINED);
    return subscription;
  }

  boolean isSubscribed() {
    return subscribed && isCurrent();
  }

  private boolean isCurrent() {
    MqttAsyncClient current = client;
    return !ended.get() && lost.getCount() > 0 && current != null && current.isConnected();
  }

  void awaitLost() throws InterruptedException {
    lost.await();
  }

  String lostBecause() {
    return lostBecause;
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) throws InterruptedException {
    long arrivalMs = clock.millis();
    byte[] payload = message.getPayload();
    // Until CONNACK is digested Paho does not call itself connected, yet delivers: only a lost or
    // closed connection ends the waiting.
    if (!held.take(payload.length, () -> !ended.get() && lost.getCount() > 0 && !isDropped())) {
      return;
    }
    AckQueue.Ticket ticket = message.getQos() == 0 ? null : acks.arrived(number, message.getId());
    messages.accept(new Message(topic, payload, arrivalMs, ticket));
  }

  /** Paho has begun to shut this connection down, which waits for our callback to return. */
  private boolean isDropped() {
    MqttAsyncClient current = client;
    return subscribed && current != null && !current.isConnected();
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    lostBecause =
        response.getException() == null
            ? "the broker ended the connection (code " + response.getReturnCode() + ")"
            : "connection lost: " + reason(response.getException());
    lost.countDown();
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {
    log.warn("MQTT: {}", reason(exception));
  }

  @Override
  public void deliveryComplete(IMqttToken token) {
    // We publish nothing.
  }

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {
    // open() waits for this by its token.
  }

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {
    // We use no enhanced authentication.
  }

  /** Gives the connection up; the session stays on the broker. */
  void close() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    lost.countDown();
    MqttAsyncClient closing = client;
    try {
      if (closing != null && closing.isConnected()) {
        closing.disconnectForcibly(500, 500, false);
      }
      if (closing != null) {
        closing.close(true);
      }
    } catch (MqttException e) {
      log.debug("MQTT client did not close cleanly: {}", reason(e));
    } finally {
      threads.shutdownNow();
    }
  }

  private static String reason(MqttException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "ingest-paho");
      thread.setDaemon(true);
      return thread;
    };
  }

  /** A message of this connection. */
  final class Message implements Delivery {
    private final String topic;
    private final byte[] payload;
    private final long arrivalMs;
    private final AckQueue.Ticket ticket;

    private Message(String topic, byte[] payload, long arrivalMs, AckQueue.Ticket ticket) {
      this.topic = topic;
      this.payload = payload;
      this.arrivalMs = arrivalMs;
      this.ticket = ticket;
    }

    @Override
    public String topic() {
      return topic;
    }

    @Override
    public byte[] payload() {
      return payload;
    }

    @Override
    public long arrivalMs() {
      return arrivalMs;
    }

    @Override
    public boolean isCurrent() {
      return !ended.get() && lost.getCount() > 0;
    }

    @Override
    public void done() {
      finished.accept(this);
    }

    @Override
    public void drop() {
      held.give(payload.length);
    }

    /** Sends what may leave now that this message is done. */
    void acknowledge() {
      if (ticket == null) {
        return;
      }
      for (int packetId : acks.done(ticket)) {
        try {
          client.messageArrivedComplete(packetId, 1);
        } catch (MqttException e) {
          // The connection is going down: the broker delivers the message again on the next.
          log.debug("An acknowledgement went with its connection: {}", reason(e));
        }
      }
    }
  }
}
