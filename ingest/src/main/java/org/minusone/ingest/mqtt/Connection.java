package org.minusone.ingest.mqtt;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
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
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a session, from CONNECT until it is lost, with a Paho client of its own: so an
 * acknowledgement that comes too late has only the dead client to go to.
 */
final class Connection implements MqttCallback {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);
  private static final int CONNECT_SECONDS = 10;

  /** Paho runs its receiver, sender, callback and ping on these. */
  private static final int PAHO_THREADS = 6;

  private final MqttSettings settings;
  private final String clientId;
  private final InstantSource clock;
  private final AckQueue acks;
  private final int number;
  private final HeldMessages held;
  private final Consumer<Delivery> messages;
  private final Consumer<Message> finished;
  private final TlsClient tls;
  private final BrokerSockets sockets;
  private final CountDownLatch lost = new CountDownLatch(1);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(PAHO_THREADS, daemons());
  private volatile MqttAsyncClient client;
  private volatile boolean subscribed;
  private volatile boolean resumed;
  private volatile long arrivedNanos = System.nanoTime();
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
      String clientId,
      InstantSource clock,
      AckQueue acks,
      HeldMessages held,
      Consumer<Delivery> messages,
      Consumer<Message> finished) {
    this.settings = settings;
    this.clientId = clientId;
    this.clock = clock;
    this.acks = acks;
    this.number = acks.connected();
    this.held = held;
    this.messages = messages;
    this.finished = finished;
    this.tls = settings.tls() == null ? null : new TlsClient(settings.tls());
    this.sockets = new BrokerSockets(tls, held);
  }

  /**
   * Connects and subscribes. Messages may arrive before it returns: the session has them waiting.
   */
  void open(Subscriptions subscriptions, Set<String> further) throws NotOpened {
    String doing = "cannot connect: ";
    try {
      MqttAsyncClient opening =
          new MqttAsyncClient(
              settings.socketUri(), clientId, new MemoryPersistence(), null, threads);
      client = opening;
      opening.setManualAcks(true);
      opening.setCallback(this);
      IMqttToken connected = opening.connect(options());
      await(connected);
      resumed = connected.getSessionPresent();
      doing = "cannot subscribe: ";
      subscriptions.renew(opening, further);
      arrivedNanos = System.nanoTime();
      subscribed = true;
    } catch (MqttException e) {
      throw new NotOpened(doing + ConnectProblem.of(e, tls), e);
    } catch (IllegalArgumentException e) {
      throw new NotOpened("not an MQTT address: " + settings.uri(), e);
    }
  }

  static void await(IMqttToken token) throws MqttException {
    token.waitForCompletion(CONNECT_SECONDS * 1000L);
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setCleanStart(false);
    options.setSessionExpiryInterval(settings.sessionExpiry().toSeconds());
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setConnectionTimeout(CONNECT_SECONDS);
    options.setReceiveMaximum(settings.receiveMaximum());
    options.setSocketFactory(sockets);
    if (settings.username() != null) {
      options.setUserName(settings.username());
      options.setPassword(MqttSource.utf8(settings.password()));
    }
    return options;
  }

  boolean isSubscribed() {
    return subscribed && isCurrent();
  }

  private boolean isCurrent() {
    MqttAsyncClient current = client;
    return !ended.get() && lost.getCount() > 0 && current != null && current.isConnected();
  }

  /** Waits for the end of it; false if it had not come by then. */
  boolean awaitLost(long patienceMs) throws InterruptedException {
    return lost.await(patienceMs, TimeUnit.MILLISECONDS);
  }

  /** Subscribes and unsubscribes what changed; a failure ends the connection. */
  void follow(Subscriptions subscriptions, Set<String> further) {
    try {
      subscriptions.follow(client, further);
    } catch (MqttException e) {
      if (lost.getCount() > 0) {
        lostBecause = "cannot change what is subscribed to: " + ConnectProblem.of(e, tls);
        lost.countDown();
      }
    }
  }

  String lostBecause() {
    return lostBecause;
  }

  /** Sends at QoS 0, once; false if it did not leave. */
  boolean publish(String topic, byte[] payload) {
    MqttAsyncClient current = client;
    if (current == null || !isSubscribed()) {
      return false;
    }
    try {
      current.publish(topic, payload, 0, false);
      return true;
    } catch (MqttException | IllegalArgumentException e) {
      log.debug("An answer on {} did not leave: {}", topic, ConnectProblem.of(e, tls));
      return false;
    }
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    long arrivalMs = clock.millis();
    arrivedNanos = System.nanoTime();
    byte[] payload = message.getPayload();
    held.add(payload.length);
    AckQueue.Ticket ticket = message.getQos() == 0 ? null : acks.arrived(number, message.getId());
    messages.accept(new Message(topic, payload, client(message), arrivalMs, ticket));
  }

  private String client(MqttMessage message) {
    MqttProperties properties = settings.trustClientProperty() ? message.getProperties() : null;
    if (properties != null) {
      for (UserProperty one : properties.getUserProperties()) {
        if (one.getKey().equals(MqttSource.CLIENT_PROPERTY)) {
          return one.getValue();
        }
      }
    }
    return null;
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    lostBecause =
        response.getException() == null
            ? "connection ended: " + ConnectProblem.ofReason(response.getReturnCode(), null)
            : "connection lost: " + ConnectProblem.of(response.getException(), tls);
    lost.countDown();
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {
    log.warn("MQTT: {}", ConnectProblem.of(exception, tls));
  }

  @Override
  public void deliveryComplete(IMqttToken token) {
    // What we publish is QoS 0.
  }

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {
    // open() waits for this by its token.
  }

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {
    // We use no enhanced authentication.
  }

  /**
   * Whether the broker has nothing more for a session that is subscribed to nothing: it was not
   * there, or nothing came for so long and all that came is acknowledged.
   */
  boolean isDrained(long quietNanos) {
    return isSubscribed()
        && (!resumed || (acks.size() == 0 && System.nanoTime() - arrivedNanos > quietNanos));
  }

  /** Gives the connection up and the session with it; false if the broker was not told. */
  boolean end() {
    MqttProperties properties = new MqttProperties();
    properties.setSessionExpiryInterval(0L);
    try {
      await(client.disconnect(0, null, null, MqttReturnCode.RETURN_CODE_SUCCESS, properties));
      return true;
    } catch (MqttException e) {
      log.debug("The session {} did not end: {}", clientId, ConnectProblem.of(e, tls));
      return false;
    }
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
      log.debug("MQTT client did not close cleanly: {}", ConnectProblem.of(e, tls));
    } finally {
      threads.shutdownNow();
    }
  }

  private static ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "ingest-paho");
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Sends these acknowledgements, all of this connection, in one write. */
  void acknowledge(PacketIds packetIds) {
    if (packetIds.isEmpty()) {
      return;
    }
    try {
      sockets.last().acknowledge(packetIds.all(), packetIds.size());
    } catch (IOException e) {
      // The connection is going down: the broker delivers the messages again on the next.
      log.debug("Acknowledgements went with their connection: {}", e.getMessage());
    }
  }

  /** A message of this connection. */
  final class Message implements Delivery {
    private final String topic;
    private final byte[] payload;
    private final String publisher;
    private final long arrivalMs;
    private final AckQueue.Ticket ticket;

    private Message(
        String topic, byte[] payload, String publisher, long arrivalMs, AckQueue.Ticket ticket) {
      this.topic = topic;
      this.payload = payload;
      this.publisher = publisher;
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
    public String client() {
      return publisher;
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

    Connection connection() {
      return Connection.this;
    }

    /**
     * @param leaving given what may be acknowledged now; nothing once the connection is over
     */
    void settle(PacketIds leaving) {
      if (ticket != null) {
        acks.done(ticket, leaving);
      }
    }
  }
}
