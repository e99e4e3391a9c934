package org.minusone.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.stack.EmbeddedStack;
import org.minusone.app.stack.Progress;
import org.minusone.app.stack.StackOptions;
import org.minusone.model.port.Sums;

/**
 * The night shift stops it, the day shift starts it again: everything is where it was, and nothing
 * is news.
 */
@Tag("slow")
class RestartTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void aSecondStartKeepsEverythingAndAnnouncesNothingAnew(@TempDir Path data) throws Exception {
    Map<String, String> before;
    try (EmbeddedStack first = start(data);
        Gateway gateway = new Gateway(first.mqttPort());
        Desk desk = new Desk(data)) {
      gateway.publish("sites/fubao/hazmat-storage/H-06/readings", "{\"temperature\":31}");
      gateway.publish("sites/fubao/hazmat-storage/H-08/readings", "{\"temperature\":36}");
      gateway.publish("sites/fubao/smoke/S-0001/readings", "{\"state\":\"fire\"}");
      before = await().atMost(SOON).until(() -> open(desk), alerts -> alerts.size() == 3);
      String known =
          before.keySet().stream().filter(id -> id.contains("H-06")).findFirst().orElseThrow();
      desk.post("/api/v1/alerts/" + known + "/acknowledge", "shift-1", "{}");
      before = open(desk);
      assertThat(before.get(known)).isEqualTo("acknowledged");
      assertThat(first.awaitDrained(SOON)).isTrue();
    }

    try (EmbeddedStack second = start(data);
        Gateway gateway = new Gateway(second.mqttPort());
        Desk desk = new Desk(data)) {
      assertThat(open(desk)).isEqualTo(before);
      Queue<JsonNode> news = desk.listen(desk.get("/api/v1/alerts").path("position").asText());

      gateway.publish("sites/fubao/hazmat-storage/H-06/readings", "{\"temperature\":31.5}");
      gateway.publish("sites/fubao/hazmat-storage/H-08/readings", "{\"temperature\":36.5}");
      gateway.publish("sites/fubao/hazmat-storage/H-01/readings", "{\"temperature\":33}");

      await().atMost(SOON).until(() -> news.stream().anyMatch(e -> isOf(e, "H-01")));
      assertThat(second.awaitDrained(SOON)).isTrue();
      assertThat(news).as("only what is new").allMatch(event -> isOf(event, "H-01"));
      Map<String, String> after = open(desk);
      assertThat(after).containsAllEntriesOf(before).hasSize(4);
      Sums sums = second.sums();
      assertThat(sums.areEqual()).isTrue();
      assertThat(sums.carried()).as("a clean stop leaves no backlog").isZero();
      assertThat(desk.get("/api/v1/sensors?state=normal&limit=1").at("/states/stale").asInt())
          .as("a start is no silence")
          .isZero();
    }
  }

  private static EmbeddedStack start(Path data) throws Exception {
    return EmbeddedStack.start(new StackOptions(data, 0, 0), RunningStack.fubao(), Progress.SILENT);
  }

  private static boolean isOf(JsonNode event, String sensor) {
    return event.at("/alert/sensor").asText().equals(sensor);
  }

  /** Open alerts by id, and whether they are acknowledged. */
  private static Map<String, String> open(Desk desk) throws Exception {
    Map<String, String> open = new HashMap<>();
    for (JsonNode alert : desk.get("/api/v1/alerts").path("items")) {
      open.put(
          alert.path("id").asText(),
          alert.path("acknowledged_at").isNull() ? "unacknowledged" : "acknowledged");
    }
    return open;
  }
}
