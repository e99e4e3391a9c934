package org.minusone.app.embedded.broker;

import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Who is connected, by connection. */
final class Clients {
  private static final String ATTRIBUTE = "minusone-connection";

  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, Client> byConnection = new ConcurrentHashMap<>();

  /** By user name; as many as sites have gateways. */
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();

  /** Of a user, over all its connections: another client id gains it nothing, nor a new start. */
  Pace pace(Client client) {
    return client.kind() == Client.Kind.GATEWAY
        ? paces.computeIfAbsent(client.user(), user -> new Pace())
        : new Pace();
  }

  /** The connection belongs to that client from now on. */
  void admitted(ConnectionInformation connection, Client client) {
    String number = Long.toString(numbers.incrementAndGet());
    connection.getConnectionAttributeStore().putAsString(ATTRIBUTE, number);
    byConnection.put(number, client);
  }

  /** Whose connection it is; null for one that was not admitted, or is over. */
  Client of(ConnectionInformation connection) {
    return connection
        .getConnectionAttributeStore()
        .getAsString(ATTRIBUTE)
        .map(byConnection::get)
        .orElse(null);
  }

  void gone(ConnectionInformation connection) {
    connection.getConnectionAttributeStore().getAsString(ATTRIBUTE).ifPresent(byConnection::remove);
  }

  Collection<Client> all() {
    return byConnection.values();
  }

  /**
   * Whether another user than {@code client} is connected under its client id: it would lose its
   * session and its messages to this one.
   */
  boolean isTaken(Client client) {
    return byConnection.values().stream()
        .anyMatch(other -> other.id().equals(client.id()) && !other.user().equals(client.user()));
  }
}
