package org.minusone.rules.evaluate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.rules.forecast.Forecaster;
import org.minusone.rules.forecast.Task;

/**
 * A rule made ready for the hot path: levels as arrays, the mildest first, on mirrored values that
 * only rise towards danger. A state rule is a ladder too: a word stands as high as the worst level
 * that names it.
 */
final class CompiledRule {
  final String name;
  final Rule.Kind kind;

  /** Null for silence. */
  final Quantity quantity;

  final Level[] levels;

  /** As signals name them; null entries for a state. */
  final Double[] limits;

  private final double sign;

  /** Mirrored: at or past it the level is reached. */
  private final double[] raiseAt;

  /** Mirrored: below it the level is left. */
  private final double[] clearBelow;

  final long[] holdMs;
  final long keepMs;
  private final Map<String, Integer> ranks = new HashMap<>();

  /** Null where nothing is foreseen. */
  final Forecaster forecaster;

  /** Index of each target's level. */
  final int[] targets;

  final long expiresAfterMs;
  final long withdrawAfterMs;
  final int print;
  final int forecastPrint;

  private CompiledRule(
      Rule rule,
      Map<Level, Rule.Limit> ladder,
      Duration keep,
      BiFunction<String, Task, Forecaster> methods) {
    name = rule.name();
    kind = rule.condition().kind();
    quantity = rule.quantity();
    levels = ladder.keySet().stream().sorted().toArray(Level[]::new);
    int n = levels.length;
    limits = new Double[n];
    raiseAt = new double[n];
    clearBelow = new double[n];
    holdMs = new long[n];
    keepMs = millis(keep);
    Rule.Forecast forecast = null;
    Rule.Direction direction = Rule.Direction.ABOVE;
    Rule.Deadband deadband = Rule.Deadband.NONE;
    if (rule.condition() instanceof Rule.Threshold threshold) {
      forecast = threshold.forecast();
      direction = threshold.direction();
      deadband = threshold.deadband() == null ? Rule.Deadband.NONE : threshold.deadband();
    }
    sign = direction == Rule.Direction.ABOVE ? 1 : -1;
    for (int i = 0; i < n; i++) {
      Rule.Limit limit = ladder.get(levels[i]);
      limits[i] = kind == Rule.Kind.STATE ? null : Double.valueOf(limit.value());
      raiseAt[i] = sign * limit.value();
      clearBelow[i] = raiseAt[i] - deadband.at(limit.value());
      holdMs[i] = millis(limit.hold());
    }
    StringBuilder words = new StringBuilder();
    if (rule.condition() instanceof Rule.State state) {
      for (int i = 0; i < n; i++) {
        List<String> sorted = state.levels().get(levels[i]).stream().sorted().toList();
        words.append(levels[i].id()).append(sorted);
        for (String word : sorted) {
          ranks.put(word, i);
        }
      }
    }
    targets = forecast == null ? new int[0] : targets(forecast);
    double[] aims = new double[targets.length];
    for (int i = 0; i < aims.length; i++) {
      aims[i] = limits[targets[i]];
    }
    forecaster =
        forecast == null
            ? null
            : methods.apply(
                forecast.method(),
                new Task(
                    quantity,
                    direction,
                    aims,
                    forecast.horizon(),
                    forecast.probability(),
                    forecast.interval()));
    expiresAfterMs = forecast == null ? 0 : 4 * forecast.horizon().toMillis();
    withdrawAfterMs =
        forecast == null
            ? 0
            : forecast.withdrawAfter() == null
                ? forecaster.withdrawAfter().toMillis()
                : forecast.withdrawAfter().toMillis();
    String ladderText =
        kind.name()
            + (quantity == null ? "" : quantity.id())
            + direction.name()
            + Arrays.toString(raiseAt)
            + Arrays.toString(clearBelow)
            + Arrays.toString(holdMs)
            + Arrays.stream(levels).map(Level::id).toList()
            + keepMs
            + words;
    String forecastText =
        forecast == null
            ? ""
            : forecaster.method()
                + direction.name()
                + quantity.id()
                + Arrays.toString(aims)
                + Arrays.stream(targets).mapToObj(t -> levels[t].id()).toList()
                + forecast.horizon()
                + withdrawAfterMs
                + (forecast.probability() == null ? "" : "p" + forecast.probability())
                + (forecast.interval() == null ? "" : forecast.interval());
    forecastPrint = forecastText.hashCode();
    print = 31 * ladderText.hashCode() + forecastPrint;
  }

  /** Silence is one level whose limit is its seconds and whose time the caller counts. */
  static CompiledRule of(Rule rule, BiFunction<String, Task, Forecaster> methods) {
    return switch (rule.condition().kind()) {
      case THRESHOLD -> {
        Rule.Threshold threshold = (Rule.Threshold) rule.condition();
        yield new CompiledRule(rule, threshold.levels(), threshold.keepFiringFor(), methods);
      }
      case STATE -> {
        Rule.State state = (Rule.State) rule.condition();
        Map<Level, Rule.Limit> ladder = new HashMap<>();
        List<Level> sorted = state.levels().keySet().stream().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
          ladder.put(sorted.get(i), new Rule.Limit(i, state.hold()));
        }
        yield new CompiledRule(rule, ladder, state.keepFiringFor(), methods);
      }
      case SILENT -> {
        Rule.Silent silent = (Rule.Silent) rule.condition();
        Rule.Limit limit = new Rule.Limit(silent.after().toMillis() / 1000.0, Duration.ZERO);
        yield new CompiledRule(rule, Map.of(silent.level(), limit), Duration.ZERO, methods);
      }
    };
  }

  private int[] targets(Rule.Forecast forecast) {
    List<Integer> found = new ArrayList<>();
    for (Level to : forecast.to()) {
      int i = Arrays.asList(levels).indexOf(to);
      if (i < 0) {
        throw new IllegalArgumentException(
            "rule " + name + ": forecast to " + to.id() + ", which has no limit");
      }
      found.add(i);
    }
    if (found.isEmpty()) {
      found.add(Math.max(0, Arrays.asList(levels).indexOf(Level.ALARM)));
    }
    return found.stream().distinct().mapToInt(Integer::intValue).toArray();
  }

  private static long millis(Duration duration) {
    return duration == null ? 0 : duration.toMillis();
  }

  /** Where a reading stands on the ladder. */
  double position(double value, String word) {
    return kind == Rule.Kind.STATE ? ranks.getOrDefault(word, -1).doubleValue() : sign * value;
  }

  /** How many levels {@code position} is at or past. */
  int rank(double position) {
    int n = 0;
    while (n < raiseAt.length && position >= raiseAt[n]) {
      n++;
    }
    return n;
  }

  boolean isAtOrPast(int level, double position) {
    return position >= raiseAt[level];
  }

  /** Whether {@code position} is inside the limit by more than the deadband. */
  boolean isInside(int level, double position) {
    return position < clearBelow[level];
  }

  long silentAfterMs() {
    return Math.round(limits[0] * 1000);
  }

  RuleState newState() {
    double[] plain = new double[limits.length];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = limits[i] == null ? Double.NaN : limits[i];
    }
    RuleState state =
        new RuleState(
            name,
            print,
            forecastPrint,
            quantity,
            levels,
            plain,
            targets.length,
            forecaster == null ? 0 : forecaster.memorySize());
    for (int i = 0; i < targets.length; i++) {
      state.foreseen[i].level = targets[i];
    }
    return state;
  }
}
