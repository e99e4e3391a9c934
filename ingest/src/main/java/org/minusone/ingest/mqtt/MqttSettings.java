package org.minusone.ingest.mqtt;

import java.time.Duration;
import java.util.List;

/**
 * One MQTT 5 session.
 *
 * @param uri {@code tcp://host:port}
 * @param clientId stays the same over restarts: the broker keeps the session under it
 * @param username null for none
 * @param password null for none
 * @param sessionExpiry how long the broker keeps what arrives while we are away
 * @param keepAlive after how long a dead connection is noticed
 * @param filters what to subscribe to, QoS 1
 * @param mostMessages held at once, delivery stops beyond
 * @param mostBytes of payload held at once
 */
public record MqttSettings(
    String uri,
    String clientId,
    String username,
    String password,
    Duration sessionExpiry,
    Duration keepAlive,
    List<String> filters,
    int mostMessages,
    long mostBytes) {
  public MqttSettings {
    filters = List.copyOf(filters);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "MqttSettings[uri=" + uri + ", clientId=" + clientId + ", username=" + username + "]";
  }
}
