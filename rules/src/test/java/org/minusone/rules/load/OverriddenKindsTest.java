package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.model.Verdict;
import org.minusone.rules.evaluate.Evaluators;
import org.minusone.rules.evaluate.SensorState;
import org.minusone.rules.expression.CelExpressions;

/** Overrides of rules on speed, quality and free conditions. */
final class OverriddenKindsTest {
  private static final SensorId HERE = new SensorId("S-1");
  private static final SensorId THERE = new SensorId("S-2");

  private static final String HEAT =
      """
      above: {warn: 46, alarm: 56}
      while_rising: {by: 4/min, over: 2m, above: {warn: 36, alarm: 46}}
      """;
  private static final String RATE =
      """
      rate: {over: 2m, rising: {warn: 4/min, alarm: 8/min}}
      deadband: 1/min
      keep_firing_for: 30s
      """;
  private static final String FREE =
      """
      when: {warn: temperature > 30, alarm: temperature > 40}
      for: 10s
      """;
  private static final String DOUBT =
      """
      quality: {warn: suspect, alarm: fail, for: 10m}
      tests: {gross_range: {fail: [0, 60]}}
      """;

  private static RuleLoader.Loaded load(String rule, String override) {
    String text =
        """
        groups:
          - name: g
            rules:
              - rule: r
                family: smoke
                quantity: temperature
        """
            + rule.indent(8)
            + "        overrides: [{sensor: S-1, "
            + override
            + "}]\n";
    return RuleLoader.parse(Path.of("r.yaml"), text, ForecastMethods.LIVE);
  }

  private static <C> C here(String rule, String override, Class<C> kind) {
    RuleLoader.Loaded loaded = load(rule, override);
    assertThat(loaded.problems()).isEmpty();
    return kind.cast(loaded.rules().get(0).at(HERE, null).orElseThrow().condition());
  }

  private static void assertProblem(String rule, String override, String problem) {
    assertThat(load(rule, override).problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).isEqualTo(problem));
  }

  @Test
  void theNearerLimitsStayWhereTheyAreStillNearer() {
    Rule.Threshold moved = here(HEAT, "above: {alarm: 48}", Rule.Threshold.class);
    assertThat(moved.steep().limits()).isEqualTo(Map.of(Level.WARN, 36.0, Level.ALARM, 46.0));
    Rule.Threshold overtaken = here(HEAT, "above: {alarm: 46}", Rule.Threshold.class);
    assertThat(overtaken.levels()).containsOnlyKeys(Level.ALARM);
    assertThat(overtaken.steep()).isNull();
    Rule.Threshold other =
        here(HEAT, "while_rising: {by: 2/min, over: 5m, above: {warn: 30}}", Rule.Threshold.class);
    assertThat(other.levels()).hasSize(2);
    assertThat(other.steep())
        .isEqualTo(new Rule.Steep(2, Duration.ofMinutes(5), Map.of(Level.WARN, 30.0)));
  }

  @Test
  void anotherSpeedKeepsDeadbandAndOffDelay() {
    Rule.Rate rate = here(RATE, "rate: {over: 3m, rising: {alarm: 6/min}}", Rule.Rate.class);
    assertThat(rate.levels()).isEqualTo(Map.of(Level.ALARM, new Rule.Limit(6, Duration.ZERO)));
    assertThat(rate.over()).isEqualTo(Duration.ofMinutes(3));
    assertThat(rate.deadband()).isEqualTo(new Rule.Deadband(1, false));
    assertThat(rate.keepFiringFor()).isEqualTo(Duration.ofSeconds(30));
    Rule.Rate slower = here(RATE, "for: 20s, deadband: 2/min", Rule.Rate.class);
    assertThat(slower.levels())
        .containsEntry(Level.WARN, new Rule.Limit(4, Duration.ofSeconds(20)))
        .hasSize(2);
    assertThat(slower.deadband().size()).isEqualTo(2);
  }

  @Test
  void anotherFreeConditionOrTestKeepsItsDelays() {
    Rule.When when = here(FREE, "when: {alarm: temperature > 50}", Rule.When.class);
    assertThat(when.levels()).isEqualTo(Map.of(Level.ALARM, "temperature > 50"));
    assertThat(when.hold()).isEqualTo(Duration.ofSeconds(10));
    assertThat(here(FREE, "for: 0s", Rule.When.class).hold()).isZero();
    Rule.Quality quality = here(DOUBT, "quality: {notice: fail}", Rule.Quality.class);
    assertThat(quality.levels()).isEqualTo(Map.of(Level.NOTICE, QualityFlag.FAIL));
    assertThat(quality.hold()).isEqualTo(Duration.ofMinutes(10));
    assertThat(quality.tests().grossRange()).isNotNull();
    assertThat(here(DOUBT, "quality: {warn: fail, for: 0s}", Rule.Quality.class).hold()).isZero();
  }

  @Test
  void wrongOnesAreExplained() {
    assertProblem(
        RATE,
        "rate: {over: 2m, falling: {alarm: 6/min}}",
        "the rule is of 'rising': the other way is a rule of its own");
    assertProblem(
        FREE, "when: \"state == 'fire'\"", "'when' does not read 'temperature'; it reads state");
    assertProblem(FREE, "deadband: 1", "'deadband' has no meaning beside 'when'");
    assertProblem(
        HEAT,
        "rate: {over: 2m, rising: {alarm: 6/min}}",
        "'rate' in an override of a rule with 'above'");
    assertProblem(
        HEAT,
        "while_rising: {by: 4/min, over: 2m, above: {alarm: 60}}",
        "'alarm' must be reached before 56");
  }

  @Test
  void theEvaluatorOfASensorHasItsOwn() {
    List<Rule> rules = new ArrayList<>();
    rules.addAll(load(FREE, "when: {alarm: temperature > 20}, for: 0s").rules());
    rules.addAll(
        load(
                DOUBT.replace("gross_range: {fail: [0, 60]}", "gross_range: {fail: [0, 26]}"),
                "quality: {notice: fail}, tests: {gross_range: {fail: [0, 70]}}")
            .rules());
    Evaluators evaluators =
        new Evaluators(rules, Map.of(), List.of(), 1, Instant.EPOCH, CelExpressions.LANGUAGE);
    List<Signal> signals = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (SensorId sensor : List.of(HERE, THERE)) {
      SensorKey key = new SensorKey(new SiteId("fubao"), sensor);
      evaluators
          .of(sensor, Family.SMOKE)
          .reading(
              new SensorState(key, Family.SMOKE),
              Reading.number(key, Family.SMOKE, Quantity.TEMPERATURE, 1_000, 1_000, Stamp.OWN, 27),
              signals,
              verdicts);
    }
    assertThat(signals.stream().filter(s -> s.level() != null))
        .extracting(Signal::sensor, Signal::level)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(HERE, Level.ALARM));
    assertThat(verdicts).extracting(Verdict::sensor).containsExactly(THERE);
  }
}
