package org.minusone.rules.report;

import java.util.List;
import java.util.Map;
import org.minusone.model.Rule;

/**
 * One rule.
 *
 * @param limits the mildest first; empty for a rule without limits
 * @param signals how many of each kind, by its word
 * @param alerts how many episodes
 * @param cases the worst, to look at
 */
public record RuleFigures(
    Rule rule,
    List<LimitFigures> limits,
    Map<String, Integer> signals,
    int alerts,
    List<Case> cases) {
  /** Whether nothing happened. */
  boolean isQuiet() {
    return signals.isEmpty() && limits.stream().allMatch(l -> l.score().events() == 0);
  }
}
