package org.minusone.console.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A certificate and its key, from PEM files to what Jetty serves TLS with. */
final class PemKeys {
  /** It never leaves the memory of this process. */
  private static final String PASSWORD = "in memory";

  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----",
          Pattern.DOTALL);

  private PemKeys() {}

  /** TLS 1.2 and 1.3 with the JDK's and Jetty's choice of ciphers. */
  static SslContextFactory.Server factory(ConsoleTls tls) throws IOException {
    List<Certificate> chain = chain(tls.certificate());
    PrivateKey key = key(tls.key(), chain.get(0).getPublicKey().getAlgorithm());
    SslContextFactory.Server factory = new SslContextFactory.Server();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("console", key, PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
      factory.setKeyStore(store);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "%s and %s do not go together: %s"
              .formatted(tls.certificate(), tls.key(), e.getMessage()),
          e);
    }
    factory.setKeyStorePassword(PASSWORD);
    factory.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    return factory;
  }

  private static List<Certificate> chain(Path file) throws IOException {
    try {
      List<Certificate> chain =
          List.copyOf(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no certificate in PEM form", e);
    }
    throw new IOException(file + " holds no certificate in PEM form");
  }

  private static PrivateKey key(Path file, String algorithm) throws IOException {
    Matcher found = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!found.find()) {
      throw new IOException(
          "%s holds no PKCS #8 key in PEM form: openssl pkcs8 -topk8 -nocrypt -in %s"
              .formatted(file, file));
    }
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          "%s is not the %s key of the certificate".formatted(file, algorithm), e);
    }
  }
}
