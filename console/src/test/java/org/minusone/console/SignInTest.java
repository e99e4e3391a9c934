package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minusone.console.access.Person;
import org.minusone.model.Role;

class SignInTest {
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig().start();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private Rig.Answer spend(String token) throws Exception {
    return rig.send(rig.to("/api/v1/sessions").POST(Rig.json("{\"token\":\"" + token + "\"}")));
  }

  private String linkToken() {
    String link = rig.console.newSignInLink(new Person("王值班", Role.OPERATOR));
    assertThat(link).startsWith("http://127.0.0.1:" + rig.console.port() + "/#token=");
    return link.substring(link.indexOf("#token=") + 7);
  }

  @Test
  void aLinkSignsInOnce() throws Exception {
    String token = linkToken();
    Rig.Answer first = spend(token);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().get("name").asText()).isEqualTo("王值班");
    assertThat(first.json().get("role").asText()).isEqualTo("operator");
    assertThat(first.json().get("csrf").asText()).hasSizeGreaterThan(30);
    assertThat(first.json().get("expires_at").asText()).isEqualTo("2026-06-01T20:00:00Z");
    assertThat(first.header("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
        .startsWith("minusone_" + rig.console.port() + "=");
    Rig.Answer second = spend(token);
    assertThat(second.status()).isEqualTo(401);
    assertThat(second.header("Content-Type")).startsWith("application/problem+json");
    assertThat(second.json().get("reason").asText()).isEqualTo("link-spent");
  }

  @Test
  void aLinkExpires() throws Exception {
    String token = linkToken();
    rig.clock.pass(Duration.ofMinutes(10));
    assertThat(spend(token).status()).isEqualTo(401);
  }

  @Test
  void theSessionKnowsWhoItIsUntilSignedOut() throws Exception {
    Rig.Browser wang = rig.browser("王值班", Role.OPERATOR);
    Rig.Answer who =
        rig.send(rig.to("/api/v1/sessions/current").header("Cookie", wang.cookie()).GET());
    assertThat(who.json().get("name").asText()).isEqualTo("王值班");
    assertThat(who.json().get("csrf").asText()).isEqualTo(wang.csrf());
    Rig.Answer out =
        rig.send(
            rig.to("/api/v1/sessions/current")
                .header("Cookie", wang.cookie())
                .header("Origin", rig.console.address())
                .header("X-CSRF-Token", wang.csrf())
                .DELETE());
    assertThat(out.status()).isEqualTo(204);
    assertThat(rig.send(rig.to("/api/v1/alerts").header("Cookie", wang.cookie()).GET()).status())
        .isEqualTo(401);
  }

  @Test
  void aRestartLeavesThePageSignedIn() throws Exception {
    Rig.Browser wang = rig.browser("王值班", Role.OPERATOR);
    rig.close();
    rig = new Rig().start();
    // A free port, so another name for the same cookie.
    String value = wang.cookie().substring(wang.cookie().indexOf('='));
    String cookie = "minusone_" + rig.console.port() + value;
    Rig.Answer who = rig.send(rig.to("/api/v1/sessions/current").header("Cookie", cookie).GET());
    assertThat(who.json().get("name").asText()).isEqualTo("王值班");
    assertThat(who.json().get("csrf").asText()).isEqualTo(wang.csrf());
    assertThat(who.json().get("expires_at").asText()).isEqualTo("2026-06-01T20:00:00Z");
  }

  @Test
  void anAdminMakesLinksAndTokensForOthers() throws Exception {
    Rig.Answer link =
        rig.send(
            rig.as(Role.ADMIN, "/api/v1/sign-in-links")
                .POST(Rig.json("{\"role\":\"engineer\",\"name\":\"李工\"}")));
    String url = link.json().get("url").asText();
    assertThat(url).startsWith(rig.console.address() + "/#token=");
    assertThat(spend(url.substring(url.indexOf("#token=") + 7)).json().get("name").asText())
        .isEqualTo("李工");
    Rig.Answer token =
        rig.send(
            rig.as(Role.ADMIN, "/api/v1/tokens")
                .POST(
                    Rig.json("{\"role\":\"operator\",\"name\":\"bot\",\"expires_in\":\"PT1H\"}")));
    Rig.Answer who =
        rig.send(
            rig.to("/api/v1/sessions/current")
                .header("Authorization", "Bearer " + token.json().get("token").asText())
                .GET());
    assertThat(who.json().get("name").asText()).isEqualTo("bot");
    assertThat(who.json().get("csrf").isNull()).isTrue();
  }

  @Test
  void guessingIsSlowedDown() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(spend("guess" + i).status()).isEqualTo(401);
    }
    Rig.Answer refused = spend(linkToken());
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("60");
    rig.clock.pass(Duration.ofMinutes(1));
    assertThat(spend(linkToken()).status()).isEqualTo(200);
  }

  @Test
  void aBodyThatIsNoneIsSaidSo() throws Exception {
    for (String body : new String[] {"{", "[]", "{}", "{\"token\":5}", "\u0000"}) {
      Rig.Answer answer = rig.send(rig.to("/api/v1/sessions").POST(Rig.json(body)));
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.json().get("detail").asText()).as(body).isNotBlank();
    }
    Rig.Answer huge = rig.send(rig.to("/api/v1/sessions").POST(Rig.json("x".repeat(70_000))));
    assertThat(huge.status()).isEqualTo(413);
  }
}
