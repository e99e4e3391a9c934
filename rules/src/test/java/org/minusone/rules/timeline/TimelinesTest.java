package org.minusone.rules.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minusone.rules.expression.CelExpressions;
import org.minusone.rules.load.Problem;
import org.minusone.rules.load.TimelineLoader;
import org.minusone.rules.timeline.TimelineResult.Line;
import org.minusone.rules.timeline.TimelineResult.Mark;

/** Tests of rules, tested: what holds passes, what does not is told at its place. */
final class TimelinesTest {
  @TempDir static Path folder;

  private static final String RULES =
      """
      groups:
        - name: store
          rules:
            - rule: heat
              family: hazmat-storage
              quantity: temperature
              above: {warn: 28, alarm: {limit: 30, for: 30s}}
              deadband: 1
              keep_firing_for: 20s
            - rule: quiet
              family: hazmat-storage
              silent: 3m
            - rule: device
              family: hazmat-storage
              quantity: state
              state: {alarm: [fault]}
      """;

  private static final String HEAD =
      """
      rules: rules.yaml
      sensors: {H-1: hazmat-storage}
      tests:
        - name: it
          timeline:
      """;

  @BeforeEach
  void rules() throws IOException {
    Files.writeString(folder.resolve("rules.yaml"), RULES);
  }

  private static TimelineLoader.Loaded load(String text) {
    try {
      Path file = folder.resolve("test.yaml");
      Files.writeString(file, text);
      return TimelineLoader.load(List.of(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TimelineResult play(String... steps) {
    TimelineLoader.Loaded loaded = load(HEAD + lines(steps));
    assertThat(loaded.problems()).isEmpty();
    return TimelineRun.of(loaded.timelines().get(0), CelExpressions.LANGUAGE);
  }

  private static String lines(String... steps) {
    return Stream.of(steps).map(s -> "      - " + s + "\n").collect(Collectors.joining());
  }

  private static List<String> told(TimelineResult result) {
    List<String> told = new ArrayList<>();
    result
        .mismatches()
        .forEach(
            m -> m.lines().forEach(l -> told.add(l.mark() + " " + l.text() + " | " + l.why())));
    return told;
  }

  private static List<String> problems(String... steps) {
    return load(HEAD + lines(steps)).problems().stream()
        .map(p -> p.line() + ": " + p.message())
        .toList();
  }

  @Test
  void whatIsToldAsExpectedHolds() {
    assertThat(
            play(
                    "{at: 00:00, readings: {temperature: 24 29 29 24x3 every 10s}}",
                    "{at: 00:20, expect: [{signal: warn, rule: heat, limit: 28, value: 29}]}",
                    "{at: 00:55, expect: [{signal: cleared, level: warn, time: 00:50}]}")
                .mismatches())
        .isEmpty();
  }

  @Test
  void eachOfThreeFaultsIsToldAtItsPlace() {
    TimelineResult result =
        play(
            "{at: 00:00, readings: {temperature: 29}}",
            "{at: 00:01, expect: [{signal: warn, limit: 27}, {signal: suspect}]}",
            "{at: 00:02, readings: {state: fault}}",
            "{at: 00:03, expect_nothing: true}");
    assertThat(told(result))
        .containsExactly(
            "DIFFERENT warn heat H-1 limit 28 value 29 time 00:00 | limit is 28, expected 27",
            "MISSING suspect | ",
            "UNEXPECTED alarm device H-1 value fault time 00:02 | told at 00:02");
    assertThat(result.mismatches()).extracting(m -> m.line()).containsExactly(7, 9);
    assertThat(result.mismatches()).extracting(m -> m.at()).containsExactly("00:01", "00:03");
  }

  @Test
  void whatIsToldAfterTheLastExpectationIsNotOverlooked() {
    TimelineResult result =
        play("{at: 00:00, expect_nothing: true}", "{at: 00:10, readings: {temperature: 29}}");
    assertThat(told(result)).singleElement().asString().startsWith("UNEXPECTED warn heat H-1");
  }

  @Test
  void othersMayBeToldWhereTheTestSaysSo() {
    assertThat(
            play(
                    "{at: 00:00, readings: {temperature: 29, state: fault}}",
                    "{at: 00:01, expect: [{signal: alarm}], others: true}")
                .holds())
        .isTrue();
  }

  @Test
  void wallTimePassesWithNoInput() {
    assertThat(
            play(
                    "{at: 00:00, readings: {temperature: 31}}",
                    "{at: 00:31, expect: [{signal: warn}]}",
                    "{at: 00:32, expect: [{signal: alarm, time: 00:30}]}",
                    "{at: 02:59, expect_nothing: true}",
                    "{at: 03:00, expect: [{signal: silent, limit: 180, time: 03:00}]}")
                .mismatches())
        .isEmpty();
  }

  @Test
  void theClockStandsWhileTheInputIsLost() {
    assertThat(
            play(
                    "{at: 00:00, readings: {temperature: 20}}",
                    "{at: 01:00, input: lost}",
                    "{at: 10:00, input: back}",
                    "{at: 11:59, expect_nothing: true}",
                    "{at: 12:00, expect: [{signal: silent}]}")
                .mismatches())
        .isEmpty();
  }

  @Test
  void gapsDuplicatesFlagsAndLateArrivals() {
    assertThat(
            play(
                    "{at: 00:00, readings: {temperature: 24 _ 24 _x2 24 every 10s}}",
                    "{at: 00:50, readings: {temperature: 31}}", // a duplicate: the first counts
                    "{at: 01:00, readings: {temperature: 5}, quality: 4}",
                    "{at: 01:00, expect: [{signal: suspect, rule: quality}]}",
                    "{at: 00:55, arriving: 01:05, readings: {temperature: 29}}",
                    "{at: 01:05, expect: [{signal: warn, late: true, time: 00:55}]}")
                .mismatches())
        .isEmpty();
  }

  @Test
  void onlyTheRulesThatAreMeantAreLookedAt() {
    TimelineLoader.Loaded loaded =
        load(
            HEAD.replace("    timeline:\n", "    only: [device]\n    timeline:\n")
                + lines(
                    "{at: 00:00, readings: {temperature: 31}}", "{at: 10m, expect_nothing: true}"));
    assertThat(TimelineRun.of(loaded.timelines().get(0), CelExpressions.LANGUAGE).holds()).isTrue();
  }

  @Test
  void numbersMayLieBetween() throws IOException {
    Files.writeString(
        folder.resolve("rules.yaml"),
        RULES.replace(
            "deadband: 1\n", "deadband: 1\n        forecast: {to: alarm, horizon: 15m}\n"));
    String ramp = "{at: 0s, readings: {temperature: 20x5 20+0.4x25 every 60s}}";
    assertThat(
            play(
                    ramp,
                    "{at: 29m, expect: [{signal: forewarned, eta_s: {between: [10, 900]}}],"
                        + " others: true}",
                    "{at: 40m, expect: [{signal: alarm}], others: true}")
                .mismatches())
        .isEmpty();
    TimelineResult wrong =
        play(
            ramp,
            "{at: 29m, expect: [{signal: forewarned, eta_s: {at_most: 1}}], others: true}",
            "{at: 40m, expect: [{signal: alarm}], others: true}");
    assertThat(wrong.mismatches().get(0).lines())
        .filteredOn(l -> l.mark() == Mark.DIFFERENT)
        .extracting(Line::why)
        .singleElement()
        .asString()
        .contains("expected at most 1");
  }

  @Test
  void mistakesAreToldWithTheNearestWord() {
    assertThat(
            problems("{at: 00:00, reading: {temperature: 20}}", "{at: 5m, expect_nothing: true}"))
        .containsExactly("6: unknown key 'reading', did you mean 'readings'?");
    assertThat(problems("{at: 5, expect_nothing: true}"))
        .containsExactly("6: 'at' must be mm:ss, hh:mm:ss or 1h30m, not '5'");
    assertThat(
            problems(
                "{at: 00:00, readings: {temprature: 20}}",
                "{at: 00:00, readings: {temperature: 20+x5, state: faul}}",
                "{at: 00:01, expect: [{signal: alram, rule: haet, sensor: H-2}]}"))
        .containsExactly(
            "6: unknown quantity of hazmat-storage 'temprature', did you mean 'temperature'?",
            "7: '20+x5' is no value of temperature: write 26, 26+0.4x20, 30x5 or _",
            "7: unknown word of state 'faul', did you mean 'fault'?",
            "8: unknown signal 'alram', did you mean 'alarm'?",
            "8: unknown rule 'haet', did you mean 'heat'?",
            "8: unknown sensor 'H-2', did you mean 'H-1'?");
  }

  @Test
  void aTestThatCannotFailIsRefused() {
    assertThat(problems("{at: 00:00, readings: {temperature: 20}}"))
        .containsExactly("4: nothing is expected: a test without 'expect' cannot fail");
  }

  @Test
  void rulesWithErrorsAreToldWithTheirOwnPlace() throws IOException {
    Files.writeString(folder.resolve("rules.yaml"), RULES.replace("silent: 3m", "silnt: 3m"));
    List<Problem> problems = load(HEAD + lines("{at: 0s, expect_nothing: true}")).problems();
    assertThat(problems).anyMatch(p -> p.toString().contains("rules.yaml:12:"));
    assertThat(problems)
        .anyMatch(
            p -> p.toString().contains("test.yaml:1:") && p.message().contains("rules check"));
  }

  static List<Timeline> fubao() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("deploy/sites/fubao"))) {
      here = here.getParent();
    }
    TimelineLoader.Loaded loaded = TimelineLoader.load(List.of(here.resolve("deploy/sites/fubao")));
    assertThat(loaded.problems()).isEmpty();
    return loaded.timelines();
  }

  @Test
  void whatIsOutOfServiceIsNotToldHereEither() throws IOException {
    Path site = Files.createDirectories(folder.resolve("site"));
    Files.createDirectories(site.resolve("rules"));
    Files.createDirectories(site.resolve("sensors"));
    Files.writeString(site.resolve("site.yaml"), "id: demo\nname: Demo\nzone: Asia/Shanghai\n");
    Files.writeString(site.resolve("places.yaml"), "communities: [{id: east, name: East}]\n");
    Files.writeString(site.resolve("rules/store.yaml"), RULES);
    Files.writeString(
        site.resolve("sensors/store.yaml"),
        """
        family: hazmat-storage
        quantities: [temperature]
        sensors: [{id: H-1, community: east, x: 1, y: 2, name: One, hazard_class: peroxide}]
        """);
    Files.writeString(
        site.resolve("maintenance.yaml"),
        """
        maintenance:
          - {id: w, sensors: [H-1], reason: test, by: me,
             from: "2100-01-01T09:00", to: "2100-01-01T10:00"}
        """);
    TimelineLoader.Loaded loaded =
        load(
            """
            site: site
            start: 2100-01-01T08:50:00+08:00
            tests:
              - name: it
                only: [heat]
                timeline:
                  - {at: 0m, sensor: H-1, readings: {temperature: 20x40 29x60 every 60s}}
                  - {at: 69m, expect_nothing: true}
                  - {at: 72m, expect: [{signal: warn, limit: 28, time: 70m}]}
            """);
    assertThat(loaded.problems()).isEmpty();
    TimelineResult result = TimelineRun.of(loaded.timelines().get(0), CelExpressions.LANGUAGE);
    assertThat(result.mismatches()).isEmpty();
  }

  /** The rules of the site hold to its own tests. */
  @ParameterizedTest
  @MethodSource
  void fubao(Timeline timeline) {
    assertThat(told(TimelineRun.of(timeline, CelExpressions.LANGUAGE)))
        .as(timeline.name())
        .isEmpty();
  }
}
