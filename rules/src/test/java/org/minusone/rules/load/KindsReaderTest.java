package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Rule.Direction;
import org.minusone.model.codec.Json;

/** {@code rate}, {@code while_rising}, {@code when} and {@code silent} of a quantity. */
class KindsReaderTest {
  private static final String HEAD = "groups:\n  - name: g\n    rules:\n";

  private static RuleLoader.Loaded read(String text) {
    return RuleLoader.parse(Path.of("r.yaml"), text, ForecastMethods.LIVE);
  }

  private static String rule(String... lines) {
    StringBuilder text = new StringBuilder(HEAD).append("      - rule: t\n");
    for (String line : lines) {
      text.append("        ").append(line).append('\n');
    }
    return text.toString();
  }

  /** Its own lines begin at line 6. */
  private static String heat(String... lines) {
    return rule("family: smoke\n        quantity: temperature", String.join("\n        ", lines));
  }

  private static String flood(String... lines) {
    return rule("family: flood-point", String.join("\n        ", lines));
  }

  private static Rule one(String text) {
    RuleLoader.Loaded loaded = read(text);
    assertThat(loaded.problems()).isEmpty();
    Rule rule = loaded.rules().get(0);
    assertThat(Json.read(Json.bytes(rule), Rule.class)).isEqualTo(rule);
    return rule;
  }

  @Test
  void readsARate() {
    Rule rising =
        one(
            heat(
                "rate: {over: 1m, rising: {warn: 4/min, alarm: {limit: 0.2/s, for: 10s}}}",
                "deadband: 60/h",
                "keep_firing_for: 30s"));
    assertThat(rising.condition())
        .isEqualTo(
            new Rule.Rate(
                Direction.ABOVE,
                Map.of(
                    Level.WARN, new Rule.Limit(4, Duration.ZERO),
                    Level.ALARM, new Rule.Limit(12, Duration.ofSeconds(10))),
                Duration.ofMinutes(1),
                new Rule.Deadband(1, false),
                Duration.ofSeconds(30)));
    Rule falling = one(heat("rate: {over: 5m, falling: {alarm: 5/10m}}", "deadband: 10%"));
    assertThat(falling.condition())
        .isEqualTo(
            new Rule.Rate(
                Direction.BELOW,
                Map.of(Level.ALARM, new Rule.Limit(-.5, Duration.ZERO)),
                Duration.ofMinutes(5),
                new Rule.Deadband(10, true),
                Duration.ZERO));
  }

  @Test
  void readsNearerLimitsOfAFastRise() {
    Rule rule =
        one(
            heat(
                "above: {warn: 46, alarm: 56}",
                "while_rising: {by: 4/min, over: 60s, above: {warn: 36, alarm: 46}}"));
    assertThat(((Rule.Threshold) rule.condition()).steep())
        .isEqualTo(
            new Rule.Steep(4, Duration.ofMinutes(1), Map.of(Level.WARN, 36.0, Level.ALARM, 46.0)));
  }

  @Test
  void readsFreeConditions() {
    Rule single = one(flood("when: depth > 10 && state != 'fault'", "level: alarm", "for: 10s"));
    assertThat(single.quantity()).isEqualTo(Quantity.DEPTH);
    assertThat(single.condition())
        .isEqualTo(
            new Rule.When(
                Map.of(Level.ALARM, "depth > 10 && state != 'fault'"),
                Duration.ofSeconds(10),
                Duration.ZERO));
    Rule ladder =
        one(
            flood(
                "quantity: battery",
                "when:",
                "  warn: depth == 10",
                "  alarm: |",
                "    depth > 10.5 &&",
                "    battery < 20 && age(battery) < duration('5m')"));
    assertThat(ladder.quantity()).isEqualTo(Quantity.BATTERY);
    assertThat(((Rule.When) ladder.condition()).levels())
        .containsEntry(
            Level.ALARM, "depth > 10.5 &&\nbattery < 20 && age(battery) < duration('5m')");
    assertThat(((Rule.When) one(flood("when: depth > 10")).condition()).levels())
        .containsOnlyKeys(Level.WARN);
  }

  @Test
  void readsTheSilenceOfAQuantity() {
    Rule rule = one(flood("quantity: depth", "silent: {after: 5m, level: notice}"));
    assertThat(rule.quantity()).isEqualTo(Quantity.DEPTH);
    assertThat(rule.condition()).isEqualTo(new Rule.Silent(Duration.ofMinutes(5), Level.NOTICE));
    Rule words = one(flood("quantity: state", "silent: 5m"));
    assertThat(words.quantity()).isEqualTo(Quantity.STATE);
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        arguments(heat("rate: {rising: {alarm: 4/min}}"), "r.yaml:7:15: missing key 'over'"),
        arguments(
            heat("rate: {over: 1m, rising: {alarm: 4}}"),
            "r.yaml:7:42: 'alarm' must be a speed such as 4/min, not '4'"),
        arguments(
            heat("rate: {over: 1m, rising: {alarm: 0/min}}"),
            "r.yaml:7:42: 'alarm' must be faster than 0, not '0/min'"),
        arguments(
            heat("rate: {over: 1m, risin: {alarm: 4/min}}"),
            "r.yaml:7:26: unknown key 'risin', did you mean 'rising'?"),
        arguments(
            heat("rate: {over: 1m}"),
            "r.yaml:7:15: 'rate' needs 'rising' or 'falling', for example rising: {alarm: 4/min}"),
        arguments(
            heat("rate: {over: 1m, rising: {warn: 4/min, alarm: 3/min}}"),
            "r.yaml:7:34: 'alarm' must be faster than 'warn'"),
        arguments(
            heat("rate: {over: 1m, rising: {alarm: 4/min}}", "forecast: {}"),
            "r.yaml:8:9: 'forecast' has no meaning beside 'rate'"),
        arguments(
            heat("rate: {over: 2d, rising: {alarm: 4/min}}"),
            "r.yaml:7:22: 'over' must be from 1s to 1d, not 48h"),
        arguments(
            flood("quantity: depth", "rate: {over: 1m, rising: {alarm: 4/min}}"),
            "r.yaml:7:22: warning: a flood-point sensor may report only every 1m, and a speed"
                + " needs three readings: 'over' had better be 2m or longer"),
        arguments(
            heat("above: {alarm: 56}", "while_rising: {by: 4/min, over: 1m, above: {alarm: 57}}"),
            "r.yaml:8:60: 'alarm' must be reached before 56"),
        arguments(
            heat("above: {alarm: 56}", "while_rising: {by: 4/min, over: 1m, above: {warn: 46}}"),
            "r.yaml:8:53: 'warn' has no limit without it"),
        arguments(
            heat("above: {alarm: 56}", "while_rising: {by: 4/min, over: 1m, abov: {alarm: 46}}"),
            "r.yaml:8:45: unknown key 'abov', did you mean 'above'?"),
        arguments(
            heat("above: {alarm: 56}", "while_falling: {by: 4/min, over: 1m, above: {alarm: 46}}"),
            "r.yaml:8:9: 'while_falling' has no meaning beside 'above'"),
        arguments(
            flood("when: dept > 10"),
            "r.yaml:6:15: unknown quantity 'dept', did you mean 'depth'?"),
        arguments(
            flood("when: depth > 10 && agee(depth) > duration('5m')"),
            "r.yaml:6:29: unknown function 'agee', did you mean 'age'?"),
        arguments(
            flood("when: depth > 10 && age(dept) > duration('5m')"),
            "r.yaml:6:33: unknown quantity 'dept', did you mean 'depth'?"),
        arguments(
            flood("when: \"state == 'fualt'\""),
            "r.yaml:6:25: unknown state word 'fualt', did you mean 'fault'?"),
        arguments(
            flood("when: state in ['fault', 'gone']"),
            "r.yaml:6:34: unknown state word 'gone'; known: normal, fire, fault, removed,"
                + " low-battery, contaminated, silenced, test, offline"),
        arguments(
            flood("when: depth > 'high'"), "r.yaml:6:21: '>' does not go with a number and a word"),
        arguments(
            flood("when: depth + 3"),
            "r.yaml:6:21: the expression must be true or false, not a number"),
        arguments(flood("when: depth >"), "r.yaml:6:22: the expression ends too early"),
        arguments(
            flood("when: 1 < 2"),
            "r.yaml:6:15: the expression names no quantity; there are depth, battery, state"),
        arguments(
            flood("when: age(depth) > duration('5x')"),
            "r.yaml:6:37: a duration is written as '90s', '15m', '4h' or '1h30m'"),
        arguments(
            flood("when: \"[depth].exists(x, x > 3)\""),
            "r.yaml:6:24: unknown function 'exists'; known: age, duration"),
        arguments(
            flood("when: |", "  depth > 3 &&", "  batery < 3"),
            "r.yaml:8:1: unknown quantity 'batery', did you mean 'battery'?"),
        arguments(
            flood("when: depth > 10", "quantity: battery"),
            "r.yaml:7:19: 'when' does not read 'battery'; it reads depth"),
        arguments(
            flood("when: depth > 10", "deadband: 2"),
            "r.yaml:7:9: 'deadband' has no meaning beside 'when'"),
        arguments(
            flood("when: {alarm: depth > 10}", "level: warn"),
            "r.yaml:7:9: 'level' has no meaning beside a 'when' with levels of its own"),
        arguments(flood("when: 1 / 0 > depth"), "r.yaml:6:19: nothing can be divided by 0"),
        arguments(
            flood("when: depth % 2 == 0"),
            "r.yaml:6:21: '%' is not among the operators of an expression"),
        arguments(
            flood("when: age(depth) > duration('5m')"),
            "r.yaml:6:15: warning: it asks for ages alone, and is looked at when a reading comes:"
                + " what stops coming is told by 'silent:' with 'quantity:'"),
        arguments(
            flood("quantity: depth", "above: {alarm: 15}", "forecast: {interval: [3, 0.1]}"),
            "r.yaml:8:30: 'interval' leaves nothing between the ends: the factor on the near end is"
                + " 3, on the far one 0.1"),
        arguments(
            flood("quantity: depth", "above: {alarm: {limit: 15, for: 9000h}}"),
            "r.yaml:7:41: warning: 'for' is longer than a day: is the unit right?"),
        arguments(flood("when: depth = 3"), "r.yaml:6:21: '=' compares nothing here: write '=='"),
        arguments(flood("when: depth > 3 AND battery < 20"), "r.yaml:6:25: write '&&' for 'AND'"),
        arguments(flood("when: not depth > 3"), "r.yaml:6:15: write '!' for 'not'"),
        arguments(
            flood("when: depth > 10 cm"),
            "r.yaml:6:26: a number stands without 'cm': it is in its quantity's own unit"),
        arguments(
            flood("when: |", "  depth > 3 &&", "  battery < 20% "),
            "r.yaml:8:13: a number stands without '%': it is in its quantity's own unit"),
        arguments(
            rule("family: electrical", "when: residual-current > 300"),
            "r.yaml:6:15: write 'residual_current': in an expression '-' is a minus"),
        arguments(
            flood("when: depth > 10 && depth < 5"),
            "r.yaml:6:15: warning: no reading that was tried makes this true: it would never be"
                + " raised"),
        arguments(
            flood("when: depth > 5000"),
            "r.yaml:6:15: warning: no reading that was tried makes this true: it would never be"
                + " raised"),
        arguments(
            flood("when: depth >= -5 || state == 'fault'"),
            "r.yaml:6:15: warning: this is true for every reading that was tried: it would never"
                + " clear"),
        arguments(
            flood("quantity: depth", "above: {alarm: 15}", "deadband: 21"),
            "r.yaml:8:19: 'alarm' could never be cleared: it would take -6 cm, and 'depth' reads -5"
                + " to 1000"),
        arguments(
            flood("when: {}"),
            "r.yaml:6:15: 'when' needs a level, for example {alarm: \"depth > 10\"}"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void saysWhereItIsWrong(String text, String problem) {
    assertThat(read(text).problems().stream().map(Problem::toString)).contains(problem);
  }

  @Test
  void anEndlessExpressionIsRefused() {
    String deep = "(".repeat(500) + "depth > 1" + ")".repeat(500);
    assertThat(read(flood("when: " + deep)).hasErrors()).isTrue();
    String longer = "depth > 1" + " || depth > 1".repeat(500);
    assertThat(read(flood("when: " + longer)).hasErrors()).isTrue();
    String wide = "depth > 1" + " || depth > 1".repeat(60);
    assertThat(read(flood("when: " + wide)).problems()).isEmpty();
  }
}
