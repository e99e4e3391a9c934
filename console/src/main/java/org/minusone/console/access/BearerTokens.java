package org.minusone.console.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.minusone.model.Role;

/**
 * Tokens for scripts: role, name and expiry, signed with HMAC-SHA256, so that they outlive a
 * restart and no list of them is kept. As text {@code m1.PAYLOAD.SIGNATURE}, both parts base64url.
 * One is withdrawn only by a new secret, so give them short lives.
 */
public final class BearerTokens {
  private static final String PURPOSE = "m1";

  private final Seal seal;
  private final InstantSource clock;

  /**
   * @param secret at least 32 bytes, the same after a restart
   * @throws IllegalArgumentException for a shorter one
   */
  public BearerTokens(byte[] secret, InstantSource clock) {
    this.seal = new Seal(secret, PURPOSE);
    this.clock = clock;
  }

  /** A token that is good for {@code life} from now. */
  public String issue(Person person, Duration life) {
    return seal.close(
        person.role().id()
            + "\n"
            + clock.instant().plus(life).getEpochSecond()
            + "\n"
            + person.sealed());
  }

  /** Whose token it is; empty when it is malformed, signed with another secret or expired. */
  public Optional<Person> person(String token) {
    return seal.open(token).flatMap(this::unexpired);
  }

  /** Sealed by us, so its form is known. */
  private Optional<Person> unexpired(String fields) {
    String[] parts = fields.split("\n", -1);
    Instant expires = Instant.ofEpochSecond(Long.parseLong(parts[1]));
    return clock.instant().isBefore(expires)
        ? Optional.of(Person.unseal(Role.of(parts[0]), List.of(parts).subList(2, parts.length)))
        : Optional.empty();
  }
}
