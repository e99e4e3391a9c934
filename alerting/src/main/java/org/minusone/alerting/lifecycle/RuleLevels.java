package org.minusone.alerting.lifecycle;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.Level;
import org.minusone.model.Rule;

/** What a rule says about its levels; nothing where the rule is gone. */
final class RuleLevels {
  private RuleLevels() {}

  /** The highest level of the rule below {@code level}: what remains when that one is left. */
  static Optional<Level> below(Level level, Rule rule) {
    return of(rule).stream().filter(l -> !l.isAtLeast(level)).max(Comparator.naturalOrder());
  }

  /**
   * In the quantity's unit, of a rate in that unit per minute; null for what has no limit, or a
   * level the rule has not.
   */
  static Double limit(Level level, Rule rule) {
    if (rule == null) {
      return null;
    }
    Rule.Limit limit =
        switch (rule.condition().kind()) {
          case THRESHOLD -> ((Rule.Threshold) rule.condition()).levels().get(level);
          case RATE -> ((Rule.Rate) rule.condition()).levels().get(level);
          case STATE, WHEN, SILENT, QUALITY, TOGETHER -> null;
        };
    return limit == null ? null : (Double) limit.value();
  }

  static Collection<Level> of(Rule rule) {
    if (rule == null) {
      return Set.of();
    }
    return switch (rule.condition().kind()) {
      case THRESHOLD -> ((Rule.Threshold) rule.condition()).levels().keySet();
      case STATE -> ((Rule.State) rule.condition()).levels().keySet();
      case RATE -> ((Rule.Rate) rule.condition()).levels().keySet();
      case WHEN -> ((Rule.When) rule.condition()).levels().keySet();
      case TOGETHER -> Set.of(((Rule.Together) rule.condition()).level());
      case SILENT -> Set.of();
      case QUALITY -> ((Rule.Quality) rule.condition()).levels().keySet();
    };
  }
}
