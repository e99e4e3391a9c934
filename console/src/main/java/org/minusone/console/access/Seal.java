package org.minusone.console.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Text that we know again as ours, with no list of it kept: {@code PURPOSE.PAYLOAD.SIGNATURE}, the
 * last two base64url. HMAC-SHA256 covers the purpose too, so what was sealed for one purpose opens
 * for no other, although the secret is the same. It hides nothing: who holds it can read it.
 */
final class Seal {
  private static final int SHORTEST_SECRET = 32;
  private static final int LONGEST = 1024;

  private final SecretKeySpec key;
  private final String prefix;

  /**
   * @param secret at least 32 bytes, the same after a restart
   * @param purpose a word without a dot
   * @throws IllegalArgumentException for a shorter secret
   */
  Seal(byte[] secret, String purpose) {
    if (secret.length < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "the token secret has " + secret.length + " bytes, at least 32 are needed");
    }
    this.key = new SecretKeySpec(secret, "HmacSHA256");
    this.prefix = purpose + ".";
  }

  String close(String content) {
    String payload = base64(bytes(content));
    return prefix + payload + "." + signature(payload);
  }

  /** What was sealed; empty when it was not by this secret, or for another purpose. */
  Optional<String> open(String sealed) {
    int dot = sealed.lastIndexOf('.');
    if (sealed.length() > LONGEST || !sealed.startsWith(prefix) || dot < prefix.length()) {
      return Optional.empty();
    }
    String payload = sealed.substring(prefix.length(), dot);
    // Compared as text: base64 has spare bits, and one token is to have one spelling.
    return MessageDigest.isEqual(bytes(sealed.substring(dot + 1)), bytes(signature(payload)))
        ? Optional.of(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** 256 bits as base64url that only the secret's holder can make of {@code text}. */
  String signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return base64(mac.doFinal(bytes(prefix + text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
