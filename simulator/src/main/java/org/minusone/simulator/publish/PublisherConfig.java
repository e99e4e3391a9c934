package org.minusone.simulator.publish;

import java.time.Duration;
import java.util.Objects;

/**
 * How readings reach the broker.
 *
 * @param username null where the broker wants none
 * @param password null where the broker wants none
 * @param connections gateways; a sensor always speaks through the same one, so its order holds. 1
 *     keeps the order of all
 * @param inFlight PUBLISHes without PUBACK that each connection may have; the broker's Receive
 *     Maximum may lower it
 * @param connectTimeout for one attempt, and for all of them at the start
 * @param longestBackoff between two attempts to connect again; the first comes after 200 ms
 */
public record PublisherConfig(
    String host,
    int port,
    String username,
    String password,
    int connections,
    int inFlight,
    Duration connectTimeout,
    Duration longestBackoff) {
  public PublisherConfig {
    Objects.requireNonNull(host);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    if (connections < 1 || inFlight < 1) {
      throw new IllegalArgumentException(
          "connections and in-flight must be at least 1: " + connections + ", " + inFlight);
    }
  }

  /** Four gateways with 200 messages in flight each, no credentials. */
  public static PublisherConfig to(String host, int port) {
    return new PublisherConfig(
        host, port, null, null, 4, 200, Duration.ofSeconds(10), Duration.ofSeconds(10));
  }

  public PublisherConfig withCredentials(String name, String secret) {
    return new PublisherConfig(
        host, port, name, secret, connections, inFlight, connectTimeout, longestBackoff);
  }

  public PublisherConfig withConnections(int count) {
    return new PublisherConfig(
        host, port, username, password, count, inFlight, connectTimeout, longestBackoff);
  }

  String uri() {
    return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** The password masked. */
  @Override
  public String toString() {
    return "PublisherConfig[%s, username=%s, password=%s, connections=%d, inFlight=%d]"
        .formatted(uri(), username, password == null ? null : "***", connections, inFlight);
  }
}
