package org.minusone.rules.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.rules.expression.CelExpressions;
import org.minusone.rules.expression.Checked;
import org.minusone.rules.expression.Fault;

/** {@code when:}, a free condition: {@code "depth > 10"} or an expression for each level. */
final class WhenReader {
  private final Section rule;
  private final Optional<Family> family;
  private final Set<Quantity> reads = new LinkedHashSet<>();
  private boolean faulty;

  WhenReader(Section rule, Optional<Family> family) {
    this.rule = rule;
    this.family = family;
  }

  Optional<Rule.Condition> read() {
    RuleReader.refuse(rule, "when", "deadband", "forecast", "while_rising", "while_falling");
    Value condition = rule.take("when").orElseThrow();
    Duration hold = rule.take("for").flatMap(Value::duration).orElse(Duration.ZERO);
    Duration keepFiringFor =
        rule.take("keep_firing_for").flatMap(Value::duration).orElse(Duration.ZERO);
    Map<Level, String> levels = new EnumMap<>(Level.class);
    if (condition.isMapping()) {
      rule.refuse("level", "has no meaning beside a 'when' with levels of its own");
      Section section = condition.section().orElseThrow();
      for (Section.Entry entry : section.entries()) {
        Optional<Level> level = entry.key().word("level", Arrays.asList(Level.values()), Level::id);
        Optional<String> text = expression(entry.value());
        if (level.isPresent() && text.isPresent()) {
          levels.put(level.get(), text.get());
        }
      }
      if (section.entries().isEmpty()) {
        condition.error("'when' needs a level, for example {alarm: \"depth > 10\"}");
      }
      section.finish();
    } else {
      Optional<Level> level = level();
      Optional<String> text = expression(condition);
      if (level.isPresent() && text.isPresent()) {
        levels.put(level.get(), text.get());
      }
    }
    return levels.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rule.When(levels, hold, keepFiringFor));
  }

  private Optional<Level> level() {
    Optional<Value> level = rule.take("level");
    return level.isEmpty()
        ? Optional.of(Level.WARN)
        : level.get().word("level", Arrays.asList(Level.values()), Level::id);
  }

  private Optional<String> expression(Value value) {
    Optional<String> text = value.text();
    if (text.isEmpty() || family.isEmpty()) {
      faulty = true;
      return Optional.empty();
    }
    Checked checked = CelExpressions.LANGUAGE.check(family.get(), text.get());
    for (Fault fault : checked.faults()) {
      value.errorWithin(fault.line(), fault.column(), fault.message());
    }
    if (checked.expression() == null) {
      faulty = true;
      return Optional.empty();
    }
    checked.doubt().ifPresent(value::warning);
    reads.addAll(checked.expression().reads());
    return text;
  }

  /**
   * The quantity its signals show: the one that is written, else the first that the expression
   * names.
   */
  Optional<Quantity> shown(Optional<Value> place, Optional<Quantity> written) {
    if (written.isEmpty()) {
      return place.isPresent() ? Optional.empty() : reads.stream().findFirst();
    }
    if (!faulty && !reads.contains(written.get())) {
      String others = String.join(", ", reads.stream().map(Quantity::id).toList());
      place
          .orElseThrow()
          .error("'when' does not read '" + written.get().id() + "'; it reads " + others);
      return Optional.empty();
    }
    return written;
  }
}
