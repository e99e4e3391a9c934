package org.minusone.ingest.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final InstantSource clock;
  private final Consumer<Delivery> messages;
  private final KeptSessions kept;
  private final List<Session> sessions = new ArrayList<>();
  private final List<Session> former = new CopyOnWriteArrayList<>();
  private final Answers answers = new Answers(this::sendAnswer);
  private volatile Set<String> filters = Set.of();
  private String told = "";

  /**
   * Opens nothing yet.
   *
   * @param messages given each message; those of one session in order of arrival, on one thread;
   *     those of several sessions at once. Must not block: how many come is bounded here
   */
  public MqttSource(MqttSettings settings, InstantSource clock, Consumer<Delivery> messages) {
    this.settings = settings;
    this.held = new HeldMessages(settings.mostMessages(), settings.mostBytes());
    this.clock = clock;
    this.messages = messages;
    this.kept = new KeptSessions(settings.kept());
    for (int number = 1; number <= settings.sessions(); number++) {
      sessions.add(session(settings.clientId(number), false));
    }
  }

  private Session session(String clientId, boolean leaving) {
    return new Session(
        settings, clientId, kept, leaving, clock, messages, held, () -> filters, this::tell);
  }

  /**
   * Begins to connect; does not wait for it. Sessions that an earlier process left under other ids
   * (there were more of them, or the id was another) are emptied and ended beside it.
   */
  public void start() {
    Set<String> left = kept.ids();
    for (int number = 1; number <= settings.sessions(); number++) {
      left.remove(settings.clientId(number));
    }
    for (String clientId : left) {
      log.info("MQTT: emptying and ending the former session {}", clientId);
      former.add(session(clientId, true));
    }
    sessions.forEach(Session::start);
    former.forEach(Session::start);
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

  /** What the broker does not deliver as we want it, for a person; empty when all is well. */
  public String weakness() {
    return sessions.stream()
        .map(Session::weakness)
        .filter(one -> !one.isEmpty())
        .findFirst()
        .orElse("");
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
    former.forEach(Session::close);
    answers.close();
  }

  static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
