package org.minusone.ingest.mqtt;

import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Java's own judgement of the broker's certificate; what it objects to is put into words. */
final class BrokerTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager judge;
  private final String host;
  private final Path ca;
  private volatile String objection;

  /**
   * @param ca what it must be signed by, for the words; null = what Java trusts
   */
  BrokerTrust(X509ExtendedTrustManager judge, String host, Path ca) {
    this.judge = judge;
    this.host = host;
    this.ca = ca;
  }

  /** Why the broker's certificate was refused; null if it was not. */
  String objection() {
    return objection;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, type, socket);
    } catch (CertificateException e) {
      objection = inWords(chain, e);
      throw e;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge.checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge.checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }

  private String inWords(X509Certificate[] chain, CertificateException e) {
    for (X509Certificate one : chain) {
      String invalid =
          PemFiles.invalid(
              one == chain[0]
                  ? "the broker's certificate (" + name(one) + ")"
                  : "a certificate above the broker's (" + name(one) + ")",
              one);
      if (invalid != null) {
        return invalid;
      }
    }
    if (e.getCause() == null) {
      return "the broker's certificate is for %s, not for %s".formatted(names(chain[0]), host);
    }
    return "the broker's certificate (%s, issued by %s) is signed by no authority %s"
        .formatted(
            name(chain[0]),
            chain[0].getIssuerX500Principal().getName(),
            ca == null ? "that Java trusts: name its CA file" : "in " + ca);
  }

  private static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  /** The hosts it is for: its alternative names (2 = DNS, 7 = address), else its subject. */
  private static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        return all.stream()
            .filter(one -> one.get(0).equals(2) || one.get(0).equals(7))
            .map(one -> String.valueOf(one.get(1)))
            .collect(Collectors.joining(", "));
      }
    } catch (CertificateParsingException e) {
      // Then its subject must do.
    }
    return name(certificate);
  }
}
