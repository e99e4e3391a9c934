package org.minusone.console.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.minusone.model.Role;

/**
 * Lets people and scripts in. Sessions and bearer tokens are signed and outlive the process, as
 * long as the secret does: a restart leaves no desk blind. Links, and the memory of who signed out,
 * end with the process.
 */
public final class Access {
  /** DESIGN §5.8. */
  static final Duration LINK_LIFE = Duration.ofMinutes(10);

  static final Duration SESSION_LIFE = Duration.ofHours(12);
  private static final int MOST_LINKS = 100;

  private final Tickets<Person> links;
  private final Sessions sessions;
  private final BearerTokens tokens;
  private final Accounts accounts;

  /**
   * @param secret signs sessions and bearer tokens; at least 32 bytes, the same after a restart
   */
  public Access(byte[] secret, InstantSource clock) {
    this(secret, clock, Accounts.NONE);
  }

  /**
   * @param accounts who may sign in with a password; sessions and tokens in the name of one end
   *     when it changes or goes
   */
  public Access(byte[] secret, InstantSource clock, Accounts accounts) {
    this.accounts = accounts;
    this.links = new Tickets<>(clock, LINK_LIFE, MOST_LINKS);
    this.sessions = new Sessions(secret, clock, SESSION_LIFE, accounts);
    this.tokens = new BearerTokens(secret, clock, accounts);
  }

  /** The token of a link by which {@code person} signs in once, within ten minutes. */
  public String newLinkToken(Person person) {
    return links.issue(person);
  }

  /** The page on which somebody begins. */
  public static String page(Person person) {
    return person.role() == Role.CREW ? "/crew" : "/";
  }

  /** When a link made now expires. */
  public Instant linkExpiry() {
    return links.nextExpiry();
  }

  /** Spends a link's token: empty when it is unknown, used or expired. */
  public Optional<SignedIn> signIn(String linkToken) {
    return links.take(linkToken).map(sessions::open);
  }

  /**
   * Signs in with a password: empty when there is no such account, or it is not its password.
   *
   * @throws Accounts.Busy if too many are being checked at once
   */
  public Optional<SignedIn> signIn(String name, String password) {
    return accounts.check(name, password).map(account -> sessions.open(account.person()));
  }

  /** Whether somebody of that name has an account. */
  public boolean hasAccount(String name) {
    return accounts.find(name).isPresent();
  }

  /** The session a cookie stands for; empty when it is not ours, expired or signed out. */
  public Optional<Session> session(String cookie) {
    return sessions.find(cookie);
  }

  /**
   * Revokes a session until it would have expired. A revocation does not outlive the process: a
   * copy of the cookie is good again after a restart, as it is signed and no list of it is kept.
   */
  public void signOut(String cookie) {
    sessions.revoke(cookie);
  }

  public BearerTokens tokens() {
    return tokens;
  }

  /**
   * @param cookie the session's secret, for the browser alone
   */
  public record SignedIn(String cookie, Session session) {}
}
