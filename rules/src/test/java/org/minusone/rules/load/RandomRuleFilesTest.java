package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.codec.Json;
import org.minusone.rules.evaluate.RuleEvaluator;
import org.minusone.rules.expression.CelExpressions;

/** Whatever is in a rule file, it is accepted or explained. */
class RandomRuleFilesTest {
  private static final long SEED = Long.getLong("seed", 20_260_101L);
  private static final int FILES = 1_000;
  private static final int MANY = 10_000;

  private static final String GOOD =
      """
      groups:
        - name: hazmat-storage
          rules:
            - rule: hazmat-temperature
              family: hazmat-storage
              quantity: temperature # °C
              above: {warn: 28, alarm: {limit: 30, for: 10s}, critical: 35}
              deadband: 10%
              keep_firing_for: 60s
              forecast: {to: [warn, alarm], horizon: 15m, withdraw_after: 30m, method: holt}
              guidance:
                zh: [停止装卸, 开通风]
                en: |
                  Stop handling
                  Ventilate
              overrides:
                - {hazard_class: [peroxide], above: {alarm: 28}, because: (V)}
                - {building: road-6, off: true, reason: empty}
                - {sensor: H-07, deadband: 2, for: 5s, forecast: none, severity: warn}
              because: >-
                GB 17914 (GK)
            - {rule: tank, family: fire-facility, quantity: level, below: {warn: 90, alarm: 80}}
        - name: smoke
          rules:
            - rule: smoke-state
              family: smoke
              quantity: state
              state: {critical: [fire], notice: [low-battery, "test"]}
              for: 0s
              severity: alarm
            - {rule: smoke-silent, family: smoke, silent: {after: 12h, level: notice}}
            - {rule: smoke-mute, family: smoke, quantity: temperature, silent: 12h}
            - rule: smoke-heat
              family: smoke
              quantity: temperature
              above: {warn: 46, alarm: 56}
              while_rising: {by: 4/min, over: 60s, above: {warn: 36, alarm: 46}}
              overrides:
                - {sensor: S-1, above: {alarm: 50}}
                - {sensor: S-2, while_rising: {by: 2/min, over: 2m, above: {warn: 30}}}
            - rule: smoke-rise
              family: smoke
              quantity: temperature
              rate: {over: 60s, rising: {warn: 4/min, alarm: {limit: 0.2/s, for: 10s}}}
              deadband: 1/min
              overrides: [{sensor: S-1, rate: {over: 90s, rising: {alarm: 6/min}}}]
            - rule: smoke-free
              family: smoke
              when:
                warn: temperature > 30 && state != 'fault'
                alarm: "obscuration >= 0.1 || age(battery) < duration('5m')"
              for: 10s
              overrides: [{sensor: [S-1, S-2], when: temperature > 40, keep_firing_for: 1m}]
            - {rule: smoke-one, family: smoke, when: battery * 2 < 30, level: notice}
            - rule: both
              together: {of: [smoke-state, tank], at_least: 2, in: building, within: 60s, from: warn}
      """;

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ": ",
          ",",
          "- ",
          "\n",
          "\n\n",
          "  ",
          "\t",
          "#",
          " #",
          "'",
          "\"",
          "|",
          ">",
          "&a ",
          "*a",
          "!",
          "!!int ",
          "!!str ",
          "!!binary ",
          "%",
          "@",
          "`",
          "?",
          "? ",
          "---\n",
          "...\n",
          "<<: *a",
          "~",
          "null",
          "true",
          "off",
          ".inf",
          "-.inf",
          ".nan",
          "1e999",
          "-1",
          "0x1F",
          "0o17",
          "1_000",
          "99999999999999999999",
          "-5m",
          "0s",
          "5",
          "9999999999w",
          "10%",
          "-10%",
          "notice",
          "warn",
          "alarm",
          "critical",
          "smoke",
          "electrical",
          "depth",
          "state",
          "pump-mode",
          "silent: 3m",
          "above: {alarm: 3}",
          "rate: 1",
          "rate: {over: 1m, falling: {alarm: 2/min}}",
          "while_rising: {}",
          "when: x",
          "when: depth > 3",
          "level: alarm",
          "4/min",
          "1/0s",
          "&&",
          "||",
          "(((",
          ")",
          "age(",
          "duration('",
          "== 3",
          "? 1 : 2",
          "[0]",
          ".x",
          "''",
          "9223372036854775808",
          "forecast: {}",
          "rule: x",
          "overrides:\n",
          "- {sensor: H-1, above: {alarm: 3}}",
          "hazard_class: peroxide",
          "off: true",
          "together: {of: [x], at_least: 2, in: building}",
          "of: [",
          "within: 60s",
          "\u0000",
          "\u0001",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "\uD83D",
          "\uD83D\uDE00",
          "\uFFFF",
          "温度",
          "\r",
          "\r\n");

  @Test
  void aThousandAreAcceptedOrExplained() {
    acceptedOrExplained(FILES);
  }

  @Test
  @Tag("slow")
  void tenThousandAreAcceptedOrExplained() {
    acceptedOrExplained(MANY);
  }

  private static void acceptedOrExplained(int files) {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < files; i++) {
      String text = i % 10 == 0 ? noise(random) : mutated(random);
      RuleLoader.Loaded loaded;
      try {
        loaded = RuleLoader.parse(Path.of("r.yaml"), text, ForecastMethods.LIVE);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + SEED + ", file " + i + ":\n" + text, e);
      }
      String where = "seed " + SEED + ", file " + i;
      long lines =
          text.lines().count() + text.chars().filter(c -> c == 0x85 || c == 0x2028).count();
      for (Problem problem : loaded.problems()) {
        assertThat(problem.line()).as(where).isBetween(1, (int) lines + 2);
        assertThat(problem.column()).as(where).isPositive();
        assertThat(problem.message()).as(where).isNotBlank().doesNotContain("\n", "Exception");
      }
      loaded.rules().forEach(rule -> assertSound(rule, where));
      assertThat(new RuleEvaluator(evaluated(loaded), 1, Instant.EPOCH, CelExpressions.LANGUAGE))
          .as(where)
          .isNotNull();
      if (loaded.hasErrors()) {
        assertThat(loaded.problems()).as(where).isNotEmpty();
      } else {
        accepted++;
      }
    }
    // Else the mutations would all be too harsh or too mild to show anything.
    assertThat(accepted).as("accepted, seed " + SEED).isBetween(files / 100, files / 2);
  }

  /** As they are written, and as they are at each sensor that an override names. */
  private static List<Rule> evaluated(RuleLoader.Loaded loaded) {
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : loaded.rules()) {
      if (rule.family() != null) {
        rules.add(rule);
        rule.overrides().stream()
            .flatMap(override -> override.names().stream())
            .filter(SensorId::isValid)
            .map(name -> rule.at(new SensorId(name), null))
            .flatMap(Optional::stream)
            .forEach(rules::add);
      }
    }
    return rules;
  }

  /** What the evaluator relies on. */
  private static void assertSound(Rule rule, String where) {
    assertThat(Json.read(Json.bytes(rule), Rule.class)).as(where).isEqualTo(rule);
    assertThat(rule.name()).as(where).matches("[a-z0-9-]+");
    if (rule.quantity() != null) {
      assertThat(rule.family().quantities()).as(where).contains(rule.quantity());
    }
    for (var override : rule.overrides()) {
      for (String name : override.names()) {
        if (SensorId.isValid(name)) {
          rule.at(new SensorId(name), null)
              .filter(here -> here.overrides().isEmpty())
              .ifPresent(here -> assertSound(here, where));
        }
      }
    }
    switch (rule.condition().kind()) {
      case THRESHOLD -> assertSound(rule, (Rule.Threshold) rule.condition(), where);
      case RATE -> {
        Rule.Rate rate = (Rule.Rate) rule.condition();
        assertThat(rule.quantity().isWord()).as(where).isFalse();
        assertThat(rate.over()).as(where).isPositive();
        double sign = rate.direction() == Rule.Direction.ABOVE ? 1 : -1;
        assertThat(rate.levels().values()).as(where).allMatch(l -> sign * l.value() > 0);
      }
      case STATE -> {
        Rule.State state = (Rule.State) rule.condition();
        assertThat(state.levels()).as(where).isNotEmpty();
        for (Level level : state.levels().keySet()) {
          assertThat(rule.quantity().words()).as(where).containsAll(state.levels().get(level));
        }
      }
      case WHEN -> {
        Rule.When when = (Rule.When) rule.condition();
        for (String text : when.levels().values()) {
          assertThat(CelExpressions.LANGUAGE.compile(rule.family(), text).reads())
              .as(where)
              .isNotEmpty();
        }
        assertThat(rule.quantity()).as(where).isNotNull();
      }
      case SILENT -> assertThat(((Rule.Silent) rule.condition()).after()).as(where).isPositive();
      case QUALITY -> {
        Rule.Quality quality = (Rule.Quality) rule.condition();
        assertThat(quality.levels().isEmpty() && quality.tests() == null).as(where).isFalse();
      }
      case TOGETHER -> {
        Rule.Together together = (Rule.Together) rule.condition();
        assertThat(together.of()).as(where).isNotEmpty();
        assertThat(together.atLeast()).as(where).isGreaterThanOrEqualTo(2);
      }
    }
  }

  /** What the evaluator relies on. */
  private static void assertSound(Rule rule, Rule.Threshold threshold, String where) {
    assertThat(rule.quantity().isWord()).as(where).isFalse();
    assertThat(threshold.deadband().size()).as(where).isNotNegative().isFinite();
    assertThat(threshold.keepFiringFor()).as(where).isGreaterThanOrEqualTo(Duration.ZERO);
    for (Rule.Limit limit : threshold.levels().values()) {
      assertThat(limit.value()).as(where).isFinite();
      assertThat(limit.hold().isNegative()).as(where).isFalse();
    }
    if (threshold.forecast() != null) {
      assertThat(threshold.levels().keySet()).as(where).containsAll(threshold.forecast().to());
      assertThat(threshold.forecast().to()).as(where).isNotEmpty();
      assertThat(threshold.forecast().horizon()).as(where).isPositive();
      assertThat(ForecastMethods.LIVE).as(where).contains(threshold.forecast().method());
    }
    if (threshold.steep() != null) {
      assertThat(threshold.steep().perMinute()).as(where).isPositive();
      assertThat(threshold.levels().keySet())
          .as(where)
          .containsAll(threshold.steep().limits().keySet());
    }
  }

  private static String noise(Random random) {
    StringBuilder text = new StringBuilder();
    int tokens = random.nextInt(60);
    for (int i = 0; i < tokens; i++) {
      text.append(token(random));
    }
    return text.toString();
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(GOOD);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && text.length() > 2; i++) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + 1 + random.nextInt(8));
      switch (random.nextInt(7)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.delete(at, to);
        case 2 -> text.insert(at, token(random));
        case 3 -> text.replace(at, to, token(random));
        case 4 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
        case 5 -> text.insert(at, text.substring(at, to));
        default -> swapLines(text, random);
      }
    }
    return text.toString();
  }

  private static void swapLines(StringBuilder text, Random random) {
    String[] lines = text.toString().split("\n", -1);
    int a = random.nextInt(lines.length);
    int b = random.nextInt(lines.length);
    String line = lines[a];
    lines[a] = lines[b];
    lines[b] = line;
    text.setLength(0);
    text.append(String.join("\n", lines));
  }

  private static String token(Random random) {
    return TOKENS.get(random.nextInt(TOKENS.size()));
  }
}
