package org.minusone.app.embedded;

import java.util.regex.Pattern;
import org.minusone.app.embedded.broker.BrokerAccess;
import org.minusone.app.embedded.broker.BrokerTls;

/**
 * Where the embedded broker listens, and whom it lets in.
 *
 * @param address to bind; {@code 0.0.0.0} = all of this machine's
 * @param port 0 = a free one
 * @param tls null = plain, which only loopback is
 * @param access null = anybody may everything, and nobody is told apart
 */
public record BrokerOptions(String address, int port, BrokerTls tls, BrokerAccess access) {
  private static final Pattern LOOPBACK =
      Pattern.compile("127(\\.[0-9]{1,3}){3}|localhost|::1|\\[::1]");

  /**
   * @throws IllegalArgumentException if others than this machine could connect without TLS, or
   *     without a password
   */
  public BrokerOptions {
    if (!LOOPBACK.matcher(address).matches()) {
      if (tls == null) {
        throw new IllegalArgumentException(
            "the MQTT broker listens beyond loopback (%s) only with TLS: name its certificate and key"
                .formatted(address));
      }
      if (access == null || access.anonymous()) {
        throw new IllegalArgumentException(
            "the MQTT broker listens beyond loopback (%s) only for gateways with a password or certificate"
                .formatted(address));
      }
    }
  }

  /** On loopback, for anybody. */
  public static BrokerOptions loopback(int port) {
    return new BrokerOptions(FreePorts.LOOPBACK, port, null, null);
  }

  public BrokerOptions withAccess(BrokerAccess who) {
    return new BrokerOptions(address, port, tls, who);
  }
}
