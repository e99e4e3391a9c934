package org.minusone.ingest.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as files of PEM text; what is wrong with one is one line for a person. */
public final class PemFiles {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private PemFiles() {}

  /**
   * All certificates of a file, in its order; at least one.
   *
   * @throws IOException if it cannot be read or has none
   */
  public static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        found.add((X509Certificate) one);
      }
    } catch (NoSuchFileException e) {
      throw new IOException("no such file: " + file, e);
    } catch (CertificateException e) {
      throw new IOException(file + " is not a PEM file of certificates", e);
    }
    if (found.isEmpty()) {
      throw new IOException(file + " has no certificate in it");
    }
    return found;
  }

  /**
   * The private key of a file, PKCS#8 without a password: RSA, EC or Ed25519.
   *
   * @throws IOException if it cannot be read, or is in another form
   */
  public static PrivateKey key(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      throw new IOException("no such file: " + file, e);
    }
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      switch (block.group(1)) {
        case "PRIVATE KEY":
          return key(file, block.group(2));
        case "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY":
          throw new IOException(
              ("%s is %s key: make it PKCS#8 with"
                      + " openssl pkcs8 -topk8 -nocrypt -in %s -out new.pem")
                  .formatted(
                      file,
                      block.group(1).startsWith("ENC")
                          ? "a password-protected"
                          : "a PKCS#1 or SEC1",
                      file));
        default:
          // Parameters of a curve, or the certificate in the same file.
      }
    }
    throw new IOException(file + " has no private key in it");
  }

  private static PrivateKey key(Path file, String base64) throws IOException {
    try {
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
      for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
          // Of another kind.
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " has a damaged private key", e);
    }
    throw new IOException(file + " has a private key that is neither RSA, EC nor Ed25519");
  }

  /** Why a certificate does not count today, with its dates; null if it does. */
  public static String invalid(String which, X509Certificate certificate) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    try {
      certificate.checkValidity();
      return null;
    } catch (CertificateExpiredException e) {
      return "%s expired at %s (it was valid from %s)".formatted(which, until, from);
    } catch (CertificateNotYetValidException e) {
      return "%s is not yet valid: from %s until %s (is a clock wrong?)"
          .formatted(which, from, until);
    }
  }

  /** A store in memory of authorities to trust. */
  public static KeyStore trusting(List<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca-" + i, authorities.get(i));
    }
    return store;
  }

  /** A store in memory of one key with its certificates, both files' contents. */
  public static KeyStore identity(Path certificate, Path key, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    X509Certificate[] chain = certificates(certificate).toArray(X509Certificate[]::new);
    PrivateKey secret = key(key);
    if (!belongs(secret, chain[0].getPublicKey())) {
      throw new IOException(key + " is not the key of " + certificate);
    }
    store.setKeyEntry("own", secret, password, chain);
    return store;
  }

  /** Whether what the one signs the other verifies. */
  private static boolean belongs(PrivateKey secret, PublicKey open)
      throws GeneralSecurityException {
    String algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    byte[] anything = {1};
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(secret);
      signing.update(anything);
      byte[] signed = signing.sign();
      signing.initVerify(open);
      signing.update(anything);
      return signing.verify(signed);
    } catch (InvalidKeyException | SignatureException e) {
      // The public key is of another kind, or of another length.
      return false;
    }
  }
}
