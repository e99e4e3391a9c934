package org.minusone.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Somebody who signs in with a password.
 *
 * @param hash of the password, as text in PHC form
 */
public record Account(Person person, String hash) {
  private static final int FINGERPRINT_BYTES = 8;

  public Account {
    Objects.requireNonNull(person);
    Objects.requireNonNull(hash);
  }

  /**
   * 16 hex digits that change with anything of it. Sessions carry it, and end when the account has
   * another or is gone. The salt in the hash makes it a new one even for the same password.
   */
  String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  String.join(
                          "\n",
                          person.role().id(),
                          person.name(),
                          Objects.toString(person.crew(), ""),
                          Objects.toString(person.member(), ""),
                          hash)
                      .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, FINGERPRINT_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "Account[" + person + "]";
  }
}
