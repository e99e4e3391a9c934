package org.minusone.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.minusone.app.e2e.RunningStack.House;
import org.minusone.model.codec.Json;

/** It smokes; a crew is sent by itself, comes and reports; others are told. */
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FromSignalToCrewTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private House house;
  private Gateway gateway;
  private Desk desk;

  @BeforeAll
  void connect(House running) throws Exception {
    house = running;
    gateway = new Gateway(house.stack().mqttPort());
    desk = new Desk(house.data());
  }

  @AfterAll
  void disconnect() throws Exception {
    desk.close();
    gateway.close();
  }

  private JsonNode job(String sensor) throws Exception {
    for (JsonNode item : desk.get("/api/v1/jobs?state=all").path("items")) {
      if (item.path("alert").asText().startsWith("fubao:" + sensor + ":")) {
        return item;
      }
    }
    return Json.MAPPER.createObjectNode();
  }

  private JsonNode step(String job, String verb, String body) throws Exception {
    var answer = desk.post("/api/v1/jobs/" + job + "/" + verb, verb + job, body);
    assertThat(answer.statusCode()).as("%s: %s", verb, answer.body()).isEqualTo(200);
    return Json.MAPPER.readTree(answer.body()).at("/job/job");
  }

  @Test
  void a_crew_is_sent_by_itself_and_followed_until_it_reports() throws Exception {
    gateway.publish("sites/fubao/smoke/S-0300/readings", "{\"obscuration\":0.2}");
    await().atMost(SOON).until(() -> job("S-0300").at("/job/state").asText().equals("dispatched"));
    JsonNode view = job("S-0300");
    String job = view.at("/job/id").asText();
    assertThat(view.at("/job/dispatched_by").asText()).isEqualTo("smoke-obscuration");
    assertThat(view.at("/job/phone").asText()).startsWith("000-");
    assertThat(view.at("/job/expected_arrival_at").asText()).isNotEmpty();
    assertThat(step(job, "accept", "{\"eta\":\"PT5M\"}").path("state").asText())
        .isEqualTo("accepted");
    step(job, "en-route", "{}");
    step(job, "arrive", "{}");
    step(job, "message", "{\"note\":\"the fan stands still\"}");
    JsonNode done = step(job, "resolve", "{\"action\":\"switched on\"}");
    assertThat(done.at("/report/action").asText()).isEqualTo("switched on");
    var again = desk.post("/api/v1/jobs/" + job + "/arrive", "late", "{}");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(Json.MAPPER.readTree(again.body()).path("reason").asText()).isEqualTo("resolved");
    JsonNode events = desk.get("/api/v1/jobs/" + job).path("events");
    assertThat(events.findValuesAsText("kind"))
        .containsExactly(
            "dispatched", "accepted", "en_route", "arrived", "message", "resolved", "refused");
  }
}
