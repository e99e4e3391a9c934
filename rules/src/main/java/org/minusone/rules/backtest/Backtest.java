package org.minusone.rules.backtest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.minusone.model.Maintenance;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.Verdict;
import org.minusone.rules.evaluate.Evaluators;
import org.minusone.rules.evaluate.Gatherings;
import org.minusone.rules.evaluate.Outcome;
import org.minusone.rules.evaluate.PlaceState;
import org.minusone.rules.evaluate.SensorState;
import org.minusone.rules.evaluate.TogetherEvaluator;
import org.minusone.rules.expression.CelExpressions;
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

  private final Evaluators evaluators;
  private final Gatherings gatherings;
  private final Map<SensorKey, SensorState> sensors = new HashMap<>();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<String, Long> flags = new TreeMap<>();

  /**
   * @param rules of a site, of all families
   * @param version signals name it
   */
  public Backtest(List<Rule> rules, int version) {
    this(rules, Map.of(), List.of(), version);
  }

  /** With other forecasters than those of that name, to score them. */
  public Backtest(List<Rule> rules, int version, BiFunction<String, Task, Forecaster> methods) {
    this(rules, Map.of(), List.of(), version, methods);
  }

  /**
   * As above, at a site.
   *
   * @param registry says where sensors are and what is stored there; without it only overrides that
   *     name a sensor hold
   * @param maintenance when sensors are out of service
   */
  public Backtest(
      List<Rule> rules,
      Map<SensorId, Sensor> registry,
      List<Maintenance> maintenance,
      int version) {
    this(rules, registry, maintenance, version, Forecasters::of);
  }

  private Backtest(
      List<Rule> rules,
      Map<SensorId, Sensor> registry,
      List<Maintenance> maintenance,
      int version,
      BiFunction<String, Task, Forecaster> methods) {
    gatherings = new Gatherings(rules, registry, version);
    evaluators =
        new Evaluators(
            List.copyOf(rules),
            registry,
            maintenance,
            version,
            Instant.EPOCH,
            CelExpressions.LANGUAGE,
            methods);
  }

  /**
   * Runs once; the readings of a sensor in order of time.
   *
   * @return in {@link #ORDER}
   */
  public List<Signal> run(Iterable<Reading> readings) {
    List<Signal> signals = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (Reading reading : readings) {
      Outcome outcome =
          evaluators
              .of(reading.sensor(), reading.family())
              .reading(
                  sensors.computeIfAbsent(
                      reading.key(), key -> new SensorState(key, reading.family())),
                  reading,
                  signals,
                  verdicts);
      for (Verdict verdict : verdicts) {
        flags.merge(verdict.test() + " " + verdict.flag().code(), 1L, Long::sum);
      }
      verdicts.clear();
      outcomes.merge(outcome, 1L, Long::sum);
    }
    signals.sort(ORDER);
    List<Signal> together = together(signals);
    if (!together.isEmpty()) {
      signals.addAll(together);
      signals.sort(ORDER);
    }
    return signals;
  }

  /** What the rules over other rules say, in the order of their times. */
  private List<Signal> together(List<Signal> single) {
    List<Signal> together = new ArrayList<>();
    Map<String, PlaceState> places = new HashMap<>();
    for (Signal signal : single) {
      for (TogetherEvaluator evaluator : gatherings.listeningTo(signal)) {
        evaluator
            .placeOf(signal)
            .ifPresent(
                place ->
                    places.compute(
                        evaluator.rule() + "/" + place,
                        (key, state) -> evaluator.signal(state, signal, together)));
      }
    }
    return together;
  }

  /** How many readings were evaluated, duplicates and late. */
  public Map<Outcome, Long> outcomes() {
    return Map.copyOf(outcomes);
  }

  /** How many flags each quality test gave, {@code spike 4}: those beyond what the rows have. */
  public Map<String, Long> flags() {
    return new TreeMap<>(flags);
  }
}
