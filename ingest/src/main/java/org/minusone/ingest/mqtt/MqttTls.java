package org.minusone.ingest.mqtt;

import java.nio.file.Path;

/**
 * How a broker behind {@code ssl://} proves itself to us, and we to it. Files are read at each
 * connect, so that a renewed certificate needs no restart.
 *
 * @param ca PEM, one or several certificates that may sign the broker's; null = those Java trusts
 * @param certificate PEM, ours first and what signed it behind; null = the broker asks for none
 * @param key PEM, the PKCS#8 private key of {@code certificate}; null with it
 */
public record MqttTls(Path ca, Path certificate, Path key) {
  /** A broker with a certificate from a public authority, which asks us for none. */
  public static final MqttTls PUBLIC = new MqttTls(null, null, null);

  /**
   * @throws IllegalArgumentException for a certificate without its key, or a key without its
   *     certificate
   */
  public MqttTls {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException(
          "a client certificate and its key come together: only "
              + (certificate == null ? "the key " + key : "the certificate " + certificate)
              + " is given");
    }
  }
}
