package org.minusone.ingest.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where the broker is, who we are there and how much we hold.
 *
 * @param uri {@code tcp://host:port}, or {@code ssl://host:port} for TLS
 * @param tls null for plain TCP
 * @param clientId stays the same over restarts: the broker keeps the session under it; of several
 *     sessions the second has it with {@code -2}, and so on
 * @param username null for none
 * @param password null for none
 * @param sessions connections at once, each a session of its own
 * @param group sessions and instances under the same name share the messages ({@code
 *     $share/group/…}); null = this one session has them all
 * @param trustClientProperty whether what the broker says about a message's publisher is believed:
 *     a broker that does not overwrite the property passes on a forged one
 * @param sessionExpiry how long the broker keeps what arrives while we are away
 * @param keepAlive after how long a dead connection is noticed
 * @param filters what to subscribe to in any case, QoS 1
 * @param mostMessages held at once by all sessions together, delivery stops beyond
 * @param mostBytes of payload held at once
 * @param kept the file in which is noted what the broker keeps for us; null = nowhere
 */
public record MqttSettings(
    String uri,
    MqttTls tls,
    String clientId,
    String username,
    String password,
    int sessions,
    String group,
    boolean trustClientProperty,
    Duration sessionExpiry,
    Duration keepAlive,
    List<String> filters,
    int mostMessages,
    long mostBytes,
    Path kept) {
  public MqttSettings {
    filters = List.copyOf(filters);
  }

  /** The id of the session of that number, from 1. */
  String clientId(int number) {
    return number == 1 ? clientId : clientId + "-" + number;
  }

  /** The messages that the broker may have on their way to one session. */
  int receiveMaximum() {
    return Math.max(1, Math.min(65_535, mostMessages / sessions));
  }

  /** The filter as it is subscribed to. */
  String shared(String filter) {
    return group == null ? filter : "$share/" + group + "/" + filter;
  }

  /** Paho's address: TLS is our socket's affair. */
  String socketUri() {
    URI at = URI.create(uri);
    return "tcp://" + at.getHost() + ":" + at.getPort();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "MqttSettings[uri=" + uri + ", clientId=" + clientId + ", username=" + username + "]";
  }
}
