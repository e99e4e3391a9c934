package org.minusone.rules.load;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;

/** Whether the sensors of a site can ever do what a {@code together} rule waits for. Pure. */
final class Gathered {
  private Gathered() {}

  /** Empty for what can be, for other rules, and where not all rules that it names are known. */
  static Optional<String> doubt(Rule rule, List<Rule> rules, Collection<Sensor> sensors) {
    if (!(rule.condition() instanceof Rule.Together together)
        || sensors.isEmpty()
        || !rules.stream().map(Rule::name).toList().containsAll(together.of())) {
      return Optional.empty();
    }
    Map<String, Set<String>> counted = new HashMap<>();
    boolean reached = false;
    for (Rule listened : rules) {
      if (!together.of().contains(listened.name())) {
        continue;
      }
      for (Sensor sensor : sensors) {
        if (sensor.family() != listened.family() || !reaches(listened, sensor, together.from())) {
          continue;
        }
        reached = true;
        String place = together.in().placeOf(sensor.place());
        if (place != null) {
          String what =
              together.distinct() == Rule.Distinct.RULES ? listened.name() : sensor.id().value();
          counted.computeIfAbsent(place, p -> new HashSet<>()).add(what);
        }
      }
    }
    String can = "'" + rule.name() + "' can never be: ";
    if (!reached) {
      return Optional.of(can + "no rule it names reaches '" + together.from().id() + "' here");
    }
    int most = counted.values().stream().mapToInt(Set::size).max().orElse(0);
    if (most >= together.atLeast()) {
      return Optional.empty();
    }
    String in = " in one " + together.in().id();
    return Optional.of(
        can
            + (most == 0
                ? "none of its sensors is in a " + together.in().id()
                : "at most " + most + " of its " + together.distinct().id() + " are" + in)
            + ", and "
            + together.atLeast()
            + " are wanted");
  }

  private static boolean reaches(Rule rule, Sensor sensor, Level from) {
    return rule.at(sensor.id(), sensor).stream()
        .flatMap(here -> levels(here.condition()).stream())
        .anyMatch(level -> level.compareTo(from) >= 0);
  }

  private static Set<Level> levels(Rule.Condition condition) {
    if (condition instanceof Rule.Threshold threshold) {
      return threshold.levels().keySet();
    }
    if (condition instanceof Rule.Rate rate) {
      return rate.levels().keySet();
    }
    if (condition instanceof Rule.State state) {
      return state.levels().keySet();
    }
    if (condition instanceof Rule.Quality quality) {
      return quality.levels().keySet();
    }
    if (condition instanceof Rule.When when) {
      return when.levels().keySet();
    }
    return condition instanceof Rule.Silent silent ? Set.of(silent.level()) : Set.of();
  }
}
