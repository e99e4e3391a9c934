package org.minusone.console.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.minusone.model.Role;

/**
 * Tokens for scripts: role, name and expiry, signed with HMAC-SHA256, so that they outlive a
 * restart and no list of them is kept. As text {@code m1.PAYLOAD.SIGNATURE}, both parts base64url.
 * One is withdrawn only by a new secret, so give them short lives.
 */
public final class BearerTokens {
  private static final String PREFIX = "m1";
  private static final int SHORTEST_SECRET = 32;
  private static final int LONGEST_TOKEN = 1024;

  private final byte[] secret;
  private final InstantSource clock;

  /**
   * @param secret at least 32 bytes, the same after a restart
   * @throws IllegalArgumentException for a shorter one
   */
  public BearerTokens(byte[] secret, InstantSource clock) {
    if (secret.length < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "the token secret has " + secret.length + " bytes, at least 32 are needed");
    }
    this.secret = secret.clone();
    this.clock = clock;
  }

  /** A token that is good for {@code life} from now. */
  public String issue(Person person, Duration life) {
    String fields =
        person.role().id()
            + "\n"
            + clock.instant().plus(life).getEpochSecond()
            + "\n"
            + person.name();
    String payload = PREFIX + "." + base64(fields.getBytes(StandardCharsets.UTF_8));
    return payload + "." + base64(sign(payload));
  }

  /** Whose token it is; empty when it is malformed, signed with another secret or expired. */
  public Optional<Person> person(String token) {
    int dot = token.lastIndexOf('.');
    if (dot < 0 || token.length() > LONGEST_TOKEN) {
      return Optional.empty();
    }
    String payload = token.substring(0, dot);
    Optional<byte[]> signature = unbase64(token.substring(dot + 1));
    if (signature.isEmpty() || !MessageDigest.isEqual(signature.get(), sign(payload))) {
      return Optional.empty();
    }
    // Signed by us: from here on its form is known.
    byte[] fields = unbase64(payload.substring(PREFIX.length() + 1)).orElseThrow();
    String[] parts = new String(fields, StandardCharsets.UTF_8).split("\n", 3);
    Instant expires = Instant.ofEpochSecond(Long.parseLong(parts[1]));
    return clock.instant().isBefore(expires)
        ? Optional.of(new Person(parts[2], Role.of(parts[0])))
        : Optional.empty();
  }

  private byte[] sign(String payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(payload.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Optional<byte[]> unbase64(String text) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
