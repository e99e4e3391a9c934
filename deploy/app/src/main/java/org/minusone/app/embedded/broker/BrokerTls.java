package org.minusone.app.embedded.broker;

import java.nio.file.Path;

/**
 * How the broker proves itself to its clients, and they to it. The files are read when it starts.
 *
 * @param certificate PEM, the broker's first and what signed it behind
 * @param key PEM, its PKCS#8 private key
 * @param clientCa PEM, what may sign a gateway's certificate; null = certificates are not asked for
 * @param certificateRequired whether a client without one is turned away; otherwise a password does
 */
public record BrokerTls(Path certificate, Path key, Path clientCa, boolean certificateRequired) {
  /**
   * @throws IllegalArgumentException if a certificate is required that nobody may sign
   */
  public BrokerTls {
    if (certificateRequired && clientCa == null) {
      throw new IllegalArgumentException(
          "client certificates are required, but no CA is named that may sign them");
    }
  }
}
