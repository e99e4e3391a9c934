package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minusone.model.Command;
import org.minusone.model.Level;
import org.minusone.model.Role;
import org.minusone.model.codec.Json;

class CommandTest {
  private Rig rig;
  private AlertStory story;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig().start();
    story =
        new AlertStory(rig.site, FakeSite.FUBAO, "H-01", "hazmat-temperature", rig.clock.instant());
    rig.feeds.alert(story.raised(rig.clock.instant(), Level.ALARM, 30, 30.4));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void alertingObeys() {
    rig.sender.then =
        command ->
            rig.feeds.alert(
                switch (command.kind()) {
                  case ACKNOWLEDGE -> story.acknowledged(command);
                  case COMMENT -> story.commented(command);
                  case SHELVE,
                      UNSHELVE,
                      RESET,
                      DISPATCH,
                      ACCEPT,
                      DECLINE,
                      EN_ROUTE,
                      ARRIVE,
                      RESOLVE,
                      MESSAGE,
                      SEEN,
                      RESEND,
                      DUE,
                      RETRY ->
                      throw new AssertionError("not told of here");
                });
  }

  private HttpRequest.Builder request(String what, String key, String body) {
    HttpRequest.Builder request =
        rig.as(Role.OPERATOR, "/api/v1/alerts/" + story.id() + "/" + what).POST(Rig.json(body));
    return key == null ? request : request.header("Idempotency-Key", key);
  }

  private Rig.Answer acknowledge(String key) throws Exception {
    return rig.send(request("acknowledge", key, "{}"));
  }

  @Test
  void doneIsTheNewState() throws Exception {
    alertingObeys();
    Rig.Answer answer = acknowledge("k1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/alert/acknowledged_by").asText()).isEqualTo("script-operator");
    Command sent = rig.sender.sent.get(0);
    assertThat(sent.id()).isEqualTo("k1");
    assertThat(sent.kind()).isEqualTo(Command.Kind.ACKNOWLEDGE);
    assertThat(sent.alert()).isEqualTo(story.id());
    assertThat(sent.site()).isEqualTo(FakeSite.FUBAO);
    assertThat(sent.role()).isEqualTo(Role.OPERATOR);
    assertThat(sent.by()).isEqualTo("script-operator");
  }

  @Test
  void aBrowserSignsItWithItsPersonsName() throws Exception {
    alertingObeys();
    Rig.Browser wang = rig.browser("王值班", Role.OPERATOR);
    Rig.Answer answer =
        rig.send(
            rig.to("/api/v1/alerts/" + story.id() + "/acknowledge")
                .header("Cookie", wang.cookie())
                .header("Origin", rig.console.address())
                .header("X-CSRF-Token", wang.csrf())
                .POST(Rig.json("{}")));
    assertThat(answer.json().at("/alert/acknowledged_by").asText()).isEqualTo("王值班");
  }

  @Test
  void theSameKeyIsNotProducedTwice() throws Exception {
    alertingObeys();
    Rig.Answer first = acknowledge("k1");
    Rig.Answer second = acknowledge("k1");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.response().body()).isEqualTo(first.response().body());
    assertThat(rig.sender.sent).hasSize(1);
  }

  @Test
  void twoAtOnceWithOneKeyAreOneCommand() throws Exception {
    var one =
        Rig.CLIENT.sendAsync(
            request("acknowledge", "k1", "{}").build(),
            java.net.http.HttpResponse.BodyHandlers.ofString());
    var two =
        Rig.CLIENT.sendAsync(
            request("acknowledge", "k1", "{}").build(),
            java.net.http.HttpResponse.BodyHandlers.ofString());
    org.awaitility.Awaitility.await().until(() -> rig.sender.sent.size() == 1);
    rig.feeds.alert(story.acknowledged(rig.sender.sent.get(0)));
    CompletableFuture.allOf(one, two).join();
    assertThat(one.get().statusCode()).isEqualTo(200);
    assertThat(two.get().statusCode()).isEqualTo(200);
    assertThat(rig.sender.sent).hasSize(1);
  }

  @Test
  void aKeyIsForOneCommand() throws Exception {
    alertingObeys();
    acknowledge("k1");
    Rig.Answer other = rig.send(request("comment", "k1", "{\"note\":\"on my way\"}"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().get("reason").asText()).isEqualTo("idempotency-key-reused");
    assertThat(rig.sender.sent).hasSize(1);
  }

  @Test
  void whatTakesLongerIsAcceptedAndLaterKnown() throws Exception {
    Rig.Answer accepted = acknowledge("k1");
    assertThat(accepted.status()).isEqualTo(202);
    rig.feeds.alert(story.acknowledged(rig.sender.sent.get(0)));
    Rig.Answer known = acknowledge("k1");
    assertThat(known.status()).isEqualTo(200);
    assertThat(rig.sender.sent).hasSize(1);
  }

  @Test
  void whoAcknowledgesWhatIsOverIsToldThatItIsClosed() throws Exception {
    rig.feeds.alert(story.cleared(rig.clock.instant(), 20));
    rig.sender.then = c -> story.acknowledgedAndClosed(c).forEach(rig.feeds::alert);
    Rig.Answer answer = acknowledge("k1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/alert/state").asText()).isEqualTo("closed");
  }

  @Test
  void afterARestartTheKeyIsStillKnownFromTheTopic() throws Exception {
    Command before =
        new Command(
            "k1",
            Command.Kind.COMMENT,
            FakeSite.FUBAO,
            story.id(),
            "script-operator",
            Role.OPERATOR,
            rig.clock.instant(),
            "on my way");
    rig.feeds.alert(story.commented(before));
    Rig.Answer again = rig.send(request("comment", "k1", "{\"note\":\"on my way\"}"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(rig.sender.sent).isEmpty();
  }

  @Test
  void somebodyElseWasQuicker() throws Exception {
    Command other =
        new Command(
            "other",
            Command.Kind.ACKNOWLEDGE,
            FakeSite.FUBAO,
            story.id(),
            "李值班",
            Role.OPERATOR,
            rig.clock.instant(),
            null);
    rig.sender.then = command -> rig.feeds.alert(story.acknowledged(other));
    Rig.Answer answer = acknowledge("mine");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/alert/acknowledged_by").asText()).isEqualTo("李值班");
    Rig.Answer later = acknowledge("mine too");
    assertThat(later.status()).isEqualTo(200);
    assertThat(rig.sender.sent).as("what is so already needs no command").hasSize(1);
  }

  @Test
  void aClosedAlertTakesNoCommand() throws Exception {
    alertingObeys();
    acknowledge(null);
    rig.feeds.alert(story.cleared(rig.clock.instant(), 24));
    for (String what : new String[] {"acknowledge", "comment"}) {
      Rig.Answer answer = rig.send(request(what, null, "{\"note\":\"late\"}"));
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      assertThat(answer.json().get("reason").asText()).isEqualTo("closed");
    }
    assertThat(rig.sender.sent).hasSize(1);
  }

  @Test
  void oneThatClosesMeanwhileRefuses() throws Exception {
    AlertStory forewarned =
        new AlertStory(rig.site, FakeSite.FUBAO, "H-02", "hazmat-temperature", rig.clock.instant());
    rig.feeds.alert(
        forewarned.forewarned(rig.clock.instant(), Level.ALARM, 30, 28, Duration.ofMinutes(3)));
    rig.sender.then =
        command -> rig.feeds.alert(forewarned.withdrawn(rig.clock.instant().plusSeconds(9)));
    Rig.Answer answer =
        rig.send(
            rig.as(Role.OPERATOR, "/api/v1/alerts/" + forewarned.id() + "/acknowledge")
                .POST(Rig.json("")));
    assertThat(answer.status()).isEqualTo(409);
  }

  @Test
  void anUnknownAlertIsNotFound() throws Exception {
    Rig.Answer answer =
        rig.send(rig.as(Role.OPERATOR, "/api/v1/alerts/none/acknowledge").POST(Rig.json("{}")));
    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void whatCannotBeKeptMayBeGivenAgain() throws Exception {
    rig.sender.away = true;
    assertThat(acknowledge("k1").status()).isEqualTo(503);
    rig.sender.away = false;
    alertingObeys();
    assertThat(acknowledge("k1").status()).isEqualTo(200);
  }

  @Test
  void aCommentNeedsItsWords() throws Exception {
    alertingObeys();
    assertThat(rig.send(request("comment", null, "{}")).status()).isEqualTo(400);
    assertThat(rig.send(request("comment", null, "{\"note\":\" \"}")).status()).isEqualTo(400);
    String tooLong = Json.text(java.util.Map.of("note", "x".repeat(2_001)));
    assertThat(rig.send(request("comment", null, tooLong)).status()).isEqualTo(400);
    assertThat(rig.send(request("comment", "", "{\"note\":\"x\"}")).status()).isEqualTo(400);
    Rig.Answer good = rig.send(request("comment", null, "{\"note\":\"已到场\"}"));
    assertThat(good.status()).isEqualTo(200);
    assertThat(rig.sender.sent.get(0).note()).isEqualTo("已到场");
    Rig.Answer told = rig.get("/api/v1/alerts/" + story.id());
    assertThat(told.json().at("/events/1/note").asText()).isEqualTo("已到场");
  }
}
