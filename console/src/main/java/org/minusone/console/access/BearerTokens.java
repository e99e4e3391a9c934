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
 * One in the name of an account ends when the account changes or goes; any other is withdrawn only
 * by a new secret, so give them short lives.
 */
public final class BearerTokens {
  private static final String PURPOSE = "m1";

  private final Seal seal;
  private final InstantSource clock;
  private final Accounts accounts;

  /**
   * @param secret at least 32 bytes, the same after a restart
   * @throws IllegalArgumentException for a shorter one
   */
  public BearerTokens(byte[] secret, InstantSource clock) {
    this(secret, clock, Accounts.NONE);
  }

  BearerTokens(byte[] secret, InstantSource clock, Accounts accounts) {
    this.accounts = accounts;
    this.seal = new Seal(secret, PURPOSE);
    this.clock = clock;
  }

  /** A token that is good for {@code life} from now. */
  public String issue(Person person, Duration life) {
    return seal.close(
        person.role().id()
            + "\n"
            + Bound.to(
                Long.toString(clock.instant().plus(life).getEpochSecond()),
                accounts.find(person.name()))
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
    Bound bound = Bound.parse(parts[1]);
    Instant expires = Instant.ofEpochSecond(Long.parseLong(bound.text()));
    Person person = Person.unseal(Role.of(parts[0]), List.of(parts).subList(2, parts.length));
    return clock.instant().isBefore(expires) && bound.holds(accounts, person.name())
        ? Optional.of(person)
        : Optional.empty();
  }
}
