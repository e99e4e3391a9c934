package org.minusone.ingest.mqtt;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS over a connected socket: the broker's certificate must be signed by an authority we trust, be
 * valid today and name the host we asked for.
 */
final class TlsClient {
  private final MqttTls tls;

  TlsClient(MqttTls tls) {
    this.tls = tls;
  }

  /**
   * Shakes hands.
   *
   * @param timeoutMs of each wait for the broker
   * @throws IOException whose message is one line for a person
   */
  SSLSocket over(Socket raw, String host, int port, int timeoutMs) throws IOException {
    BrokerTrust trust = null;
    try {
      trust = new BrokerTrust(trusted(), host, tls.ca());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own(), new TrustManager[] {trust}, null);
      SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, host, port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(timeoutMs);
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "the broker does not answer the TLS handshake: does it speak plain MQTT there (tcp://)?",
          e);
    } catch (SSLException | EOFException e) {
      throw new IOException(handshake(e, trust.objection()), e);
    }
  }

  private String handshake(IOException e, String objection) {
    if (objection != null) {
      return objection;
    }
    String told = alert(e);
    return told != null
        ? told
        : "the other side does not speak TLS (%s): a plain MQTT port wants tcp://"
            .formatted(e.getMessage());
  }

  /**
   * What a TLS alert of the broker's means, in words; null if {@code e} is no alert. After TLS
   * 1.3's handshake an alert about our certificate comes with the first read.
   */
  String alert(Throwable e) {
    String text = e instanceof SSLException ? String.valueOf(e.getMessage()) : "";
    int at = text.indexOf("fatal alert: ");
    if (at < 0) {
      return null;
    }
    String name = text.substring(at + "fatal alert: ".length());
    boolean aboutUs = name.contains("certificate") || name.equals("unknown_ca");
    if (!aboutUs) {
      return "the broker ended the TLS handshake: " + name;
    }
    return tls.certificate() == null
        ? "the broker wants a client certificate, and none is configured (" + name + ")"
        : "the broker refuses our certificate " + tls.certificate() + " (" + name + ")";
  }

  private X509ExtendedTrustManager trusted() throws IOException, GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(tls.ca() == null ? null : PemFiles.trusting(PemFiles.certificates(tls.ca())));
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private KeyManager[] own() throws IOException, GeneralSecurityException {
    Path certificate = tls.certificate();
    if (certificate == null) {
      return null;
    }
    X509Certificate first = PemFiles.certificates(certificate).get(0);
    String invalid = PemFiles.invalid("our certificate " + certificate, first);
    if (invalid != null) {
      throw new IOException(invalid);
    }
    char[] inMemory = {'-'};
    KeyStore store = PemFiles.identity(certificate, tls.key(), inMemory);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, inMemory);
    return factory.getKeyManagers();
  }
}
