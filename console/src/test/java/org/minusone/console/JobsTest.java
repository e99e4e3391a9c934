package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minusone.console.access.Person;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Command;
import org.minusone.model.Job;
import org.minusone.model.JobState;
import org.minusone.model.Level;
import org.minusone.model.Role;
import org.minusone.model.Text;

/** A job of crew fubao-1, as its own crew, another crew and the centre see it. */
class JobsTest {
  private static final Person LUO_JING = new Person("罗静", Role.CREW, "fubao-1", "luo-jing");
  private static final Person STRANGER = new Person("赵鹏", Role.CREW, "fire-2", "zhao-peng");
  private static final Person NOBODY = new Person("crew", Role.CREW);
  private static final Person OPERATOR = new Person("李娜", Role.OPERATOR);

  private Rig rig;
  private AlertStory story;
  private String job;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig().start();
    Instant now = rig.clock.instant();
    story = new AlertStory(rig.site, FakeSite.FUBAO, "H-01", "hazmat-temperature", now);
    rig.feeds.alert(story.forewarned(now, Level.ALARM, 30, 28.1, Duration.ofMinutes(6)));
    job = Job.id(story.id(), 1);
    rig.sender.then =
        c ->
            rig.feeds.alert(
                switch (c.kind()) {
                  case DISPATCH ->
                      story.job(c, AlertEventKind.DISPATCHED, job(JobState.DISPATCHED));
                  case ACCEPT -> story.job(c, AlertEventKind.ACCEPTED, job(JobState.ACCEPTED));
                  case SHELVE -> story.shelved(c);
                  case RESEND -> story.resend(c);
                  case MESSAGE -> story.job(c, AlertEventKind.MESSAGE, job(JobState.ACCEPTED));
                  case SEEN ->
                      story.job(
                          c,
                          AlertEventKind.SEEN,
                          job(JobState.DISPATCHED, "fubao-1", List.of(), rig.clock.instant()));
                  case EN_ROUTE,
                      ARRIVE,
                      DECLINE,
                      RESOLVE,
                      ACKNOWLEDGE,
                      COMMENT,
                      UNSHELVE,
                      RESET,
                      DUE,
                      RETRY ->
                      story.refused(c, "reassigned");
                });
    assertThat(post(OPERATOR, "alerts/" + story.id() + "/dispatch", "{}").status()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private Job job(JobState state) {
    return job(state, "fubao-1", List.of(), null);
  }

  /** Asked of {@code crew}, null for nobody, once {@code first} had not answered. */
  private Job after(String first, String crew) {
    Instant now = rig.clock.instant();
    return job(
        crew == null ? JobState.UNASSIGNED : JobState.DISPATCHED,
        crew,
        List.of(new Job.Tried(first, "luo-jing", "罗静", null, now, "not-accepted", null)),
        null);
  }

  private Job job(JobState state, String crew, List<Job.Tried> tried, Instant seenAt) {
    Instant now = rig.clock.instant();
    return new Job(
        job,
        state,
        true,
        crew,
        new Text("福保一组", "Fubao 1"),
        "luo-jing",
        "罗静",
        "000-0102",
        List.of(new Text("看风机", "Look at the fan")),
        "李娜",
        now,
        null,
        null,
        null,
        null,
        now.plusSeconds(240),
        now.plusSeconds(120),
        0,
        now,
        seenAt,
        null,
        tried,
        null);
  }

  private HttpRequest.Builder as(Person person, String path) {
    String token = rig.access.tokens().issue(person, Duration.ofHours(1));
    return rig.to("/api/v1/" + path).header("Authorization", "Bearer " + token);
  }

  private Rig.Answer post(Person person, String path, String body) throws Exception {
    return rig.send(as(person, path).POST(Rig.json(body)));
  }

  private Rig.Answer get(Person person, String path) throws Exception {
    return rig.send(as(person, path).GET());
  }

  @Test
  void its_crew_sees_all_it_needs_in_one_answer() throws Exception {
    var item = get(LUO_JING, "jobs").json().at("/items/0");
    assertThat(item.at("/job/id").asText()).isEqualTo(job);
    assertThat(item.at("/job/crew_name/zh").asText()).isEqualTo("福保一组");
    assertThat(item.at("/name/zh").asText()).isNotBlank();
    assertThat(item.at("/guidance/zh").asText()).contains("切断热源");
    assertThat(item.at("/unit").asText()).isEqualTo("°C");
    assertThat(item.at("/margin_s").asLong()).as("six minutes less four").isEqualTo(120);
    var told = get(LUO_JING, "jobs/" + job).json();
    assertThat(told.at("/events/0/kind").asText()).isEqualTo("dispatched");
    assertThat(told.at("/events/0/alert").isMissingNode()).isTrue();
  }

  @Test
  void a_crew_that_had_it_is_told_whether_another_goes() throws Exception {
    for (String crew : new String[] {"electric", null}) {
      Command c = rig.sender.sent.get(0);
      rig.feeds.alert(story.job(c, AlertEventKind.REASSIGNED, after("fubao-1", crew)));
      var answer = post(LUO_JING, "jobs/" + job + "/accept", "{}");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().path("reason").asText())
          .isEqualTo(crew == null ? "unassigned" : "reassigned");
      assertThat(post(STRANGER, "jobs/" + job + "/accept", "{}").json().has("reason")).isFalse();
    }
  }

  @Test
  void nobody_else_of_a_crew_can_see_or_move_it() throws Exception {
    for (Person other : List.of(STRANGER, NOBODY)) {
      assertThat(get(other, "jobs?state=all").json().at("/items")).isEmpty();
      assertThat(get(other, "jobs/" + job).status()).isEqualTo(404);
      for (String verb : List.of("accept", "decline", "en-route", "arrive", "message")) {
        assertThat(post(other, "jobs/" + job + "/" + verb, "{\"note\":\"x\"}").status())
            .as("%s by %s", verb, other.crew())
            .isEqualTo(404);
      }
      assertThat(post(other, "jobs/" + job + "/resolve", "{\"action\":\"x\"}").status())
          .isEqualTo(404);
      assertThat(get(other, "alerts/" + story.id()).status()).isEqualTo(403);
      assertThat(get(other, "crews").status()).isEqualTo(403);
    }
    assertThat(rig.sender.sent).as("only the operator's").hasSize(1);
  }

  @Test
  void a_step_names_who_took_it_and_when() throws Exception {
    Instant before = rig.clock.instant().minusSeconds(90);
    String body = "{\"at\":\"" + before + "\",\"eta\":\"PT5M\"}";
    Rig.Answer answer = post(LUO_JING, "jobs/" + job + "/accept", body);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/job/job/state").asText()).isEqualTo("accepted");
    Command sent = rig.sender.sent.get(1);
    assertThat(sent.by()).isEqualTo("罗静");
    assertThat(sent.role()).isEqualTo(Role.CREW);
    assertThat(sent.at()).as("told late, by a phone without a network").isEqualTo(before);
    assertThat(sent.more().crew()).isEqualTo("fubao-1");
    assertThat(sent.more().member()).isEqualTo("luo-jing");
    assertThat(sent.more().eta()).isEqualTo(Duration.ofMinutes(5));
    post(OPERATOR, "jobs/" + job + "/message", "{\"note\":\"gas off?\"}");
    Command message = rig.sender.sent.get(2);
    assertThat(message.more().crew()).as("an operator acts under his own name").isNull();
    assertThat(message.note()).isEqualTo("gas off?");
  }

  @Test
  void each_side_says_what_the_other_has_said_and_was_on_display() throws Exception {
    String told = get(LUO_JING, "jobs").json().at("/items/0/job/told_at").asText();
    String body = "{\"until\":\"" + told + "\"}";
    assertThat(post(STRANGER, "jobs/" + job + "/seen", body).status()).isEqualTo(404);
    assertThat(post(LUO_JING, "jobs/" + job + "/seen", "{}").status()).isEqualTo(400);
    Rig.Answer answer = post(LUO_JING, "jobs/" + job + "/seen", body);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/job/job/seen_at").asText()).isNotBlank();
    Command sent = rig.sender.sent.get(1);
    assertThat(sent.more().until()).isEqualTo(Instant.parse(told));
    assertThat(sent.more().crew()).isEqualTo("fubao-1");
    assertThat(post(LUO_JING, "jobs/" + job + "/seen", body).status()).isEqualTo(200);
    assertThat(rig.sender.sent).as("known already").hasSize(2);
    assertThat(post(OPERATOR, "jobs/" + job + "/seen", body).status()).isEqualTo(200);
    assertThat(rig.sender.sent).as("the crew has said nothing").hasSize(2);
  }

  @Test
  void what_cannot_be_is_told_with_its_reason_and_a_key_again_tells_the_same() throws Exception {
    for (int i = 0; i < 2; i++) {
      Rig.Answer answer =
          rig.send(
              as(LUO_JING, "jobs/" + job + "/arrive")
                  .header("Idempotency-Key", "k1")
                  .POST(Rig.json("{}")));
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.json().at("/reason").asText()).isEqualTo("reassigned");
    }
    assertThat(rig.sender.sent).hasSize(2);
    assertThat(post(LUO_JING, "jobs/" + job + "/resolve", "{}").status()).isEqualTo(400);
    assertThat(post(LUO_JING, "jobs/" + job + "/accept", "{\"eta\":\"soon\"}").status())
        .isEqualTo(400);
    assertThat(
            post(LUO_JING, "jobs/" + job + "/accept", "{\"at\":\"2020-01-01T00:00:00Z\"}").status())
        .isEqualTo(400);
  }

  @Test
  void a_crew_reads_of_the_place_as_it_is_now() throws Exception {
    Command c = rig.sender.sent.get(0);
    Instant now = rig.clock.instant();
    rig.feeds.alert(story.job(c, AlertEventKind.ACCEPTED, job(JobState.ACCEPTED)));
    rig.feeds.alert(story.cleared(now, 24));
    assertThat(get(LUO_JING, "jobs").json().at("/items/0/state").asText()).isEqualTo("cleared");
    AlertStory again =
        new AlertStory(rig.site, FakeSite.FUBAO, "H-01", "hazmat-temperature", now.plusSeconds(60));
    rig.feeds.alert(again.raised(now.plusSeconds(60), Level.CRITICAL, 35, 36.5));
    var item = get(LUO_JING, "jobs").json().at("/items/0");
    assertThat(item.at("/state").asText()).isEqualTo("active");
    assertThat(item.at("/value").asDouble()).isEqualTo(36.5);
    assertThat(item.at("/alert").asText()).as("the job's own").isEqualTo(story.id());
  }

  @Test
  void what_is_over_is_listed_while_its_crew_is_out() throws Exception {
    Command c = rig.sender.sent.get(0);
    rig.feeds.alert(story.job(c, AlertEventKind.ACCEPTED, job(JobState.ACCEPTED)));
    rig.feeds.alert(story.withdrawn(rig.clock.instant()));
    var open = get(OPERATOR, "alerts?state=open").json().at("/items");
    assertThat(open).hasSize(1);
    assertThat(open.at("/0/state").asText()).isEqualTo("closed");
    rig.feeds.alert(story.job(c, AlertEventKind.RESOLVED, job(JobState.RESOLVED)));
    assertThat(get(OPERATOR, "alerts?state=open").json().at("/items")).isEmpty();
  }

  @Test
  void shelving_wants_an_end_and_a_reason() throws Exception {
    String path = "alerts/" + story.id() + "/shelve";
    for (String body :
        List.of(
            "{}",
            "{\"reason\":\"x\"}",
            "{\"for\":\"PT1H\"}",
            "{\"for\":\"P2D\",\"reason\":\"x\"}")) {
      assertThat(post(OPERATOR, path, body).status()).as(body).isEqualTo(400);
    }
    Rig.Answer answer = post(OPERATOR, path, "{\"for\":\"PT1H\",\"reason\":\"works\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/alert/shelf/by").asText()).isEqualTo("李娜");
  }

  @Test
  void a_person_of_a_crew_stays_one_over_cookie_and_token() throws Exception {
    String link = rig.console.newSignInLink(LUO_JING);
    assertThat(link).contains("/crew#token=");
    String token = link.substring(link.indexOf("#token=") + 7);
    Rig.Answer in =
        rig.send(rig.to("/api/v1/sessions").POST(Rig.json("{\"token\":\"" + token + "\"}")));
    assertThat(in.json().at("/crew").asText()).isEqualTo("fubao-1");
    String cookie = in.header("Set-Cookie");
    Rig.Answer current =
        rig.send(
            rig.to("/api/v1/sessions/current")
                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .GET());
    assertThat(current.json().at("/member").asText()).isEqualTo("luo-jing");
    assertThat(get(LUO_JING, "sessions/current").json().at("/name").asText()).isEqualTo("罗静");
  }

  @Test
  void what_could_not_be_delivered_is_listed_and_stands_with_its_alert() throws Exception {
    String told = "\"site\":\"fubao\",\"alert\":\"" + story.id() + "\",\"event\":{\"big\":1}";
    rig.feeds.delivery("e1>desk", "{" + told + ",\"receiver\":\"desk\",\"state\":\"accepted\"}");
    rig.feeds.delivery(
        "e1>sms",
        "{" + told + ",\"receiver\":\"sms\",\"state\":\"given_up\",\"error\":\"HTTP 500\"}");
    var failed = get(OPERATOR, "deliveries").json().at("/items");
    assertThat(failed).hasSize(1);
    assertThat(failed.at("/0/error").asText()).isEqualTo("HTTP 500");
    assertThat(failed.at("/0/event").isMissingNode()).isTrue();
    assertThat(get(OPERATOR, "deliveries?state=all").json().at("/items")).hasSize(2);
    assertThat(get(OPERATOR, "deliveries?state=odd").status()).isEqualTo(400);
    assertThat(get(OPERATOR, "alerts/" + story.id()).json().at("/deliveries")).hasSize(2);
    rig.feeds.delivery("e1>sms", null);
    assertThat(get(OPERATOR, "deliveries").json().at("/items")).isEmpty();
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  private void delivery(String id, String state) {
    rig.feeds.delivery(
        id,
        """
        {"id":"%s","site":"fubao","alert":"%s","receiver":"sms","state":"%s","error":"no credit"}\
        """
            .formatted(id, story.id(), state));
  }

  @Test
  void what_could_not_be_delivered_is_sent_again_once_for_each_key() throws Exception {
    String id = story.id() + "#1>sms";
    delivery(id, "refused");
    int before = rig.sender.sent.size();
    HttpRequest.Builder request =
        as(OPERATOR, "deliveries/" + encoded(id) + "/resend").header("Idempotency-Key", "k1");
    Rig.Answer first = rig.send(request.copy().POST(Rig.json("{}")));
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().at("/delivery/id").asText()).isEqualTo(id);
    Command sent = rig.sender.sent.get(before);
    assertThat(sent.kind()).isEqualTo(Command.Kind.RESEND);
    assertThat(sent.alert()).isEqualTo(story.id());
    assertThat(sent.more().delivery()).isEqualTo(id);
    assertThat(rig.audit.kept.get(rig.audit.kept.size() - 1).target()).isEqualTo(id);
    delivery(id, "planned");
    assertThat(rig.send(request.copy().POST(Rig.json("{}"))).status())
        .as("the same wish once more")
        .isEqualTo(200);
    assertThat(rig.sender.sent).hasSize(before + 1);
  }

  @Test
  void what_is_not_over_or_was_delivered_is_not_sent_again_and_the_reason_is_said()
      throws Exception {
    String id = "summary/" + story.id() + "#1>sms";
    String path = "deliveries/" + encoded(id) + "/resend";
    assertThat(post(OPERATOR, path, "{}").status()).isEqualTo(404);
    delivery(id, "waiting");
    assertThat(post(OPERATOR, path, "{}").json().get("reason").asText()).isEqualTo("not-over");
    delivery(id, "accepted");
    Rig.Answer refused = post(OPERATOR, path, "{}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("reason").asText()).isEqualTo("delivered");
    assertThat(rig.audit.kept.get(rig.audit.kept.size() - 1).outcome()).isEqualTo("delivered");
    assertThat(post(LUO_JING, path, "{}").status()).isEqualTo(403);
    delivery(id, "given_up");
    assertThat(post(OPERATOR, path, "{}").status()).isEqualTo(200);
  }
}
