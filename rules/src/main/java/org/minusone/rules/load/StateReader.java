package org.minusone.rules.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;

/** {@code state:} and {@code silent:}, the conditions without a number to cross. */
final class StateReader {
  private StateReader() {}

  /** {@code {alarm: [fire], warn: [low-battery]}}, with {@code for} and {@code keep_firing_for}. */
  static Optional<Rule.Condition> state(Section rule, Optional<Quantity> quantity) {
    RuleReader.refuse(
        rule, "state", "deadband", "forecast", "level", "while_rising", "while_falling");
    Value condition = rule.take("state").orElseThrow();
    Duration hold = rule.take("for").flatMap(Value::duration).orElse(Duration.ZERO);
    Duration keepFiringFor =
        rule.take("keep_firing_for").flatMap(Value::duration).orElse(Duration.ZERO);
    Optional<Section> section = condition.section();
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Map<Level, List<String>> levels = new EnumMap<>(Level.class);
    Map<String, Level> taken = new HashMap<>();
    for (Section.Entry entry : section.get().entries()) {
      Optional<Level> level = entry.key().word("level", Arrays.asList(Level.values()), Level::id);
      List<String> words = words(entry.value(), quantity);
      for (String word : words) {
        Level other = level.isPresent() ? taken.putIfAbsent(word, level.get()) : null;
        if (other != null) {
          entry.value().error("'" + word + "' already counts as " + other.id());
        }
      }
      if (level.isPresent() && !words.isEmpty()) {
        levels.put(level.get(), words);
      }
    }
    if (section.get().entries().isEmpty()) {
      condition.error("'state' needs a level, for example {alarm: [fault]}");
    }
    section.get().finish();
    return levels.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rule.State(levels, hold, keepFiringFor));
  }

  private static List<String> words(Value value, Optional<Quantity> quantity) {
    if (value.isList() && value.items().isEmpty()) {
      value.error("'" + value.name() + "' lists no word");
      return List.of();
    }
    if (quantity.isEmpty()) {
      // What the words are of was already spoken of.
      return List.of();
    }
    String kind = quantity.get().id() + " word";
    return List.copyOf(value.words(kind, quantity.get().words(), Function.identity()));
  }

  /** {@code 3m}, or {@code {after: 3m, level: warn}}; silence counts as a warn by default. */
  static Optional<Rule.Condition> silent(Section rule, Optional<Family> family) {
    RuleReader.refuse(
        rule,
        "silent",
        "for",
        "deadband",
        "keep_firing_for",
        "forecast",
        "level",
        "while_rising",
        "while_falling");
    Value condition = rule.take("silent").orElseThrow();
    if (!condition.isMapping()) {
      return condition
          .positiveDuration()
          .map(after -> new Rule.Silent(checked(condition, after, family), Level.WARN));
    }
    Section section = condition.section().orElseThrow();
    Optional<Value> written = section.require("after");
    Optional<Duration> after = written.flatMap(Value::positiveDuration);
    Level level =
        section
            .take("level")
            .flatMap(value -> value.word("level", Arrays.asList(Level.values()), Level::id))
            .orElse(Level.WARN);
    section.finish();
    return after.map(a -> new Rule.Silent(checked(written.orElseThrow(), a, family), level));
  }

  private static Duration checked(Value value, Duration after, Optional<Family> family) {
    if (family.isPresent() && after.compareTo(family.get().slowestPeriod()) <= 0) {
      value.warning(
          "a healthy "
              + family.get().id()
              + " sensor may report only every "
              + Durations.text(family.get().slowestPeriod())
              + ": it would be announced as silent");
    }
    return after;
  }
}
