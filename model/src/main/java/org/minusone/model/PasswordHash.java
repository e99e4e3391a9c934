package org.minusone.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What a site's files keep of a gateway's password: {@code pbkdf2-sha256:iterations:salt:hash},
 * salt and hash in base64 (PBKDF2 with HMAC-SHA-256, RFC 8018). One works it out anew from a
 * password in tens of milliseconds, on purpose.
 */
public record PasswordHash(int iterations, String salt, String hash) {
  /**
   * Our own default (D): passwords that {@code site gateway} makes are random and long, so that
   * guessing is hopeless whatever the count; this slows the guessing of one that a person chose.
   */
  public static final int ITERATIONS = 210_000;

  /** More would let a file keep the broker busy for seconds at every login. */
  public static final int MOST_ITERATIONS = 10_000_000;

  public static final int SALT_BYTES = 16;

  private static final String SCHEME = "pbkdf2-sha256";
  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final int HASH_BYTES = 32;
  private static final int FEWEST_ITERATIONS = 1_000;
  private static final Pattern FORM =
      Pattern.compile(SCHEME + ":(\\d{1,9}):([A-Za-z0-9+/]+={0,2}):([A-Za-z0-9+/]+={0,2})");

  /**
   * @param salt random, {@link #SALT_BYTES} of it, used once
   */
  public static PasswordHash of(String password, byte[] salt) {
    byte[] hash = derive(password, salt, ITERATIONS, HASH_BYTES);
    return new PasswordHash(ITERATIONS, base64(salt), base64(hash));
  }

  /** Empty unless {@code text} has the form, with a salt of 8 and a hash of 16 bytes at least. */
  public static Optional<PasswordHash> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    int iterations = Integer.parseInt(form.group(1));
    try {
      boolean strong =
          iterations >= FEWEST_ITERATIONS
              && iterations <= MOST_ITERATIONS
              && bytes(form.group(2)).length >= 8
              && bytes(form.group(3)).length >= 16;
      return strong
          ? Optional.of(new PasswordHash(iterations, form.group(2), form.group(3)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // base64 of an impossible length
    }
  }

  /** Whether it is the hash of {@code password}; the time it takes does not tell how near it is. */
  public boolean matches(String password) {
    byte[] expected = bytes(hash);
    return MessageDigest.isEqual(
        expected, derive(password, bytes(salt), iterations, expected.length));
  }

  /** As it stands in a file. */
  public String text() {
    return SCHEME + ":" + iterations + ":" + salt + ":" + hash;
  }

  /** The hash stays inside. */
  @Override
  public String toString() {
    return "PasswordHash[" + SCHEME + "]";
  }

  private static byte[] derive(String password, byte[] salt, int iterations, int length) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, length * 8);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    } finally {
      spec.clearPassword();
    }
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
