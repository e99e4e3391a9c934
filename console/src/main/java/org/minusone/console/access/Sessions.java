package org.minusone.console.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Role;

/**
 * Sessions of browsers. The cookie carries all of one: role, expiry, a random id and the name,
 * sealed, so that a restart signs nobody out. In the name of an account it ends with that. The CSRF
 * token is an HMAC of the id under a purpose of its own: the page that held it before a restart
 * holds it after.
 *
 * <p>What is kept is the ids of those who signed out, each until its session would have expired.
 * <b>A revocation does not outlive the process</b>: signing out takes the cookie from the browser,
 * but a copy of it made before is good again after a restart, until it expires. Only a new secret
 * ends every session for good.
 */
final class Sessions {
  private static final String PURPOSE = "session";
  private static final String CSRF_PURPOSE = "csrf";

  private final Seal seal;
  private final Seal csrf;
  private final InstantSource clock;
  private final Duration life;
  private final Accounts accounts;

  /**
   * Expiry by id. Not bounded by number, as dropping one would let it in again: each took a link
   * that an admin made, and goes after {@link #life}.
   */
  private final Map<String, Instant> revoked = new HashMap<>();

  /**
   * @param secret at least 32 bytes, the same after a restart
   * @throws IllegalArgumentException for a shorter one
   */
  Sessions(byte[] secret, InstantSource clock, Duration life, Accounts accounts) {
    this.accounts = accounts;
    this.seal = new Seal(secret, PURPOSE);
    this.csrf = new Seal(secret, CSRF_PURPOSE);
    this.clock = clock;
    this.life = life;
  }

  Access.SignedIn open(Person person) {
    // The cookie says milliseconds, and the session is to be the same when read back.
    Instant expires = clock.instant().plus(life).truncatedTo(ChronoUnit.MILLIS);
    String id = Bound.to(Tickets.random(), accounts.find(person.name()));
    String cookie =
        seal.close(
            person.role().id()
                + "\n"
                + expires.toEpochMilli()
                + "\n"
                + id
                + "\n"
                + person.sealed());
    return new Access.SignedIn(cookie, new Session(person, csrf.signature(id), expires));
  }

  /** Empty when the cookie is malformed, signed with another secret, expired or revoked. */
  Optional<Session> find(String cookie) {
    return read(cookie).map(Opened::session);
  }

  synchronized void revoke(String cookie) {
    Instant now = clock.instant();
    revoked.values().removeIf(expires -> !now.isBefore(expires));
    // Only a good one: else anybody could fill the map.
    read(cookie).ifPresent(opened -> revoked.put(opened.id(), opened.session().expiresAt()));
  }

  private Optional<Opened> read(String cookie) {
    return seal.open(cookie).map(this::parse).filter(this::isGood);
  }

  /** Sealed by us, so its form is known. */
  private Opened parse(String fields) {
    String[] parts = fields.split("\n", -1);
    Instant expires = Instant.ofEpochMilli(Long.parseLong(parts[1]));
    Person person = Person.unseal(Role.of(parts[0]), List.of(parts).subList(3, parts.length));
    return new Opened(parts[2], new Session(person, csrf.signature(parts[2]), expires));
  }

  private synchronized boolean isGood(Opened opened) {
    return Bound.parse(opened.id()).holds(accounts, opened.session().person().name())
        && clock.instant().isBefore(opened.session().expiresAt())
        && !revoked.containsKey(opened.id());
  }

  private record Opened(String id, Session session) {}
}
