package org.minusone.simulator.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SiteVersion;

/** The limits a scenario aims at: the site's own rules, else the packs' defaults. */
final class Limits {
  private final SiteVersion site;

  Limits(SiteVersion site) {
    this.site = site;
  }

  /**
   * The limit a story should cross: of the wanted level, or where the rule foresees only others, of
   * the lowest one it foresees.
   *
   * @param sensor whose place and hazard class may change the rule's limits
   * @param otherwise where the site has no such rule
   */
  double above(Sensor sensor, Quantity quantity, Level wanted, double otherwise) {
    Rule.Threshold rule = rule(sensor, quantity).orElse(null);
    if (rule == null) {
      return otherwise;
    }
    Map<Level, Rule.Limit> levels = rule.levels();
    Rule.Forecast forecast = rule.forecast();
    Level level = wanted;
    if (forecast != null && !forecast.to().isEmpty() && !forecast.to().contains(wanted)) {
      level = forecast.to().stream().min(Level::compareTo).orElseThrow();
    }
    return levels.containsKey(level) ? levels.get(level).value() : otherwise;
  }

  /** Those for which the rule is as it is written, in their order; all where none is. */
  List<Sensor> ordinary(List<Sensor> sensors, Quantity quantity) {
    List<Sensor> plain =
        sensors.stream()
            .filter(
                sensor ->
                    site.rules().stream()
                        .filter(r -> r.family() == sensor.family() && r.quantity() == quantity)
                        .allMatch(r -> r.overridesAt(sensor.id(), sensor).isEmpty()))
            .toList();
    return plain.isEmpty() ? sensors : plain;
  }

  /** How long the rule keeps firing after the value is back, seconds; 60 where there is no rule. */
  double keepFiringS(Sensor sensor, Quantity quantity) {
    return rule(sensor, quantity).map(r -> r.keepFiringFor().toMillis() / 1000.0).orElse(60.0);
  }

  private Optional<Rule.Threshold> rule(Sensor sensor, Quantity quantity) {
    return site.rules().stream()
        .filter(r -> r.family() == sensor.family() && r.quantity() == quantity)
        .flatMap(r -> r.at(sensor.id(), sensor).stream())
        .filter(r -> r.condition().kind() == Rule.Kind.THRESHOLD)
        .map(r -> (Rule.Threshold) r.condition())
        .filter(t -> t.direction() == Rule.Direction.ABOVE)
        .findFirst();
  }
}
