package org.minusone.ingest;

import java.nio.file.Path;
import java.time.Duration;
import org.minusone.ingest.mqtt.MqttTls;
import org.minusone.model.codec.Topics;

/**
 * How ingest runs.
 *
 * @param brokerUri {@code tcp://host:port}, or {@code ssl://host:port} for TLS
 * @param tls null for plain TCP
 * @param clientId of the MQTT session; must stay the same over restarts, and be another for each
 *     instance; of several sessions each has it with {@code -1}, {@code -2} …
 * @param username null for a broker that wants none
 * @param password null for a broker that wants none
 * @param sessions connections at once in this process
 * @param group all sessions and instances under the same name share the messages; null = this one
 *     session has them all. Made up from the client id where several sessions need one
 * @param ownBroker whether the broker is our own, embedded one: it writes on each message who
 *     published it, and what is on it is meant for us, so that a mistyped topic is heard and
 *     refused
 * @param sessionExpiry how long the broker keeps for us what arrives while we are away
 * @param keepAlive after how long a dead connection is noticed
 * @param mostMessages held at once by all sessions together; delivery stops beyond
 * @param mostBytes of payload held at once
 * @param mostReadings given to Kafka and not yet acknowledged
 * @param rememberedSensors whose last given time is remembered
 * @param runIdle after how long without an arrival a run is ended
 * @param kept the file in which is noted what the broker keeps for us; null = nowhere
 */
public record IngestConfig(
    String brokerUri,
    MqttTls tls,
    String clientId,
    String username,
    String password,
    int sessions,
    String group,
    boolean ownBroker,
    Duration sessionExpiry,
    Duration keepAlive,
    int mostMessages,
    long mostBytes,
    int mostReadings,
    int rememberedSensors,
    Duration runIdle,
    Topics topics,
    Path kept) {
  private static final int MOST_SESSIONS = 64;

  /**
   * Checks what would otherwise be found out by a connection that never opens.
   *
   * @throws IllegalArgumentException with a line for a person
   */
  public IngestConfig {
    if (!brokerUri.matches("(tcp|ssl)://[^/:]+:[0-9]+|(tcp|ssl)://\\[[^/]+]:[0-9]+")) {
      throw new IllegalArgumentException(
          "the MQTT broker is tcp://host:port or ssl://host:port, not " + brokerUri);
    }
    boolean overTls = brokerUri.startsWith("ssl:");
    if (!overTls && tls != null) {
      throw new IllegalArgumentException(
          "TLS is configured for a plain address: ssl://host:port, not " + brokerUri);
    }
    tls = overTls && tls == null ? MqttTls.PUBLIC : tls;
    if (sessions < 1 || sessions > MOST_SESSIONS) {
      throw new IllegalArgumentException(
          "MQTT sessions are 1 to " + MOST_SESSIONS + ", not " + sessions);
    }
    group = group == null && sessions > 1 ? clientId.replaceAll("[/+#]", "-") : group;
    if (group != null && !group.matches("[^/+#]+")) {
      throw new IllegalArgumentException(
          "the group of shared subscriptions is a name without / + #, not \"" + group + '"');
    }
    if (mostMessages < 1 || mostReadings < 1 || mostBytes < 1) {
      throw new IllegalArgumentException("what may be in flight is at least one");
    }
  }

  /** Everything but where the broker is. */
  public static IngestConfig of(String brokerUri) {
    return new IngestConfig(
        brokerUri,
        null,
        "minusone-ingest",
        null,
        null,
        1,
        null,
        false,
        Duration.ofDays(7),
        Duration.ofSeconds(30),
        500,
        32L * 1024 * 1024,
        2_000,
        200_000,
        Duration.ofHours(1),
        Topics.DEFAULT,
        null);
  }

  public IngestConfig withTls(MqttTls how) {
    return new IngestConfig(
        brokerUri,
        how,
        clientId,
        username,
        password,
        sessions,
        group,
        ownBroker,
        sessionExpiry,
        keepAlive,
        mostMessages,
        mostBytes,
        mostReadings,
        rememberedSensors,
        runIdle,
        topics,
        kept);
  }

  public IngestConfig withCredentials(String user, String secret) {
    return new IngestConfig(
        brokerUri,
        tls,
        clientId,
        user,
        secret,
        sessions,
        group,
        ownBroker,
        sessionExpiry,
        keepAlive,
        mostMessages,
        mostBytes,
        mostReadings,
        rememberedSensors,
        runIdle,
        topics,
        kept);
  }

  public IngestConfig withClientId(String id) {
    return new IngestConfig(
        brokerUri,
        tls,
        id,
        username,
        password,
        sessions,
        group,
        ownBroker,
        sessionExpiry,
        keepAlive,
        mostMessages,
        mostBytes,
        mostReadings,
        rememberedSensors,
        runIdle,
        topics,
        kept);
  }

  /**
   * @param name of the group that shares; null = made up if there are several
   */
  public IngestConfig withSessions(int count, String name) {
    return new IngestConfig(
        brokerUri,
        tls,
        clientId,
        username,
        password,
        count,
        name,
        ownBroker,
        sessionExpiry,
        keepAlive,
        mostMessages,
        mostBytes,
        mostReadings,
        rememberedSensors,
        runIdle,
        topics,
        kept);
  }

  public IngestConfig ofOwnBroker() {
    return new IngestConfig(
        brokerUri,
        tls,
        clientId,
        username,
        password,
        sessions,
        group,
        true,
        sessionExpiry,
        keepAlive,
        mostMessages,
        mostBytes,
        mostReadings,
        rememberedSensors,
        runIdle,
        topics,
        kept);
  }

  public IngestConfig withTopics(Topics names) {
    return new IngestConfig(
        brokerUri,
        tls,
        clientId,
        username,
        password,
        sessions,
        group,
        ownBroker,
        sessionExpiry,
        keepAlive,
        mostMessages,
        mostBytes,
        mostReadings,
        rememberedSensors,
        runIdle,
        names,
        kept);
  }

  /** Remembering in that file, over restarts, which sessions and subscriptions the broker has. */
  public IngestConfig keepingSessionsIn(Path file) {
    return new IngestConfig(
        brokerUri,
        tls,
        clientId,
        username,
        password,
        sessions,
        group,
        ownBroker,
        sessionExpiry,
        keepAlive,
        mostMessages,
        mostBytes,
        mostReadings,
        rememberedSensors,
        runIdle,
        topics,
        file);
  }

  /** The password masked. */
  @Override
  public String toString() {
    return "IngestConfig["
        + "brokerUri="
        + brokerUri
        + ", tls="
        + tls
        + ", clientId="
        + clientId
        + ", username="
        + username
        + ", password="
        + (password == null ? "none" : "***")
        + ", sessions="
        + sessions
        + ", group="
        + group
        + ", ownBroker="
        + ownBroker
        + ", sessionExpiry="
        + sessionExpiry
        + ", keepAlive="
        + keepAlive
        + ", mostMessages="
        + mostMessages
        + ", mostBytes="
        + mostBytes
        + ", mostReadings="
        + mostReadings
        + ", rememberedSensors="
        + rememberedSensors
        + ", runIdle="
        + runIdle
        + ", topics="
        + topics.prefix()
        + ", kept="
        + kept
        + "]";
  }
}
