package org.minusone.rules.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.Rule.Area;
import org.minusone.model.Rule.Distinct;

/** {@code together:}, and once all rules are known, whether those it listens to are there. */
final class TogetherReader {
  private final List<Value> named = new ArrayList<>();

  Optional<Rule.Condition> read(Section rule) {
    RuleReader.refuse(
        rule,
        "together",
        "family",
        "quantity",
        "for",
        "deadband",
        "keep_firing_for",
        "forecast",
        "while_rising",
        "while_falling",
        "level",
        "tests",
        "overrides");
    Value condition = rule.take("together").orElseThrow();
    Optional<Section> read = condition.section();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Section section = read.get();
    Optional<Value> of = section.require("of");
    List<String> rules = of.map(this::rules).orElse(List.of());
    Optional<Integer> atLeast = section.require("at_least").flatMap(TogetherReader::count);
    Optional<Area> in =
        section.require("in").flatMap(v -> v.word("area", Arrays.asList(Area.values()), Area::id));
    Duration within = section.take("within").flatMap(Value::positiveDuration).orElse(null);
    Level from = level(section, "from", Level.WARN);
    Level level = level(section, "level", Level.CRITICAL);
    Optional<Value> distinctWritten = section.take("distinct");
    Distinct distinct =
        distinctWritten
            .flatMap(v -> v.word("count of", Arrays.asList(Distinct.values()), Distinct::id))
            .orElse(Distinct.SENSORS);
    section.finish();
    if (atLeast.isPresent()
        && distinct == Distinct.RULES
        && !rules.isEmpty()
        && atLeast.get() > rules.size()) {
      section
          .whole()
          .error("at least " + atLeast.get() + " of " + rules.size() + " rules can never be");
    }
    if (rules.isEmpty() || atLeast.isEmpty() || in.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rule.Together(rules, atLeast.get(), in.get(), within, from, level, distinct));
  }

  private List<String> rules(Value of) {
    List<String> rules = new ArrayList<>();
    List<Value> items = of.isList() ? of.items() : List.of(of);
    if (items.isEmpty()) {
      of.error("'of' names no rule");
    }
    for (Value item : items) {
      Optional<String> name = item.text();
      if (name.isPresent() && rules.contains(name.get())) {
        item.error("'" + name.get() + "' stands here twice");
      } else {
        name.ifPresent(rules::add);
      }
    }
    named.addAll(items);
    return rules;
  }

  private static Optional<Integer> count(Value value) {
    OptionalDouble number = value.number();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    double count = number.getAsDouble();
    if (count < 2 || count > 1000 || count != Math.rint(count)) {
      value.error("'at_least' is a whole number from 2 to 1000, not " + value.raw().orElse(""));
      return Optional.empty();
    }
    return Optional.of((int) count);
  }

  private static Level level(Section section, String key, Level usual) {
    return section
        .take(key)
        .flatMap(value -> value.word("level", Arrays.asList(Level.values()), Level::id))
        .orElse(usual);
  }

  /**
   * Once all rules of all files were read.
   *
   * @param all whether no other file can have the rules that are not here
   */
  void finish(Map<String, Rule.Kind> kinds, boolean all) {
    List<String> possible =
        kinds.entrySet().stream()
            .filter(e -> e.getValue() != Rule.Kind.TOGETHER)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    for (Value item : named) {
      Optional<String> name = item.raw();
      if (name.isPresent() && kinds.get(name.get()) == Rule.Kind.TOGETHER) {
        item.error("'" + name.get() + "' is itself a 'together': name its rules");
      } else if (name.isPresent() && !kinds.containsKey(name.get())) {
        String unknown = Value.unknown("rule", name.get(), possible);
        if (all) {
          item.error(unknown);
        } else {
          item.warning(unknown + "; in another file?");
        }
      }
    }
  }
}
