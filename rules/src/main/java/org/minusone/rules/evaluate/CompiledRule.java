package org.minusone.rules.evaluate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.minusone.model.Level;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.rules.forecast.Forecaster;
import org.minusone.rules.forecast.Task;

/**
 * A rule made ready for the hot path: levels as arrays, the mildest first, on mirrored values that
 * only rise towards danger. A state rule is a ladder too: a word stands as high as the worst level
 * that names it; and a free condition: as high as the worst level whose expression holds.
 */
final class CompiledRule {
  final String name;
  final Rule.Kind kind;

  /** Null for the silence of a sensor. */
  final Quantity quantity;

  /** Those whose good readings it is evaluated by; none for silence and quality. */
  final Quantity[] reads;

  final Level[] levels;

  /** As signals name them; null entries for what has no limit. */
  final Double[] limits;

  private final double sign;

  /** Mirrored: at or past it the level is reached. */
  private final double[] raiseAt;

  /** Mirrored: below it the level is left. */
  private final double[] clearBelow;

  private final Rule.Deadband deadband;

  /** Null where speed does not matter. */
  final Rule.Steep steep;

  /** Mirrored: the nearer limits of a fast rise; {@code NaN} for a level without. */
  private final double[] steepAt;

  /** The window of the rule's slope; 0 where it looks at none. */
  private final long slopeOverMs;

  /** A free condition's, by level; null for other rules. */
  private final Expression[] expressions;

  final boolean asksForAges;
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
      Expressions language,
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
    Rule.Deadband written = Rule.Deadband.NONE;
    Rule.Steep fast = null;
    long over = 0;
    if (rule.condition() instanceof Rule.Threshold threshold) {
      forecast = threshold.forecast();
      direction = threshold.direction();
      written = threshold.deadband();
      fast = threshold.steep();
      over = fast == null ? 0 : fast.over().toMillis();
    } else if (rule.condition() instanceof Rule.Rate rate) {
      direction = rate.direction();
      written = rate.deadband();
      over = rate.over().toMillis();
    }
    deadband = written == null ? Rule.Deadband.NONE : written;
    steep = fast;
    slopeOverMs = over;
    sign = direction == Rule.Direction.ABOVE ? 1 : -1;
    for (int i = 0; i < n; i++) {
      Rule.Limit limit = ladder.get(levels[i]);
      limits[i] = hasLimits(kind) ? Double.valueOf(limit.value()) : null;
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
    steepAt = steep == null ? null : new double[n];
    expressions = kind == Rule.Kind.WHEN ? new Expression[n] : null;
    for (int i = 0; i < n; i++) {
      if (steep != null) {
        steepAt[i] = sign * steep.limits().getOrDefault(levels[i], Double.NaN);
      }
      if (expressions != null) {
        String text = ((Rule.When) rule.condition()).levels().get(levels[i]);
        expressions[i] = language.compile(rule.family(), text);
        words.append(text).append('\n');
      }
    }
    reads = reads();
    asksForAges =
        expressions != null && Arrays.stream(expressions).anyMatch(Expression::asksForAges);
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
            + (slopeOverMs == 0 ? "" : "over" + slopeOverMs)
            + (steep == null ? "" : "steep" + steep.perMinute() + Arrays.toString(steepAt))
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
  static CompiledRule of(
      Rule rule, Expressions language, BiFunction<String, Task, Forecaster> methods) {
    return switch (rule.condition().kind()) {
      case THRESHOLD -> {
        Rule.Threshold threshold = (Rule.Threshold) rule.condition();
        yield new CompiledRule(
            rule, threshold.levels(), threshold.keepFiringFor(), language, methods);
      }
      case STATE -> {
        Rule.State state = (Rule.State) rule.condition();
        yield new CompiledRule(
            rule,
            ranked(state.levels().keySet(), state.hold()),
            state.keepFiringFor(),
            language,
            methods);
      }
      case WHEN -> {
        Rule.When when = (Rule.When) rule.condition();
        yield new CompiledRule(
            rule,
            ranked(when.levels().keySet(), when.hold()),
            when.keepFiringFor(),
            language,
            methods);
      }
      case RATE -> {
        Rule.Rate rate = (Rule.Rate) rule.condition();
        yield new CompiledRule(rule, rate.levels(), rate.keepFiringFor(), language, methods);
      }
      case SILENT -> {
        Rule.Silent silent = (Rule.Silent) rule.condition();
        Rule.Limit limit = new Rule.Limit(silent.after().toMillis() / 1000.0, Duration.ZERO);
        yield new CompiledRule(
            rule, Map.of(silent.level(), limit), Duration.ZERO, language, methods);
      }
      case QUALITY -> {
        Rule.Quality quality = (Rule.Quality) rule.condition();
        Map<Level, Rule.Limit> ladder = new HashMap<>();
        quality
            .levels()
            .forEach(
                (level, from) -> ladder.put(level, new Rule.Limit(from.code(), quality.hold())));
        yield new CompiledRule(rule, ladder, quality.keepFiringFor(), language, methods);
      }
      case TOGETHER ->
          throw new IllegalArgumentException("rule " + rule.name() + " is of no one sensor");
    };
  }

  /** A ladder without limits: its levels stand on 0, 1, 2 … */
  private static Map<Level, Rule.Limit> ranked(Set<Level> levels, Duration hold) {
    Map<Level, Rule.Limit> ladder = new HashMap<>();
    List<Level> sorted = levels.stream().sorted().toList();
    for (int i = 0; i < sorted.size(); i++) {
      ladder.put(sorted.get(i), new Rule.Limit(i, hold));
    }
    return ladder;
  }

  /** Words, flags and expressions are no limits to tell. */
  private static boolean hasLimits(Rule.Kind kind) {
    return switch (kind) {
      case THRESHOLD, RATE, SILENT -> true;
      case STATE, WHEN, QUALITY, TOGETHER -> false;
    };
  }

  private Quantity[] reads() {
    return switch (kind) {
      case THRESHOLD, RATE, STATE -> new Quantity[] {quantity};
      case WHEN ->
          Arrays.stream(expressions)
              .flatMap(expression -> expression.reads().stream())
              .distinct()
              .toArray(Quantity[]::new);
      case SILENT, QUALITY, TOGETHER -> new Quantity[0];
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

  /** Where a flag stands on the ladder of a quality rule. */
  static double position(QualityFlag flag) {
    return switch (flag) {
      case PASS, NOT_EVALUATED -> 0;
      case SUSPECT -> QualityFlag.SUSPECT.code();
      case FAIL, MISSING -> QualityFlag.FAIL.code();
    };
  }

  /** Where a reading stands on the ladder. */
  double position(double value, String word) {
    return kind == Rule.Kind.STATE ? ranks.getOrDefault(word, -1).doubleValue() : sign * value;
  }

  /** The worst level whose condition holds, the mildest is 0; −1 for none. */
  int worst(Expression.Latest latest) {
    int i = expressions.length - 1;
    while (i >= 0 && !expressions[i].holds(latest)) {
      i--;
    }
    return i;
  }

  boolean isAtOrPast(int level, double position) {
    return position >= raiseAt[level];
  }

  boolean isAtOrPast(int level, Standing at) {
    return at.position >= raiseAt[level] || at.steep && at.position >= steepAt[level];
  }

  /** Whether a fast rise would matter at {@code position}. */
  boolean isNearSteep(double position) {
    for (double limit : steepAt) {
      if (position >= limit) {
        return true;
      }
    }
    return false;
  }

  boolean isSteep(double slopePerS) {
    return sign * slopePerS * 60 >= steep.perMinute();
  }

  /** The limit by which {@code level} is reached at {@code position}; {@code NaN} without one. */
  double limitAt(int level, double position) {
    if (limits[level] == null) {
      return Double.NaN;
    }
    boolean far = steep == null || position >= raiseAt[level] || Double.isNaN(steepAt[level]);
    return far ? limits[level] : sign * steepAt[level];
  }

  /**
   * Whether {@code position} is inside the limit by more than the deadband.
   *
   * @param limit by which the level was reached: only with a fast rise not always the same
   */
  boolean isInside(int level, double position, double limit) {
    return steep == null
        ? position < clearBelow[level]
        : position < sign * limit - deadband.at(limit);
  }

  boolean isAnyFailing(SensorState sensor) {
    for (Quantity quantity : reads) {
      if (sensor.isFailing(quantity)) {
        return true;
      }
    }
    return false;
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
    state.slope = slopeOverMs == 0 ? null : new Slope(slopeOverMs);
    for (int i = 0; i < targets.length; i++) {
      state.foreseen[i].level = targets[i];
    }
    return state;
  }
}
