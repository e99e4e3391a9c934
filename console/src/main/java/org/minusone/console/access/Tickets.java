package org.minusone.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Random secrets handed out, each standing for a value until it expires. Only their SHA-256 is
 * kept: what leaks from memory opens nothing, and the time a look-up takes tells nothing about
 * them. Bounded: the oldest goes first.
 */
final class Tickets<V> {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InstantSource clock;
  private final Duration life;
  private final int most;
  private final Map<String, Held<V>> held = new LinkedHashMap<>();

  Tickets(InstantSource clock, Duration life, int most) {
    this.clock = clock;
    this.life = life;
    this.most = most;
  }

  /** 256 random bits as base64url. */
  static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  Instant nextExpiry() {
    return clock.instant().plus(life);
  }

  synchronized String issue(V value) {
    Instant now = clock.instant();
    held.values().removeIf(h -> !now.isBefore(h.expiresAt()));
    while (held.size() >= most) {
      held.remove(held.keySet().iterator().next());
    }
    String secret = random();
    held.put(hash(secret), new Held<>(value, now.plus(life)));
    return secret;
  }

  /** Finds it and makes it void. */
  synchronized Optional<V> take(String secret) {
    return good(held.remove(hash(secret)));
  }

  private Optional<V> good(Held<V> h) {
    return h == null || !clock.instant().isBefore(h.expiresAt())
        ? Optional.empty()
        : Optional.of(h.value());
  }

  private static String hash(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record Held<V>(V value, Instant expiresAt) {}
}
