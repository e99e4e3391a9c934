package org.minusone.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.minusone.console.HandClock;
import org.minusone.model.Role;

class AccessTest {
  private static final Person WANG = new Person("王值班", Role.OPERATOR);

  private final HandClock clock = new HandClock();
  private final Access access = new Access(new byte[32], clock);

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
  void signingOutEndsIt() {
    String cookie = access.signIn(access.newLinkToken(WANG)).orElseThrow().cookie();
    access.signOut(cookie);
    assertThat(access.session(cookie)).isEmpty();
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
