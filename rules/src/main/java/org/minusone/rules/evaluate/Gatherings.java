package org.minusone.rules.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;

/** The {@code together} rules of a site at one version, by the rules they listen to. */
public final class Gatherings {
  private final Map<String, List<TogetherEvaluator>> byRule = new HashMap<>();
  private final Map<String, TogetherEvaluator> byName = new HashMap<>();
  private final int version;

  public Gatherings(List<Rule> rules, Map<SensorId, Sensor> registry, int version) {
    this.version = version;
    for (Rule rule : rules) {
      if (rule.condition() instanceof Rule.Together together) {
        TogetherEvaluator evaluator = new TogetherEvaluator(rule, rules, registry, version);
        byName.put(rule.name(), evaluator);
        for (String listened : together.of()) {
          byRule.computeIfAbsent(listened, r -> new ArrayList<>()).add(evaluator);
        }
      }
    }
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** Those that want to hear of it. */
  public List<TogetherEvaluator> listeningTo(Signal signal) {
    return signal.group() == null ? byRule.getOrDefault(signal.rule(), List.of()) : List.of();
  }

  /**
   * Brings the state of a place, decided by another version, to this one.
   *
   * @return null where there is no such rule any more
   */
  public PlaceState adopt(
      SiteId site, String rule, String place, PlaceState before, List<Signal> signals) {
    TogetherEvaluator evaluator = byName.get(rule);
    if (evaluator == null) {
      TogetherEvaluator.close(site, before, version, signals);
      return null;
    }
    return evaluator.adopt(site, place, before, signals);
  }
}
