package org.minusone.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.e2e.Gateway;
import org.minusone.app.stack.EmbeddedStack;
import org.minusone.app.stack.Progress;
import org.minusone.app.stack.StackOptions;

/** An engineer changes a rule while it runs. What is still true goes on, what is not is cleared. */
@Tag("slow")
class RulesStoryTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static void rule(HarbourFiles files, int warn) throws Exception {
    files.write(
        "rules/flood.yaml",
        "groups:",
        "  - name: flood",
        "    rules:",
        "      - rule: depth",
        "        family: flood-point",
        "        quantity: depth",
        "        above: {warn: " + warn + ", alarm: 40}",
        "        deadband: 1");
  }

  @Test
  void aChangedRuleKeepsWhatIsStillTrueAndClearsWhatIsNot(@TempDir Path folder) throws Exception {
    HarbourFiles files = HarbourFiles.in(folder.resolve("harbour"));
    rule(files, 10);
    files.write(
        "sensors/flood-point.yaml",
        "family: flood-point",
        "quantities: [depth]",
        "sensors:",
        "  - {id: F-1, community: east, x: 1, y: 2, name: Bridge}",
        "  - {id: F-2, community: east, x: 5, y: 2, name: Ramp}");
    Path data = folder.resolve("data");
    try (EmbeddedStack stack =
            EmbeddedStack.start(
                new StackOptions(data, 0, 0),
                SiteFiles.load(files.dir()).draft(),
                Progress.SILENT);
        Gateway gateway = new Gateway(stack.mqttPort())) {
      Said same = diff(files, data);
      assertThat(same.code()).as(same.out()).isZero();
      assertThat(same.out()).contains("version 1 is live, with the 1 rules");

      gateway.publish("sites/harbour/flood-point/F-1/readings", "{\"depth\":12}");
      gateway.publish("sites/harbour/flood-point/F-2/readings", "{\"depth\":16}");
      Map<String, String> before =
          await().atMost(SOON).until(() -> warned(data), open -> open.size() == 2);

      rule(files, 15);
      Said differs = diff(files, data);
      assertThat(differs.code()).isEqualTo(1);
      assertThat(differs.out())
          .contains("~ depth", "condition.levels.warn.value: 10.0 → 15.0")
          .doesNotContain("alarm.value");
      assertThat(Said.by(new SiteCommand(), "apply", files.dir(), "--data", data).out())
          .contains("version 2 is live");
      assertThat(diff(files, data).code()).as("the same again").isZero();

      await().atMost(SOON).until(() -> !warned(data).containsKey("F-1"));
      assertThat(warned(data)).as("the same episode").containsEntry("F-2", before.get("F-2"));

      gateway.publish("sites/harbour/flood-point/F-1/readings", "{\"depth\":15.5}");
      await().atMost(SOON).until(() -> warned(data).containsKey("F-1"));
      assertThat(warned(data).get("F-1")).as("another episode").isNotEqualTo(before.get("F-1"));
    }
  }

  private static Said diff(HarbourFiles files, Path data) {
    return Said.by(new RulesCommand(), "diff", files.dir(), "--data", data);
  }

  /** The alert of each sensor at which a level is reached. */
  private static Map<String, String> warned(Path data) throws Exception {
    Map<String, String> open = new TreeMap<>();
    JsonNode alerts = Answers.of(Instance.find(data).get("/api/v1/alerts?site=harbour"));
    for (JsonNode alert : alerts.path("items")) {
      if (alert.path("cleared_at").isNull()) {
        open.put(alert.path("sensor").asText(), alert.path("id").asText());
      }
    }
    return open;
  }
}
