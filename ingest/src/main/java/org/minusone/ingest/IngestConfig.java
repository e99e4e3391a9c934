package org.minusone.ingest;

import java.time.Duration;
import org.minusone.model.codec.Topics;

/**
 * How ingest runs.
 *
 * @param brokerUri {@code tcp://host:port}
 * @param clientId of the MQTT session; must stay the same over restarts, and be another for each
 *     instance
 * @param username null for a broker that wants none
 * @param password null for a broker that wants none
 * @param sessionExpiry how long the broker keeps for us what arrives while we are away
 * @param keepAlive after how long a dead connection is noticed
 * @param mostMessages held at once; delivery stops beyond
 * @param mostBytes of payload held at once
 * @param mostReadings given to Kafka and not yet acknowledged
 * @param rememberedSensors whose last given time is remembered
 * @param runIdle after how long without an arrival a run is ended
 */
public record IngestConfig(
    String brokerUri,
    String clientId,
    String username,
    String password,
    Duration sessionExpiry,
    Duration keepAlive,
    int mostMessages,
    long mostBytes,
    int mostReadings,
    int rememberedSensors,
    Duration runIdle,
    Topics topics) {

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
    if (mostMessages < 1 || mostReadings < 1 || mostBytes < 1) {
      throw new IllegalArgumentException("what may be in flight is at least one");
    }
  }

  /** Everything but where the broker is. */
  public static IngestConfig of(String brokerUri) {
    return new IngestConfig(
        brokerUri,
        "minusone-ingest",
        null,
        null,
        Duration.ofDays(7),
        Duration.ofSeconds(30),
        500,
        32L * 1024 * 1024,
        2_000,
        200_000,
        Duration.ofHours(1),
        Topics.DEFAULT);
  }

  public IngestConfig withCredentials(String user, String secret) {
    return new IngestConfig(
        brokerUri,
        clientId,
        user,
        secret,
        sessionExpiry,
        keepAlive,
        mostMessages,
        mostBytes,
        mostReadings,
        rememberedSensors,
        runIdle,
        topics);
  }

  public IngestConfig withClientId(String id) {
    return new IngestConfig(
        brokerUri,
        id,
        username,
        password,
        sessionExpiry,
        keepAlive,
        mostMessages,
        mostBytes,
        mostReadings,
        rememberedSensors,
        runIdle,
        topics);
  }

  public IngestConfig withTopics(Topics names) {
    return new IngestConfig(
        brokerUri,
        clientId,
        username,
        password,
        sessionExpiry,
        keepAlive,
        mostMessages,
        mostBytes,
        mostReadings,
        rememberedSensors,
        runIdle,
        names);
  }

  /** The password masked. */
  @Override
  public String toString() {
    return "IngestConfig[brokerUri="
        + brokerUri
        + ", clientId="
        + clientId
        + ", username="
        + username
        + ", password="
        + (password == null ? "none" : "***")
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
        + "]";
  }
}
