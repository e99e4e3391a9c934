package org.minusone.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.minusone.console.HandClock;
import org.minusone.model.Role;

class BearerTokensTest {
  private static final byte[] SECRET = bytes("thirty-two bytes are a good secret");
  private static final Person PERSON = new Person("王 script", Role.ENGINEER);

  private final HandClock clock = new HandClock();
  private final BearerTokens tokens = new BearerTokens(SECRET, clock);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void tokenSurvivesARestartWithTheSameSecret() {
    String token = tokens.issue(PERSON, Duration.ofDays(30));
    assertThat(new BearerTokens(SECRET, clock).person(token)).contains(PERSON);
  }

  /** Scripts out there hold such: a new release must not lock them out. */
  @Test
  void aTokenOfTheFirstReleaseIsStillGood() {
    String token =
        "m1.ZW5naW5lZXIKMjA5NTg5MTIwMArnjosgc2NyaXB0."
            + "_-3ZtaZYc-KbkWE6IigLVMWw4KXgep5R7KF2AvBqMAY";
    assertThat(tokens.person(token)).contains(PERSON);
  }

  @Test
  void anotherSecretKnowsItNot() {
    String token = tokens.issue(PERSON, Duration.ofDays(30));
    BearerTokens other = new BearerTokens(bytes("thirty-two bytes of another secret"), clock);
    assertThat(other.person(token)).isEmpty();
  }

  @Test
  void tokenExpires() {
    String token = tokens.issue(PERSON, Duration.ofHours(1));
    clock.pass(Duration.ofMinutes(59));
    assertThat(tokens.person(token)).contains(PERSON);
    clock.pass(Duration.ofMinutes(1));
    assertThat(tokens.person(token)).isEmpty();
  }

  @Test
  void everyChangedLetterMakesItWorthless() {
    String token = tokens.issue(PERSON, Duration.ofHours(1));
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String forged = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.person(forged)).as("letter %d", i).isEmpty();
    }
  }

  @Test
  void roleCannotBeRaised() {
    String token = tokens.issue(new Person("crew", Role.CREW), Duration.ofHours(1));
    String forged =
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes("admin\n99999999999\nx"));
    String signature = token.substring(token.lastIndexOf('.'));
    assertThat(tokens.person("m1." + forged + signature)).isEmpty();
  }

  @Test
  void rubbishIsNobody() {
    for (String text : new String[] {"", ".", "..", "m1.", "m1..", "a.b", "m1.%%%.%%%", "x"}) {
      assertThat(tokens.person(text)).as(text).isEmpty();
    }
  }

  @Test
  void aShortSecretIsRefused() {
    assertThatThrownBy(() -> new BearerTokens(bytes("short"), clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 32");
  }
}
