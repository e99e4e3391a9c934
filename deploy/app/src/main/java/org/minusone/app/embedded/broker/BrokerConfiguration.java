package org.minusone.app.embedded.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Set;
import org.minusone.ingest.mqtt.PemFiles;

/** HiveMQ's config.xml, and the key stores it names, in a folder of their own. */
public final class BrokerConfiguration {
  /** A publisher of a larger payload is cut off by the broker, and so learns of it. */
  public static final int LARGEST_PAYLOAD = 256 * 1024;

  /** As long as ingest takes one; a publisher on a longer one is cut off too. */
  private static final int LONGEST_TOPIC = 256;

  /** What comes in a packet beside topic and payload: header, packet id, properties. */
  private static final int BESIDE = 512;

  /**
   * QoS 1 messages that a publisher may have sent and not yet seen acknowledged. The default of 10
   * has a gateway of many sensors wait for each round trip.
   */
  private static final int IN_FLIGHT = 1_000;

  /**
   * Of messages for a session that is away. What was acknowledged to a publisher and comes past
   * this is dropped, so it is more than a day of the largest demonstration.
   */
  private static final int LONGEST_QUEUE = 1_000_000;

  private final Path folder;
  private final StringBuilder listeners = new StringBuilder();

  /**
   * @param folder exists
   */
  public BrokerConfiguration(Path folder) {
    this.folder = folder;
  }

  /** Adds a plain listener. */
  public void listen(String address, int port) {
    listeners.append(
        "<tcp-listener><port>%d</port><bind-address>%s</bind-address><name>plain-%1$d</name></tcp-listener>\n"
            .formatted(port, escaped(address)));
  }

  /**
   * Adds a TLS listener. The key store's password is a new one each time, and lies beside it: who
   * reads the one file reads the other.
   *
   * @throws IOException with one line for a person if a PEM file is not as it should be
   */
  public void listen(String address, int port, BrokerTls tls) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    try {
      refuseInvalid(tls);
      Path own = folder.resolve("broker.p12");
      write(own, PemFiles.identity(tls.certificate(), tls.key(), password.toCharArray()), password);
      String trusted = "";
      String mode = "NONE";
      if (tls.clientCa() != null) {
        Path authorities = folder.resolve("clients.p12");
        write(authorities, PemFiles.trusting(PemFiles.certificates(tls.clientCa())), password);
        trusted =
            "<truststore><path>%s</path><password>%s</password></truststore>"
                .formatted(escaped(authorities.toAbsolutePath().toString()), password);
        mode = tls.certificateRequired() ? "REQUIRED" : "OPTIONAL";
      }
      listeners.append(
          """
          <tls-tcp-listener><port>%d</port><bind-address>%s</bind-address><name>tls-%1$d</name><tls>
          <keystore><path>%s</path><password>%s</password><private-key-password>%4$s</private-key-password></keystore>
          %s<client-authentication-mode>%s</client-authentication-mode></tls></tls-tcp-listener>
          """
              .formatted(
                  port,
                  escaped(address),
                  escaped(own.toAbsolutePath().toString()),
                  password,
                  trusted,
                  mode));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "%s and %s make no TLS identity: %s"
              .formatted(tls.certificate(), tls.key(), e.getMessage()),
          e);
    }
  }

  private static void refuseInvalid(BrokerTls tls) throws IOException {
    X509Certificate own = PemFiles.certificates(tls.certificate()).get(0);
    String invalid = PemFiles.invalid("the broker's certificate " + tls.certificate(), own);
    if (invalid != null) {
      throw new IOException(invalid);
    }
  }

  /** Writes config.xml, for its owner alone. */
  public void write() throws IOException {
    try (OutputStream out = privately(folder.resolve("config.xml"))) {
      out.write(text().getBytes(UTF_8));
    }
  }

  private static void write(Path file, KeyStore store, String password)
      throws IOException, GeneralSecurityException {
    try (OutputStream out = privately(file)) {
      store.store(out, password.toCharArray());
    }
  }

  private static OutputStream privately(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file,
        PosixFilePermissions.asFileAttribute(
            Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
    return Files.newOutputStream(file, StandardOpenOption.WRITE);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private String text() {
    return """
        <?xml version="1.0"?>
        <hivemq xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="config.xsd">
          <listeners>
        %s
          </listeners>
          <mqtt>
            <queued-messages>
              <max-queue-size>%d</max-queue-size>
            </queued-messages>
            <packets>
              <max-packet-size>%d</max-packet-size>
            </packets>
            <receive-maximum>
              <server-receive-maximum>%d</server-receive-maximum>
            </receive-maximum>
          </mqtt>
          <restrictions>
            <max-topic-length>%d</max-topic-length>
          </restrictions>
          <anonymous-usage-statistics>
            <enabled>false</enabled>
          </anonymous-usage-statistics>
          <persistence>
            <mode>file</mode>
          </persistence>
        </hivemq>
        """
        .formatted(
            listeners,
            LONGEST_QUEUE,
            LARGEST_PAYLOAD + LONGEST_TOPIC + BESIDE,
            IN_FLIGHT,
            LONGEST_TOPIC);
  }
}
