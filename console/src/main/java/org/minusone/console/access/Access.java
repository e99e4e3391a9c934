package org.minusone.console.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Lets people and scripts in. Links and sessions live in memory and end with the process; bearer
 * tokens outlive it, as long as the secret does.
 */
public final class Access {
  /** DESIGN §5.8. */
  static final Duration LINK_LIFE = Duration.ofMinutes(10);

  static final Duration SESSION_LIFE = Duration.ofHours(12);
  private static final int MOST_LINKS = 100;
  private static final int MOST_SESSIONS = 1000;

  private final Tickets<Person> links;
  private final Tickets<Session> sessions;
  private final BearerTokens tokens;

  /**
   * @param secret signs bearer tokens; at least 32 bytes, the same after a restart
   */
  public Access(byte[] secret, InstantSource clock) {
    this.links = new Tickets<>(clock, LINK_LIFE, MOST_LINKS);
    this.sessions = new Tickets<>(clock, SESSION_LIFE, MOST_SESSIONS);
    this.tokens = new BearerTokens(secret, clock);
  }

  /** The token of a link by which {@code person} signs in once, within ten minutes. */
  public String newLinkToken(Person person) {
    return links.issue(person);
  }

  /** When a link made now expires. */
  public Instant linkExpiry() {
    return links.nextExpiry();
  }

  /** Spends a link's token: empty when it is unknown, used or expired. */
  public Optional<SignedIn> signIn(String linkToken) {
    return links
        .take(linkToken)
        .map(
            person -> {
              Session session = new Session(person, Tickets.random(), sessions.nextExpiry());
              return new SignedIn(sessions.issue(session), session);
            });
  }

  /** The session a cookie stands for. */
  public Optional<Session> session(String cookie) {
    return sessions.find(cookie);
  }

  public void signOut(String cookie) {
    sessions.take(cookie);
  }

  public BearerTokens tokens() {
    return tokens;
  }

  /**
   * @param cookie the session's secret, for the browser alone
   */
  public record SignedIn(String cookie, Session session) {}
}
