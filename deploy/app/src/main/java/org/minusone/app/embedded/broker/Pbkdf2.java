package org.minusone.app.embedded.broker;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The hash in a site's files: {@code pbkdf2-sha256:iterations:salt:hash}, both in base64. */
public final class Pbkdf2 {
  private Pbkdf2() {}

  /**
   * Whether {@code hash} is that of {@code password}; takes tens of milliseconds.
   *
   * @throws IllegalArgumentException if it is no such hash
   */
  public static boolean matches(String hash, String password) {
    String[] parts = hash.split(":", -1);
    if (parts.length != 4 || !parts[0].equals("pbkdf2-sha256")) {
      throw new IllegalArgumentException("not pbkdf2-sha256:iterations:salt:hash");
    }
    byte[] expected = Base64.getDecoder().decode(parts[3]);
    try {
      PBEKeySpec spec =
          new PBEKeySpec(
              password.toCharArray(),
              Base64.getDecoder().decode(parts[2]),
              Integer.parseInt(parts[1]),
              expected.length * 8);
      byte[] actual =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      return MessageDigest.isEqual(expected, actual);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PBKDF2WithHmacSHA256", e);
    }
  }
}
