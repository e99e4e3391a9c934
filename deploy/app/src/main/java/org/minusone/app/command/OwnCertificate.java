package org.minusone.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts one certificate and no other: the one our own console serves. It is compared bit by bit,
 * so it need not carry the name by which this machine reaches it, nor be signed by anybody known.
 */
final class OwnCertificate extends X509ExtendedTrustManager {
  private final Certificate own;

  private OwnCertificate(Certificate own) {
    this.own = own;
  }

  /**
   * @param pem the console's first
   */
  static SSLContext context(Path pem) throws Problem {
    try (InputStream in = Files.newInputStream(pem)) {
      Certificate own =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .findFirst()
              .orElseThrow(() -> new CertificateException("none there"));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new OwnCertificate(own)}, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw Problem.usage(
          "the console's certificate %s cannot be read (%s)".formatted(pem, e.getMessage()));
    }
  }

  private void require(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0 || !chain[0].equals(own)) {
      throw new CertificateException("another certificate than the console's own");
    }
    chain[0].checkValidity();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    require(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    require(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    require(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
