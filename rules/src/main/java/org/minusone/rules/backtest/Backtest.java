package org.minusone.rules.backtest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.minusone.model.Family;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.rules.evaluate.Outcome;
import org.minusone.rules.evaluate.RuleEvaluator;
import org.minusone.rules.evaluate.SensorState;
import org.minusone.rules.forecast.Forecaster;
import org.minusone.rules.forecast.Forecasters;
import org.minusone.rules.forecast.Task;

/**
 * The live evaluator over recorded readings. There are no ticks: nothing fires after a sensor's
 * last reading (CONTRACTS §2.4).
 */
public final class Backtest {
  /** The order of CONTRACTS §2.6. */
  public static final Comparator<Signal> ORDER =
      Comparator.comparing(Signal::time)
          .thenComparing(Signal::sensor)
          .thenComparing(Signal::rule)
          .thenComparing(s -> s.quantity() == null ? "" : s.quantity().id())
          .thenComparing(s -> s.signal().id())
          .thenComparing(Signal::limit, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final List<Rule> rules;
  private final int version;
  private final BiFunction<String, Task, Forecaster> methods;
  private final Map<Family, RuleEvaluator> evaluators = new EnumMap<>(Family.class);
  private final Map<SensorKey, SensorState> sensors = new HashMap<>();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);

  /**
   * @param rules of a site, of all families
   * @param version signals name it
   */
  public Backtest(List<Rule> rules, int version) {
    this(rules, version, Forecasters::of);
  }

  /** With other forecasters than those of that name, to score them. */
  public Backtest(List<Rule> rules, int version, BiFunction<String, Task, Forecaster> methods) {
    this.rules = List.copyOf(rules);
    this.version = version;
    this.methods = methods;
  }

  /**
   * Runs once; the readings of a sensor in order of time.
   *
   * @return in {@link #ORDER}
   */
  public List<Signal> run(Iterable<Reading> readings) {
    List<Signal> signals = new ArrayList<>();
    for (Reading reading : readings) {
      Outcome outcome =
          evaluator(reading.family())
              .reading(
                  sensors.computeIfAbsent(
                      reading.key(), key -> new SensorState(key, reading.family())),
                  reading,
                  signals);
      outcomes.merge(outcome, 1L, Long::sum);
    }
    signals.sort(ORDER);
    return signals;
  }

  /** How many readings were evaluated, duplicates and late. */
  public Map<Outcome, Long> outcomes() {
    return Map.copyOf(outcomes);
  }

  private RuleEvaluator evaluator(Family family) {
    return evaluators.computeIfAbsent(
        family,
        f ->
            new RuleEvaluator(
                rules.stream().filter(rule -> rule.family() == f).toList(),
                version,
                Instant.EPOCH,
                methods));
  }
}
