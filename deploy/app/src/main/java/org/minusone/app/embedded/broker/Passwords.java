package org.minusone.app.embedded.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Compares passwords with their slow hashes, and remembers what was right, so that a hundred
 * gateways that come back together do not keep the processor for minutes. What is remembered is
 * good for nothing outside this process.
 */
final class Passwords {
  private static final String MAC = "HmacSHA256";

  private record Right(String hash, byte[] mark) {}

  private final SecretKeySpec key;
  private final BiPredicate<String, String> slowly;
  private final Map<String, Right> remembered = new ConcurrentHashMap<>();

  /**
   * @param slowly whether a hash (first) is that of a password (second)
   */
  Passwords(BiPredicate<String, String> slowly) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, MAC);
    this.slowly = slowly;
  }

  /** Whether that password of that user was right before, under the same hash. Fast. */
  boolean wasRight(String user, String hash, ByteBuffer password) {
    Right right = remembered.get(user);
    return right != null
        && right.hash().equals(hash)
        && MessageDigest.isEqual(right.mark(), mark(bytes(password)));
  }

  /** Whether it is right. Slow, on purpose. */
  boolean isRight(String user, String hash, ByteBuffer password) {
    byte[] bytes = bytes(password);
    if (!slowly.test(hash, new String(bytes, UTF_8))) {
      return false;
    }
    remembered.put(user, new Right(hash, mark(bytes)));
    return true;
  }

  /** Whether two passwords are the same, in a time that tells nothing. */
  static boolean equal(String expected, ByteBuffer given) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), bytes(given));
  }

  private byte[] mark(byte[] password) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  private static byte[] bytes(ByteBuffer password) {
    ByteBuffer view = password.duplicate();
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    return bytes;
  }
}
