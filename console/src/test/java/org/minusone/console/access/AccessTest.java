package org.minusone.console.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.minusone.console.HandClock;
import org.minusone.model.Role;

class AccessTest {
  private static final Person WANG = new Person("王值班", Role.OPERATOR);

  private static final byte[] SECRET = "thirty-two bytes are a good secret".getBytes(UTF_8);
  private static final byte[] OTHER_SECRET = "thirty-two bytes of another secret".getBytes(UTF_8);

  private final HandClock clock = new HandClock();
  private final Access access = new Access(SECRET, clock);

  private Access.SignedIn signIn() {
    return access.signIn(access.newLinkToken(WANG)).orElseThrow();
  }

  @Test
  void linkLetsInOnce() {
    String token = access.newLinkToken(WANG);
    Access.SignedIn in = access.signIn(token).orElseThrow();
    assertThat(in.session().person()).isEqualTo(WANG);
    assertThat(access.session(in.cookie())).contains(in.session());
    assertThat(access.signIn(token)).isEmpty();
  }

  @Test
  void linkLastsTenMinutes() {
    String early = access.newLinkToken(WANG);
    String late = access.newLinkToken(WANG);
    clock.pass(Duration.ofMinutes(10).minusMillis(1));
    assertThat(access.signIn(early)).isPresent();
    clock.pass(Duration.ofMillis(1));
    assertThat(access.signIn(late)).isEmpty();
  }

  @Test
  void sessionLastsTwelveHours() {
    String cookie = access.signIn(access.newLinkToken(WANG)).orElseThrow().cookie();
    clock.pass(Duration.ofHours(12).minusMillis(1));
    assertThat(access.session(cookie)).isPresent();
    clock.pass(Duration.ofMillis(1));
    assertThat(access.session(cookie)).isEmpty();
  }

  @Test
  void signingOutEndsItAndNoOther() {
    String one = signIn().cookie();
    String other = signIn().cookie();
    access.signOut(one);
    assertThat(access.session(one)).isEmpty();
    assertThat(access.session(other)).isPresent();
    clock.pass(Duration.ofHours(1));
    access.signOut(other);
    assertThat(access.session(one)).isEmpty();
    assertThat(access.session(other)).isEmpty();
  }

  @Test
  void signingOutWithRubbishIsNothing() {
    String cookie = signIn().cookie();
    access.signOut("");
    access.signOut("session..");
    access.signOut(cookie + "x");
    assertThat(access.session(cookie)).isPresent();
  }

  @Test
  void aSessionOutlivesARestart() {
    Access.SignedIn in = signIn();
    clock.pass(Duration.ofHours(11));
    Access restarted = new Access(SECRET, clock);
    assertThat(restarted.session(in.cookie())).contains(in.session());
    clock.pass(Duration.ofHours(1));
    assertThat(restarted.session(in.cookie())).isEmpty();
  }

  @Test
  void aLinkDoesNotOutliveARestart() {
    String token = access.newLinkToken(WANG);
    assertThat(new Access(SECRET, clock).signIn(token)).isEmpty();
  }

  @Test
  void aRevocationDoesNotOutliveARestart() {
    String cookie = signIn().cookie();
    access.signOut(cookie);
    assertThat(new Access(SECRET, clock).session(cookie)).isPresent();
  }

  @Test
  void anotherSecretKnowsNoSession() {
    assertThat(new Access(OTHER_SECRET, clock).session(signIn().cookie())).isEmpty();
  }

  @Test
  void aCookieIsNoTokenAndATokenNoCookie() {
    String cookie = signIn().cookie();
    String token = access.tokens().issue(WANG, Duration.ofHours(1));
    assertThat(access.tokens().person(cookie)).isEmpty();
    assertThat(access.session(token)).isEmpty();
    // Nor under the other's name.
    assertThat(access.tokens().person("m1" + cookie.substring(cookie.indexOf('.')))).isEmpty();
    assertThat(access.session("session" + token.substring(token.indexOf('.')))).isEmpty();
  }

  @Test
  void everyChangedLetterMakesACookieWorthless() {
    String cookie = signIn().cookie();
    for (int i = 0; i < cookie.length(); i++) {
      char other = cookie.charAt(i) == 'A' ? 'B' : 'A';
      String forged = cookie.substring(0, i) + other + cookie.substring(i + 1);
      assertThat(access.session(forged)).as("letter %d", i).isEmpty();
    }
  }

  @Test
  void everySessionHasItsOwnCookieAndCsrfToken() {
    Access.SignedIn one = signIn();
    Access.SignedIn other = signIn();
    assertThat(one.cookie()).isNotEqualTo(other.cookie());
    assertThat(one.session().csrf()).isNotEqualTo(other.session().csrf());
    assertThat(one.cookie()).doesNotContain(one.session().csrf());
  }

  @Test
  void theLongestNameFitsACookie() {
    Person person = new Person("王".repeat(80), Role.OPERATOR);
    Access.SignedIn in = access.signIn(access.newLinkToken(person)).orElseThrow();
    assertThat(access.session(in.cookie())).contains(in.session());
  }

  @Test
  void theOldestLinkGoesWhenTooManyAreOut() {
    String first = access.newLinkToken(WANG);
    for (int i = 0; i < 100; i++) {
      access.newLinkToken(WANG);
    }
    assertThat(access.signIn(first)).isEmpty();
  }

  @Test
  void aNameIsOneLine() {
    assertThatThrownBy(() -> new Person("a\nb", Role.OPERATOR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Person(" ", Role.OPERATOR))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void attemptsAreCountedByAddressAndMinute() {
    Attempts attempts = new Attempts(clock, 2);
    assertThat(attempts.admit("a")).isTrue();
    assertThat(attempts.admit("a")).isTrue();
    assertThat(attempts.admit("a")).isFalse();
    assertThat(attempts.admit("b")).isTrue();
    clock.pass(Duration.ofMinutes(1));
    assertThat(attempts.admit("a")).isTrue();
  }
}
