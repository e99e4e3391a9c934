package org.minusone.app.stack;

import org.minusone.app.embedded.FreePorts;
import org.minusone.app.embedded.broker.BrokerTls;

/**
 * Where the embedded broker listens, and how gateways come in.
 *
 * @param address to bind; beyond loopback only with TLS and without strangers
 * @param port 0 = a free one
 * @param tls null = plain
 * @param anonymous whether a client without a user name is let in
 */
public record BrokerPlace(String address, int port, BrokerTls tls, boolean anonymous) {
  /** Loopback, where {@code mosquitto_pub} works at once. */
  public static BrokerPlace loopback(int port) {
    return new BrokerPlace(FreePorts.LOOPBACK, port, null, true);
  }
}
