package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minusone.console.access.Access;
import org.minusone.console.access.Person;
import org.minusone.model.Level;
import org.minusone.model.Role;

/** Tokens and cookies that were good once, or never, and commands that come a second time. */
class ForgedAndStaleTest {
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig().start();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private Rig.Answer asking(String authorization) throws Exception {
    return rig.send(rig.to("/api/v1/alerts").header("Authorization", authorization).GET());
  }

  @Test
  void aForgedSignatureIsRefused() throws Exception {
    String good = rig.token(Role.OPERATOR);
    assertThat(asking("Bearer " + good).status()).isEqualTo(200);
    String[] parts = good.split("\\.");
    String admin = rig.token(Role.ADMIN).split("\\.")[1];
    byte[] other = "another secret of 32 bytes, or so it is".getBytes(StandardCharsets.UTF_8);
    String strangers =
        new Access(other, rig.clock)
            .tokens()
            .issue(new Person("a", Role.ADMIN), Duration.ofHours(1));
    char last = good.charAt(good.length() - 1);
    for (String forged :
        List.of(
            parts[0] + "." + admin + "." + parts[2],
            parts[0] + "." + parts[1] + ".",
            good.substring(0, good.length() - 1) + (last == 'A' ? 'B' : 'A'),
            strangers)) {
      Rig.Answer answer = asking("Bearer " + forged);
      assertThat(answer.status()).as(forged).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }
    assertThat(asking("Basic YTpi").status()).isEqualTo(401);
  }

  @Test
  void anExpiredTokenAndAnExpiredSessionAreRefused() throws Exception {
    String token = "Bearer " + rig.token(Role.OPERATOR);
    Rig.Browser wang = rig.browser("王值班", Role.OPERATOR);
    rig.clock.pass(Duration.ofHours(1).minusSeconds(1));
    assertThat(asking(token).status()).isEqualTo(200);
    rig.clock.pass(Duration.ofSeconds(1));
    assertThat(asking(token).status()).isEqualTo(401);
    rig.clock.pass(Duration.ofHours(11));
    assertThat(rig.send(rig.to("/api/v1/alerts").header("Cookie", wang.cookie()).GET()).status())
        .isEqualTo(401);
  }

  @Test
  void aReplayedCommandStandsOnceAndItsKeyServesNoOther() throws Exception {
    AlertStory story =
        new AlertStory(rig.site, FakeSite.FUBAO, "H-01", "hazmat-temperature", rig.clock.instant());
    rig.feeds.alert(story.raised(rig.clock.instant(), Level.ALARM, 30, 30.4));
    rig.sender.then = command -> rig.feeds.alert(story.commented(command));
    assertThat(comment(story, Role.OPERATOR, "seen").status()).isEqualTo(200);
    assertThat(comment(story, Role.OPERATOR, "seen").status()).isEqualTo(200);
    assertThat(comment(story, Role.OPERATOR, "something else").status()).isEqualTo(422);
    assertThat(comment(story, Role.ENGINEER, "seen").status()).as("another's").isEqualTo(422);
    assertThat(rig.sender.sent).hasSize(1);
    assertThat(rig.audit.kept)
        .extracting(e -> e.what() + " " + e.who() + " " + e.key() + " " + e.outcome())
        .containsExactly(
            "comment script-operator k1 done",
            "comment script-operator k1 done",
            "comment script-operator k1 idempotency-key-reused",
            "comment script-engineer k1 idempotency-key-reused");
    assertThat(rig.audit.kept).allMatch(e -> e.site().equals("fubao"));
  }

  private Rig.Answer comment(AlertStory story, Role role, String note) throws Exception {
    return rig.send(
        rig.as(role, "/api/v1/alerts/" + story.id() + "/comment")
            .header("Idempotency-Key", "k1")
            .POST(Rig.json("{\"note\":\"" + note + "\"}")));
  }

  @Test
  void anAuditThatCannotBeKeptIsToldByReadinessAndCounted() throws Exception {
    rig.audit.away = true;
    rig.send(rig.as(Role.ADMIN, "/api/v1/sign-in-links").POST(Rig.json("{}")));
    assertThat(rig.console.health().checks())
        .filteredOn(check -> check.name().equals("audit"))
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.ok()).isFalse();
              assertThat(check.detail()).startsWith("1 entries of the audit");
            });
    assertThat(rig.send(rig.as(Role.OPERATOR, "/metrics").GET()).response().body())
        .contains("minusone_console_audit_unwritten_total 1.0");
  }
}
