package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.QualityFlag;
import org.minusone.model.QualityTests;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Text;
import org.minusone.model.codec.Json;
import org.minusone.rules.quality.DefaultTests;

class RuleLoaderTest {
  /** Three lines, so that a rule's first line is line 4. */
  private static final String HEAD = "groups:\n  - name: g\n    rules:\n";

  private static RuleLoader.Loaded read(String text) {
    return RuleLoader.parse(Path.of("r.yaml"), text, ForecastMethods.LIVE);
  }

  /** A rule of hazmat temperature; {@code lines} are its fourth and further lines. */
  private static String hazmat(String... lines) {
    StringBuilder text = new StringBuilder(HEAD);
    text.append("      - rule: t\n        family: hazmat-storage\n");
    text.append("        quantity: temperature\n");
    for (String line : lines) {
      text.append("        ").append(line).append('\n');
    }
    return text.toString();
  }

  @Test
  void fillsInEveryDefault() {
    RuleLoader.Loaded loaded = read(hazmat("above: {warn: 28, alarm: 30}", "forecast: {}"));

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.rules())
        .containsExactly(
            new Rule(
                "t",
                Family.HAZMAT_STORAGE,
                Quantity.TEMPERATURE,
                new Rule.Threshold(
                    Rule.Direction.ABOVE,
                    Map.of(
                        Level.WARN, new Rule.Limit(28, Duration.ZERO),
                        Level.ALARM, new Rule.Limit(30, Duration.ZERO)),
                    Rule.Deadband.NONE,
                    Duration.ZERO,
                    new Rule.Forecast(
                        List.of(Level.ALARM),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(15),
                        "t-squared")),
                null,
                null,
                null));
  }

  @Test
  void qualityHasTheFamilysTestsButForThoseNamed() {
    RuleLoader.Loaded loaded =
        read(
            hazmat(
                "quality: {warn: suspect, alarm: fail, for: 10m}",
                "tests: {flat_line: off, spike: {fail: 7}, gross_range: {suspect: [-20, 60]}}"));
    assertThat(loaded.problems()).isEmpty();
    Rule.Quality quality = (Rule.Quality) loaded.rules().get(0).condition();
    QualityTests defaults = DefaultTests.of(Family.HAZMAT_STORAGE, Quantity.TEMPERATURE);
    assertThat(quality)
        .isEqualTo(
            new Rule.Quality(
                Map.of(Level.WARN, QualityFlag.SUSPECT, Level.ALARM, QualityFlag.FAIL),
                Duration.ofMinutes(10),
                Duration.ZERO,
                new QualityTests(
                    new QualityTests.GrossRange(null, new QualityTests.Span(-20, 60)),
                    new QualityTests.Spike(null, 7.0, QualityTests.SpikeMethod.DIFFERENTIAL),
                    defaults.rateOfChange(),
                    null,
                    null,
                    defaults.gap())));
    // As it goes through the topic.
    assertThat(Json.read(Json.bytes(loaded.rules().get(0)), Rule.class))
        .isEqualTo(loaded.rules().get(0));
  }

  @Test
  void readsWhatWasCalibrated() {
    RuleLoader.Loaded loaded =
        read(
            hazmat(
                "above: {alarm: 30}",
                "forecast: {to: alarm, probability: 0.6, interval: [0.8, 1.3], calibrated: as told}"));

    assertThat(loaded.problems()).isEmpty();
    Rule.Forecast forecast = ((Rule.Threshold) loaded.rules().get(0).condition()).forecast();
    assertThat(forecast.probability()).isEqualTo(.6);
    assertThat(forecast.interval()).isEqualTo(new Rule.Stretch(.8, 1.3));
  }

  @Test
  void foreseesTheLowestLevelWhereThereIsNoAlarm() {
    Rule rule =
        read(hazmat("above: {critical: 35, warn: 28}", "forecast: {horizon: 5m}")).rules().get(0);

    Rule.Forecast forecast = ((Rule.Threshold) rule.condition()).forecast();
    assertThat(forecast.to()).containsExactly(Level.WARN);
    assertThat(forecast.withdrawAfter()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void readsEveryWord() {
    RuleLoader.Loaded loaded =
        read(
            hazmat(
                "below: {alarm: {limit: -5.5, for: 1h30m}}",
                "deadband: 10%",
                "keep_firing_for: 90s",
                "forecast: {to: [alarm], horizon: 4h, withdraw_after: 0s, method: gated-damped-holt}",
                "severity: critical",
                "guidance: {zh: [一, 二], en: one}",
                "because: D"));

    assertThat(loaded.problems()).isEmpty();
    Rule rule = loaded.rules().get(0);
    Rule.Threshold below = (Rule.Threshold) rule.condition();
    assertThat(below.direction()).isEqualTo(Rule.Direction.BELOW);
    assertThat(below.levels())
        .isEqualTo(Map.of(Level.ALARM, new Rule.Limit(-5.5, Duration.ofMinutes(90))));
    assertThat(below.deadband()).isEqualTo(new Rule.Deadband(10, true));
    assertThat(below.keepFiringFor()).isEqualTo(Duration.ofSeconds(90));
    assertThat(below.forecast().horizon()).isEqualTo(Duration.ofHours(4));
    assertThat(below.forecast().withdrawAfter()).isZero();
    assertThat(rule.severity()).isEqualTo(Level.CRITICAL);
    assertThat(rule.guidance()).isEqualTo(new Text("一\n二", "one"));
    assertThat(rule.because()).isEqualTo("D");
  }

  @Test
  void readsSilenceAndStates() {
    RuleLoader.Loaded loaded =
        read(
            HEAD
                + "      - {rule: a, family: smoke, silent: 13h}\n"
                + "      - {rule: b, family: smoke, silent: {after: 1d, level: notice}}\n"
                + "      - {rule: c, family: smoke, quantity: state, state: {alarm: fire}, for: 5s}\n"
                + "      - {rule: d, family: fire-facility, quantity: pump-mode,"
                + " state: {alarm: [off]}, keep_firing_for: 1m}\n");

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.rules())
        .extracting(Rule::condition)
        .containsExactly(
            new Rule.Silent(Duration.ofHours(13), Level.WARN),
            new Rule.Silent(Duration.ofDays(1), Level.NOTICE),
            new Rule.State(
                Map.of(Level.ALARM, List.of("fire")), Duration.ofSeconds(5), Duration.ZERO),
            new Rule.State(
                Map.of(Level.ALARM, List.of("off")), Duration.ZERO, Duration.ofMinutes(1)));
    assertThat(loaded.rules().get(0).quantity()).isNull();
  }

  static Stream<Arguments> badRules() {
    String above = "above: {alarm: 30}";
    return Stream.of(
        // keys
        arguments(
            HEAD
                + "      - rule: t\n        family: hazmat-storage\n        qantity: temperature\n"
                + "        above: {alarm: 30}\n",
            "r.yaml:6:9: unknown key 'qantity', did you mean 'quantity'?"),
        arguments(
            hazmat("abov: {alarm: 30}"), "r.yaml:7:9: unknown key 'abov', did you mean 'above'?"),
        arguments(hazmat(above, above), "r.yaml:8:9: duplicate key 'above', first in line 7"),
        arguments(
            hazmat(above, "colour: red"),
            "r.yaml:8:9: unknown key 'colour'; known: rule, family, above, below, "),
        arguments(
            hazmat(),
            "r.yaml:4:9: no condition: one of above, below, silent, state, quality, rate, when,"
                + " together"),
        arguments(
            hazmat(above, "below: {alarm: 3}"),
            "r.yaml:4:9: 'above' and 'below' in one rule: make each a rule of its own"),
        arguments(
            hazmat(above, "maintenance: []"),
            "r.yaml:8:9: 'maintenance' is not part of a rule: see the site's maintenance.yaml"),
        arguments(
            hazmat(above, "dispatch: {checklist: [look]}"),
            "r.yaml:8:19: 'dispatch' never sends anybody: say at: LEVEL, forewarned: true, or both"),
        arguments(
            hazmat(above, "dispatch: {at: alrm}"),
            "r.yaml:8:24: unknown level 'alrm', did you mean 'alarm'?"),
        arguments(hazmat(above, "re_alarm: 0s"), "r.yaml:8:19: 're_alarm' must be longer than 0s"),
        arguments(hazmat(above, "for: 3s"), "r.yaml:8:9: 'for' has no meaning beside 'above'"),
        // quality
        arguments(
            hazmat("quality: {warn: suspekt}"),
            "r.yaml:7:25: unknown flag 'suspekt', did you mean 'suspect'?"),
        arguments(
            hazmat("quality: {}"),
            "r.yaml:7:18: 'quality' needs a level, for example {warn: suspect, alarm: fail}"),
        arguments(
            hazmat("quality: {warn: fail, alarm: suspect}"),
            "r.yaml:7:38: 'alarm' must be of a worse flag than 'warn'"),
        arguments(
            hazmat("quality: {alarm: fail}", "tests: {flatline: off}"),
            "r.yaml:8:17: unknown key 'flatline', did you mean 'flat_line'?"),
        arguments(
            hazmat("quality: {alarm: fail}", "tests: {spike: {fial: 3}}"),
            "r.yaml:8:25: unknown key 'fial', did you mean 'fail'?"),
        arguments(
            hazmat("quality: {alarm: fail}", "tests: {spike: {suspect: 5, fail: 3}}"),
            "r.yaml:8:43: 'fail' must be more than 'suspect': it is worse"),
        arguments(
            hazmat("quality: {alarm: fail}", "tests: {flat_line: {fail: 3h}}"),
            "r.yaml:8:28: missing key 'tolerance'"),
        arguments(
            hazmat("quality: {alarm: fail}", "tests: {flat_line: {fail: 3, tolerance: 1}}"),
            "r.yaml:8:35: 'fail' is a duration and needs a unit: 3s or 3m?"),
        arguments(
            hazmat("quality: {alarm: fail}", "tests: {gross_range: {fail: [5, 1]}}"),
            "r.yaml:8:37: 'fail' must be [lowest, highest]"),
        arguments(
            hazmat("quality: {alarm: fail}", "tests: {gap: {}}"),
            "r.yaml:8:22: 'gap' needs 'suspect' or 'fail', or both"),
        arguments(
            hazmat("quality: {}", "tests: {gap: off}", "")
                + "      - {rule: u, family: hazmat-storage, quantity: temperature, quality: {},"
                + " tests: {gap: off}}\n",
            "r.yaml:10:86: second 'tests' of hazmat-storage temperature, first at line 8"),
        arguments(
            HEAD + "      - {rule: quality, family: smoke, silent: 13h}\n",
            "r.yaml:4:16: 'quality' is the name of alerts of our own: choose another"),
        arguments(
            hazmat("quality: {alarm: fail}", "deadband: 3"),
            "r.yaml:8:9: 'deadband' has no meaning beside 'quality'"),
        arguments(
            HEAD + "      - {family: smoke, silent: 13h}\n", "r.yaml:4:9: missing key 'rule'"),
        arguments(
            HEAD + "      - rule: x\n        silent: 13h\n", "r.yaml:4:9: missing key 'family'"),
        arguments(
            HEAD + "      - {rule: x, family: smoke, above: {alarm: 1}}\n",
            "r.yaml:4:9: missing key 'quantity'"),
        // words
        arguments(
            HEAD + "      - {rule: x, family: smok, silent: 13h}\n",
            "r.yaml:4:27: unknown family 'smok', did you mean 'smoke'?"),
        arguments(
            HEAD + "      - {rule: x, family: smoke, quantity: depth, above: {alarm: 1}}\n",
            "r.yaml:4:44: smoke has no quantity 'depth'; it has obscuration, temperature, battery, state"),
        arguments(
            HEAD + "      - {rule: x, family: smoke, quantity: obscuratoin, above: {alarm: 1}}\n",
            "r.yaml:4:44: unknown quantity 'obscuratoin', did you mean 'obscuration'?"),
        arguments(
            HEAD
                + "      - {rule: x, family: fire-facility, quantity: pump-mode, above: {alarm: 1}}\n",
            "r.yaml:4:52: 'pump-mode' is a word (auto, manual, off, fault): use 'state', not 'above'"),
        arguments(
            hazmat("state: {alarm: [fire]}"),
            "r.yaml:6:19: 'temperature' is a number: 'state' wants a quantity of words"),
        arguments(
            HEAD + "      - {rule: x, family: smoke, quantity: state, state: {alarm: [fier]}}\n",
            "r.yaml:4:67: unknown state word 'fier', did you mean 'fire'?"),
        arguments(
            HEAD
                + "      - {rule: x, family: smoke, quantity: state,"
                + " state: {alarm: [fire], warn: [fire]}}\n",
            "r.yaml:4:80: 'fire' already counts as alarm"),
        arguments(
            hazmat("above: {wran: 28}"), "r.yaml:7:17: unknown level 'wran', did you mean 'warn'?"),
        arguments(
            hazmat(above, "severity: red"),
            "r.yaml:8:19: unknown level 'red'; known: notice, warn, alarm, critical"),
        arguments(
            HEAD + "      - {rule: A b, family: smoke, silent: 13h}\n",
            "r.yaml:4:16: 'A b' is no rule name: a-z, 0-9 and -, at most 64"),
        // numbers
        arguments(
            hazmat("above: {alarm: high}"), "r.yaml:7:24: 'alarm' must be a number, not 'high'"),
        arguments(
            hazmat("above: {alarm: \"30\"}"), "r.yaml:7:24: 'alarm' must be a number, not '30'"),
        arguments(
            hazmat("above: {alarm: .nan}"), "r.yaml:7:24: 'alarm' must be a number, not '.nan'"),
        arguments(hazmat("above: {alarm: }"), "r.yaml:7:23: 'alarm' must be a number, not nothing"),
        arguments(
            hazmat("above: 30"),
            "r.yaml:7:16: 'above' must be a mapping of keys to values, not '30'"),
        arguments(
            hazmat("above: {}"), "r.yaml:7:16: 'above' needs a level, for example {alarm: 30}"),
        arguments(
            hazmat("above: {alarm: {limt: 30}}"),
            "r.yaml:7:25: unknown key 'limt', did you mean 'limit'?"),
        arguments(
            hazmat("above: {alarm: 3000}"),
            "r.yaml:7:24: 3000 is outside what 'temperature' can read, -60 to 1200 °C"),
        arguments(
            hazmat("above: {warn: 30, alarm: 28}"),
            "r.yaml:7:34: 'alarm' must be higher than 'warn' (30), not 28"),
        arguments(
            hazmat("above: {warn: 30, alarm: 30}"),
            "r.yaml:7:34: 'alarm' must be higher than 'warn' (30), not 30"),
        arguments(
            hazmat("below: {warn: 5, alarm: 8}"),
            "r.yaml:7:33: 'alarm' must be lower than 'warn' (5), not 8"),
        arguments(hazmat(above, "deadband: -1"), "r.yaml:8:19: 'deadband' cannot be negative: -1"),
        arguments(
            hazmat(above, "deadband: 100%"),
            "r.yaml:8:19: 'deadband' must be from 0% to less than 100%, not 100%"),
        arguments(
            hazmat(above, "deadband: a%"),
            "r.yaml:8:19: 'deadband' must be a number or a percentage such as 10%, not 'a%'"),
        arguments(
            hazmat(above, "deadband: 1°C"), "r.yaml:8:19: 'deadband' must be a number, not '1°C'"),
        // durations
        arguments(
            hazmat("above: {alarm: {limit: 30, for: -5m}}"),
            "r.yaml:7:41: 'for' is a duration, which cannot be negative: -5m"),
        arguments(
            hazmat(above, "keep_firing_for: 60"),
            "r.yaml:8:26: 'keep_firing_for' is a duration and needs a unit: 60s or 60m?"),
        arguments(
            hazmat(above, "keep_firing_for: soon"),
            "r.yaml:8:26: 'keep_firing_for' must be a duration such as 90s, 15m or 1h30m, not 'soon'"),
        arguments(
            HEAD + "      - {rule: x, family: smoke, silent: 0s}\n",
            "r.yaml:4:42: 'silent' must be longer than 0s"),
        arguments(
            HEAD + "      - {rule: x, family: smoke, silent: 3m}\n",
            "r.yaml:4:42: warning: a healthy smoke sensor may report only every 4h:"
                + " it would be announced as silent"),
        arguments(
            HEAD + "      - {rule: x, family: smoke, quantity: depth, silent: 13h}\n",
            "r.yaml:4:44: smoke has no quantity 'depth';"
                + " it has obscuration, temperature, battery, state"),
        // forecast
        arguments(
            hazmat(above, "forecast: {to: warn}"),
            "r.yaml:8:24: 'to' names warn, for which 'above' has no limit"),
        arguments(hazmat(above, "forecast: {to: []}"), "r.yaml:8:24: 'to' names no level"),
        arguments(
            hazmat(above, "forecast: {horizon: 0s}"),
            "r.yaml:8:29: 'horizon' must be longer than 0s"),
        arguments(
            hazmat(above, "forecast: {method: three-trend}"),
            "r.yaml:8:28: unknown forecast method 'three-trend', did you mean 'three-trends'?"),
        arguments(
            hazmat(above, "forecast: {probability: 60}"),
            "r.yaml:8:33: 'probability' must be between 0 and 1, not 60"),
        arguments(
            hazmat(above, "forecast: {method: holt, probability: .6}"),
            "r.yaml:8:47: warning: 'probability' is not used: holt has no operating point"),
        arguments(
            hazmat(above, "forecast: {interval: [1, 2, 3]}"),
            "r.yaml:8:30: 'interval' must be two factors such as [0.8, 1.3], not 3"),
        arguments(
            hazmat(above, "forecast: {interval: [0, 2]}"),
            "r.yaml:8:31: 'interval' takes factors from 0.01 to 100, not 0"),
        arguments(
            hazmat(above, "forecast: {to: [alarm, alarm]}"),
            "r.yaml:8:32: 'alarm' stands here twice"),
        // files
        arguments("", "r.yaml:1:1: the file is empty"),
        arguments("# nothing\n", "r.yaml:1:1: the file is empty"),
        arguments("- a\n", "r.yaml:1:1: the file must be a mapping of keys to values, not a list"),
        arguments("rules: []\n", "r.yaml:1:1: missing key 'groups'"),
        arguments("groups: 3\n", "r.yaml:1:9: 'groups' must be a list, not '3'"),
        arguments("groups:\n  - rules: []\n", "r.yaml:2:5: missing key 'name'"),
        arguments(
            "groups:\n  - {name: a, rules: []}\n  - {name: a, rules: []}\n",
            "r.yaml:3:12: duplicate group, first in line 2"));
  }

  @Test
  void readsWhatAlertingDoesWithItsAlerts() {
    Rule rule =
        read(hazmat(
                "above: {alarm: 30}",
                "latched: true",
                "re_alarm: 30m",
                "dispatch: {at: alarm, forewarned: true, checklist: [{zh: 看, en: Look}]}"))
            .rules()
            .get(0);
    assertThat(rule.response())
        .isEqualTo(
            new Rule.Response(
                true,
                Duration.ofMinutes(30),
                new Rule.Dispatch(Level.ALARM, true, List.of(new Text("看", "Look")))));
  }

  @ParameterizedTest
  @MethodSource("badRules")
  void saysWhereAndWhat(String text, String expected) {
    assertThat(read(text).problems().stream().map(Problem::toString).findFirst())
        .hasValueSatisfying(first -> assertThat(first).startsWith(expected));
  }

  @ParameterizedTest
  @MethodSource("badRules")
  void saysItOnce(String text, String expected) {
    List<Problem> problems = read(text).problems();
    // Only a rule file whose root is not what it should be lacks its groups as well.
    long more = text.startsWith("rules:") ? 2 : 1;
    assertThat(problems).hasSizeLessThanOrEqualTo((int) more);
  }

  @Test
  void saysWhatIsNotYaml() {
    assertThat(read("groups:\n  - name: [g\n").problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.toString()).startsWith("r.yaml:3:1: not valid YAML: ");
              assertThat(p.message()).doesNotContain("\n");
            });
    assertThat(read("a: b: c\n").problems().toString()).contains("r.yaml:1:5: not valid YAML: ");
    assertThat(read("a: \u0001\n").problems().toString())
        .contains("r.yaml:1:4: not valid YAML: the character U+0001 is not allowed");
    assertThat(read("[".repeat(100_000)).problems().toString())
        .contains("r.yaml:1:51: nested more than 50 deep");
  }

  @Test
  void findsEveryProblemOfEveryFileInOnePass(@TempDir Path dir) throws IOException {
    Files.writeString(
        dir.resolve("b.yaml"),
        HEAD
            + "      - {rule: x, family: smoke, silent: 13h}\n"
            + "      - {rule: y, family: smokey, silent: 13}\n"
            + "      - {rule: x, family: smoke, silent: 14h}\n");
    Files.writeString(
        dir.resolve("a.yaml"), HEAD + "      - {rule: x, family: smoke, silent: 13h}\n");
    Files.writeString(dir.resolve("c.yml"), "groups: [\n");
    Files.write(dir.resolve("d.yaml"), "groups: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(dir.resolve("notes.txt"), "not read");

    RuleLoader.Loaded loaded = RuleLoader.load(dir);

    assertThat(loaded.rules()).hasSize(1);
    assertThat(loaded.hasErrors()).isTrue();
    assertThat(loaded.problems())
        .extracting(p -> p.toString().replace(dir.toString() + "/", ""))
        .containsExactly(
            "b.yaml:4:16: duplicate rule 'x', first at a.yaml:4",
            "b.yaml:5:27: unknown family 'smokey', did you mean 'smoke'?",
            "b.yaml:5:43: 'silent' is a duration and needs a unit: 13s or 13m?",
            "b.yaml:6:16: duplicate rule 'x', first at a.yaml:4",
            "c.yml:2:1: not valid YAML: expected the node content, but found '<stream end>'"
                + " while parsing a flow node",
            "d.yaml:1:9: not UTF-8 text");
  }

  @Test
  void saysWhatCannotBeRead(@TempDir Path dir) {
    Path missing = dir.resolve("missing.yaml");
    assertThat(RuleLoader.load(missing).problems())
        .extracting(Problem::toString)
        .containsExactly(missing + ":1:1: there is no such file");
    assertThat(RuleLoader.load(dir).problems())
        .extracting(Problem::toString)
        .containsExactly(dir + ":1:1: there is no *.yaml in this directory");
  }

  @Test
  void takesMethodsThatTheCallerHas() {
    String text = hazmat("above: {alarm: 30}", "forecast: {method: kalman}");
    RuleLoader.Loaded loaded = RuleLoader.parse(Path.of("r.yaml"), text, Set.of("kalman"));
    assertThat(loaded.problems()).isEmpty();
    assertThat(((Rule.Threshold) loaded.rules().get(0).condition()).forecast().method())
        .isEqualTo("kalman");
  }
}
