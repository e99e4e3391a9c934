package org.minusone.rules.evaluate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.minusone.model.Family;
import org.minusone.model.Maintenance;
import org.minusone.model.Rule;
import org.minusone.model.RuleOverride;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.rules.forecast.Forecaster;
import org.minusone.rules.forecast.Forecasters;
import org.minusone.rules.forecast.Task;

/**
 * The evaluators of a site at one version, by sensor. What a sensor's place, hazard class and
 * maintenance make of the rules is looked up once; sensors for which that is the same share an
 * evaluator. Belongs to one thread, as they do.
 */
public final class Evaluators {
  private final List<Rule> rules;
  private final Map<SensorId, Sensor> registry;
  private final List<Maintenance> maintenance;
  private final int version;
  private final Instant appliedAt;
  private final Expressions language;
  private final BiFunction<String, Task, Forecaster> methods;
  private final Map<SensorId, Assigned> assigned = new HashMap<>();
  private final Map<Sameness, RuleEvaluator> evaluators = new HashMap<>();

  private record Assigned(Family family, RuleEvaluator evaluator) {}

  /** What two sensors with one evaluator have in common: rule by rule, the overrides that fit. */
  private record Sameness(
      Family family, List<List<RuleOverride>> overrides, List<Maintenance> maintenance) {}

  /**
   * @param rules of all families
   * @param registry of the site; sensors that are not in it have the rules as they are written, but
   *     for overrides that name them
   * @param language of free conditions
   */
  public Evaluators(
      List<Rule> rules,
      Map<SensorId, Sensor> registry,
      List<Maintenance> maintenance,
      int version,
      Instant appliedAt,
      Expressions language) {
    this(rules, registry, maintenance, version, appliedAt, language, Forecasters::of);
  }

  /** With other forecasters than those of that name, to score them. */
  public Evaluators(
      List<Rule> rules,
      Map<SensorId, Sensor> registry,
      List<Maintenance> maintenance,
      int version,
      Instant appliedAt,
      Expressions language,
      BiFunction<String, Task, Forecaster> methods) {
    this.methods = methods;
    this.rules = rules;
    this.registry = registry;
    this.maintenance = maintenance;
    this.version = version;
    this.appliedAt = appliedAt;
    this.language = language;
  }

  /** The evaluator of a sensor that reports as one of {@code family}. */
  public RuleEvaluator of(SensorId sensor, Family family) {
    Assigned known = assigned.get(sensor);
    if (known == null || known.family() != family) {
      known = new Assigned(family, find(sensor, family));
      assigned.put(sensor, known);
    }
    return known.evaluator();
  }

  private RuleEvaluator find(SensorId sensor, Family family) {
    Sensor registered = registry.get(sensor);
    List<List<RuleOverride>> overrides = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.family() == family && !rule.overrides().isEmpty()) {
        overrides.add(rule.overridesAt(sensor, registered));
      }
    }
    List<Maintenance> own =
        maintenance.stream().filter(m -> m.isFor(sensor, family, registered)).toList();
    return evaluators.computeIfAbsent(
        new Sameness(family, overrides, own),
        sameness ->
            new RuleEvaluator(
                rules.stream()
                    .filter(rule -> rule.family() == family)
                    .map(rule -> rule.at(sensor, registered))
                    .flatMap(Optional::stream)
                    .toList(),
                own,
                version,
                appliedAt,
                language,
                methods));
  }
}
