package org.minusone.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.model.Rule;
import org.minusone.model.codec.Json;
import org.minusone.rules.load.RuleLoader;

final class RuleDifferenceTest {
  @TempDir Path folder;

  private List<Rule> rules(String... rules) throws Exception {
    Path file = folder.resolve("rules.yaml");
    Files.writeString(file, "groups: [{name: g, rules: [" + String.join(", ", rules) + "]}]");
    RuleLoader.Loaded loaded = RuleLoader.load(file);
    assertThat(loaded.problems()).isEmpty();
    return loaded.rules();
  }

  private static final String DEPTH =
      "{rule: depth, family: flood-point, quantity: depth, above: {warn: 10}}";
  private static final String QUIET = "{rule: quiet, family: flood-point, silent: 3m}";

  @Test
  void whatWasReadBackFromTheTopicIsNoDifference() throws Exception {
    List<Rule> files = rules(DEPTH, QUIET);
    List<Rule> live = files.stream().map(r -> Json.read(Json.bytes(r), Rule.class)).toList();
    assertThat(RuleDifference.between(live, files).isNone()).isTrue();
  }

  @Test
  void addedRemovedAndChangedAreTold() throws Exception {
    List<Rule> live = rules(DEPTH, QUIET);
    List<Rule> files =
        rules(
            "{rule: depth, family: flood-point, quantity: depth, above: {warn: 12, alarm: 20},"
                + " deadband: 2}",
            "{rule: device, family: flood-point, quantity: state, state: {warn: [fault]}}");
    RuleDifference difference = RuleDifference.between(live, files);
    assertThat(difference.added()).containsExactly("device");
    assertThat(difference.removed()).containsExactly("quiet");
    assertThat(difference.changed())
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.rule()).isEqualTo("depth");
              assertThat(c.fields())
                  .contains(new RuleDifference.Field("condition.levels.warn.value", "10.0", "12.0"))
                  .anyMatch(
                      f -> f.field().equals("condition.levels.alarm.value") && f.live() == null);
            });
  }
}
