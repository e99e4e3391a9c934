package org.minusone.app.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Looks at the PEM files that a configuration names, before a handshake fails because of them. */
final class Certificates {
  private final Configuration configuration;
  private final Instant now;

  Certificates(Configuration configuration, Instant now) {
    this.configuration = configuration;
    this.now = now;
  }

  /**
   * The text of a file of certificates, of which none has expired.
   *
   * @return null where the setting is not given
   */
  String certificates(Setting setting) throws ConfigProblem {
    String pem = read(setting);
    if (pem == null) {
      return null;
    }
    List<X509Certificate> all = new ArrayList<>();
    try {
      for (Certificate one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
        all.add((X509Certificate) one);
      }
    } catch (CertificateException e) {
      all.clear();
    }
    if (all.isEmpty()) {
      throw configuration.fault(
          setting, configuration.path(setting) + " holds no certificate in PEM form");
    }
    for (X509Certificate one : all) {
      requireValid(setting, one);
    }
    return pem;
  }

  private void requireValid(Setting setting, X509Certificate certificate) throws ConfigProblem {
    Instant end = certificate.getNotAfter().toInstant();
    Instant begin = certificate.getNotBefore().toInstant();
    String which =
        "the certificate in %s (%s)"
            .formatted(
                configuration.path(setting), certificate.getSubjectX500Principal().getName());
    if (now.isAfter(end)) {
      throw configuration.fault(setting, "%s expired on %s: renew it".formatted(which, date(end)));
    }
    if (now.isBefore(begin)) {
      throw configuration.fault(
          setting, "%s is valid from %s on: is the clock right?".formatted(which, date(begin)));
    }
  }

  private static LocalDate date(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneId.systemDefault());
  }

  /** As {@link #certificates}, for whoever reads the file himself. */
  void requireGood(Setting setting) throws ConfigProblem {
    String unused = certificates(setting);
  }

  /** As {@link #key}, for whoever reads the file himself. */
  void requireKey(Setting setting) throws ConfigProblem {
    String unused = key(setting);
  }

  /**
   * The text of a file with an unencrypted PKCS #8 key.
   *
   * @return null where the setting is not given
   */
  String key(Setting setting) throws ConfigProblem {
    String pem = read(setting);
    if (pem != null && !pem.contains("-----BEGIN PRIVATE KEY-----")) {
      Path file = configuration.path(setting);
      throw configuration.fault(
          setting,
          "%s holds no PKCS #8 key in PEM form: openssl pkcs8 -topk8 -nocrypt -in %s"
              .formatted(file, file));
    }
    return pem;
  }

  /** Both of a pair, or neither. */
  void requirePair(Setting certificate, Setting key) throws ConfigProblem {
    if (configuration.has(certificate) != configuration.has(key)) {
      Setting there = configuration.has(certificate) ? certificate : key;
      Setting missing = there == key ? certificate : key;
      throw configuration.fault(there, there.path() + " wants " + missing.path() + " as well");
    }
  }

  private String read(Setting setting) throws ConfigProblem {
    Path file = configuration.path(setting);
    if (file == null) {
      return null;
    }
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw configuration.fault(
          setting, file + (Files.exists(file) ? " cannot be read" : " is no file"));
    }
  }
}
