package org.minusone.ingest.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The raw messages of one or several persistent MQTT 5 sessions, acknowledged when they are told to
 * be, each session's in the order of their arrival.
 *
 * <p>Broker away: {@link #isSubscribed} turns false and it tries for ever; the log has a line when
 * the reason changes, not one an attempt.
 *
 * <p>Several sessions, here or in other processes, share the messages as a group. A broker deals
 * them out one by one: those of one sensor may then overtake each other by as much as one session
 * is behind another.
 */
public final class MqttSource implements AutoCloseable {
  /** The user property by which a broker says who published a message. */
  public static final String CLIENT_PROPERTY = "minusone-client";

  private static final Logger log = LoggerFactory.getLogger(MqttSource.class);

  /** Paho prints stack traces of what we tell in one line. Held, so that it is not forgotten. */
  private static final java.util.logging.Logger PAHO =
      java.util.logging.Logger.getLogger("org.eclipse.paho.mqttv5.client");

  static {
    PAHO.setLevel(Level.OFF);
  }

  private final MqttSettings settings;
  private final HeldMessages held;
  private final List<Session> sessions = new ArrayList<>();
  private final Answers answers = new Answers(this::sendAnswer);
  private volatile Set<String> filters = Set.of();
  private String told = "";

  /**
   * Opens nothing yet.
   *
   * @param messages given each message; those of one session in order of arrival, on one thread;
   *     those of several sessions at once. May block, which stops that session's delivery
   */
  public MqttSource(MqttSettings settings, InstantSource clock, Consumer<Delivery> messages) {
    this.settings = settings;
    this.held = new HeldMessages(settings.mostMessages(), settings.mostBytes());
    for (int number = 1; number <= settings.sessions(); number++) {
      sessions.add(new Session(settings, number, clock, messages, held, () -> filters, this::tell));
    }
  }

  /** Begins to connect; does not wait for it. */
  public void start() {
    sessions.forEach(Session::start);
    answers.start();
  }

  /**
   * What to subscribe to beside the settings' filters from now on, instead of what was told before.
   * Takes effect within a second where we are connected, else with the next connection.
   */
  public void filters(Set<String> further) {
    filters = Set.copyOf(further);
  }

  /**
   * Publishes at QoS 0, soon, if any session is connected then; else it is dropped, and counted.
   * Returns at once, on any thread.
   */
  public void publish(String topic, byte[] payload) {
    answers.publish(topic, payload);
  }

  /** How many of those were dropped. */
  public long droppedAnswers() {
    return answers.dropped();
  }

  private boolean sendAnswer(String topic, byte[] payload) {
    for (Session session : sessions) {
      if (session.publish(topic, payload)) {
        return true;
      }
    }
    return false;
  }

  /** Whether all sessions are connected and the broker granted every subscription. */
  public boolean isSubscribed() {
    return sessions.stream().allMatch(Session::isSubscribed);
  }

  /** Whether its threads are at work; false before start and once one died. */
  public boolean isAlive() {
    return sessions.stream().allMatch(Session::isAlive);
  }

  /** What keeps it from being subscribed, for a person; empty when nothing does. */
  public String problem() {
    for (Session session : sessions) {
      String problem = session.problem();
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return "";
  }

  /** Messages held: delivered to us and not yet done. */
  public int held() {
    return held.messages();
  }

  /** One line for all sessions that fail alike. */
  private synchronized void tell(String trouble) {
    if (!trouble.isEmpty() && !trouble.equals(told)) {
      log.warn("MQTT at {}: {}; trying again", settings.uri(), trouble);
    }
    told = trouble;
  }

  /** Leaves the sessions on the broker: what is not acknowledged comes again. */
  @Override
  public void close() {
    sessions.forEach(Session::close);
    answers.close();
  }

  static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
