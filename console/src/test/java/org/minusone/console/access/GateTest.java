package org.minusone.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minusone.console.HandClock;
import org.minusone.model.Role;

class GateTest {
  private static final String OURS = "127.0.0.1:8080";
  private static final String ORIGIN = "http://127.0.0.1:8080";

  private final Access access = new Access(new byte[32], new HandClock());
  private final Gate gate = new Gate(access, List.of("console.example.org"), () -> 8080);
  private String bearer;
  private Access.SignedIn browser;

  @BeforeEach
  void letIn() {
    Person wang = new Person("wang", Role.OPERATOR);
    bearer = "Bearer " + access.tokens().issue(wang, Duration.ofHours(1));
    browser = access.signIn(access.newLinkToken(wang)).orElseThrow();
  }

  private int bearer(String method, Need need, String host, String origin, String fetchSite) {
    return gate.judge(
            new Gate.Knock(method, need, host, origin, fetchSite, bearer, null, null, true))
        .status();
  }

  private int cookie(String method, String origin, String csrf) {
    return gate.judge(
            new Gate.Knock(
                method, Need.COMMAND, OURS, origin, null, null, browser.cookie(), csrf, true))
        .status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:8080",
        "localhost:8080",
        "LOCALHOST:8080",
        "[::1]:8080",
        "console.example.org",
        "Console.Example.org"
      })
  void ourHosts(String host) {
    assertThat(bearer("GET", Need.READ, host, null, null)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "127.0.0.1",
        "localhost",
        "127.0.0.1:8081",
        "127.0.0.1:8080.evil",
        "127.0.0.1.evil.example:8080",
        "console.example.org:9",
        "",
        "[::2]:8080"
      })
  void aForgedHostIsRefusedOnEveryRoute(String host) {
    for (Need need : Need.values()) {
      assertThat(bearer("GET", need, host, null, null)).as("%s", need).isEqualTo(421);
    }
    assertThat(bearer("GET", Need.NOTHING, null, null, null)).isEqualTo(421);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080,0", "http://localhost:8080,0", "https://console.example.org,0",
    "http://127.0.0.1:3000,403", "http://evil.example,403", "null,403",
    "http://127.0.0.1:8080.evil.example,403", "file://127.0.0.1:8080,403"
  })
  void aForeignOriginIsRefused(String origin, int status) {
    for (String method : List.of("GET", "POST")) {
      assertThat(bearer(method, Need.READ, OURS, origin, null)).isEqualTo(status);
      assertThat(bearer(method, Need.NOTHING, OURS, origin, null)).isEqualTo(status);
      assertThat(bearer(method, Need.LOOPBACK, OURS, origin, null)).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({"same-origin,0", "none,0", "cross-site,403", "same-site,403"})
  void aForeignFetchReadsNoData(String fetchSite, int status) {
    assertThat(bearer("GET", Need.READ, OURS, null, fetchSite)).isEqualTo(status);
    assertThat(bearer("GET", Need.LOOPBACK, OURS, null, fetchSite)).isEqualTo(status);
    assertThat(bearer("GET", Need.NOTHING, OURS, null, fetchSite))
        .as("a link to a page may be followed from anywhere")
        .isZero();
  }

  @Test
  void aCookieNeedsOriginAndTokenToDoSomething() {
    String csrf = browser.session().csrf();
    assertThat(cookie("POST", ORIGIN, csrf)).isZero();
    assertThat(cookie("POST", null, csrf)).isEqualTo(403);
    assertThat(cookie("POST", "http://evil.example", csrf)).isEqualTo(403);
    assertThat(cookie("POST", ORIGIN, null)).isEqualTo(403);
    assertThat(cookie("POST", ORIGIN, csrf + "x")).isEqualTo(403);
    assertThat(cookie("DELETE", ORIGIN, null)).isEqualTo(403);
    assertThat(cookie("GET", null, null)).isZero();
  }

  @Test
  void aBearerTokenNeedsNeither() {
    assertThat(bearer("POST", Need.COMMAND, OURS, null, null)).isZero();
  }

  @Test
  void nobodyIsLetInWithoutEither() {
    Gate.Knock bare = new Gate.Knock("GET", Need.READ, OURS, null, null, null, null, null, true);
    assertThat(gate.judge(bare).status()).isEqualTo(401);
  }

  @Test
  void probesAreOpenOnThisMachineOnly() {
    for (boolean loopback : new boolean[] {true, false}) {
      Gate.Knock probe =
          new Gate.Knock("GET", Need.LOOPBACK, OURS, null, null, null, null, null, loopback);
      assertThat(gate.judge(probe).status()).isEqualTo(loopback ? 0 : 401);
    }
  }
}
