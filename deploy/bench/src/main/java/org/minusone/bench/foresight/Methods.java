package org.minusone.bench.foresight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.minusone.model.Level;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.Signal;
import org.minusone.rules.backtest.Backtest;
import org.minusone.rules.forecast.Forecaster;
import org.minusone.rules.forecast.Forecasters;
import org.minusone.rules.forecast.Outlook;
import org.minusone.rules.forecast.RiseFit;
import org.minusone.rules.forecast.RiseWeights;
import org.minusone.rules.forecast.Sampled;
import org.minusone.rules.forecast.Task;
import org.minusone.rules.forecast.TrendFit;
import org.minusone.rules.forecast.TrendWeights;
import org.minusone.rules.score.Crossing;
import org.minusone.rules.score.Question;
import org.minusone.rules.score.Score;
import org.minusone.rules.score.Scorer;

/** One recording, by every method: the fitted ones by constants fitted without the sensor. */
final class Methods {
  private static final int FOLDS = 10;

  private final Recording recording;
  private final Kind kind;

  Methods(Recording recording) {
    this.recording = recording;
    this.kind = recording.kind();
  }

  /** What a method made of one limit; {@code chances} only of methods with fitted ones. */
  record Result(Score score, Chances chances) {
    static final Result NOTHING = new Result(Score.NOTHING, new Chances());

    Result plus(Result other) {
      return new Result(score.plus(other.score), chances.plus(other.chances));
    }
  }

  /** By limit. */
  Map<Double, Result> of(String method) {
    return switch (method) {
      case "three-trends" -> crossValidated(method, this::fitTrends);
      case "t-squared" -> crossValidated(method, this::fitRise);
      default -> run(method, Forecasters::of, List.copyOf(recording.sensors().keySet()), false);
    };
  }

  /** With the constants that rules have, fitted on whatever they were fitted on. */
  Map<Double, Result> shipped(String method) {
    return run(method, Forecasters::of, List.copyOf(recording.sensors().keySet()), true);
  }

  private interface Fit {
    BiFunction<String, Task, Forecaster> to(List<SensorId> sensors);
  }

  private Map<Double, Result> crossValidated(String method, Fit fit) {
    int folds =
        (int)
            Math.min(
                FOLDS,
                kind.isHeat()
                    ? recording.sensors().keySet().stream()
                        .map(s -> s.value().split("-", 2)[0])
                        .distinct()
                        .count()
                    : recording.sensors().size());
    Map<Double, Result> sum = new LinkedHashMap<>();
    for (int fold = 0; fold < folds; fold++) {
      BiFunction<String, Task, Forecaster> fitted =
          folds < 2 ? Forecasters::of : fit.to(recording.fold(fold, folds, false));
      run(method, fitted, recording.fold(fold, folds, true), true)
          .forEach((limit, result) -> sum.merge(limit, result, Result::plus));
    }
    return sum;
  }

  private BiFunction<String, Task, Forecaster> fitTrends(List<SensorId> sensors) {
    return trendsBy(trendWeights(sensors));
  }

  private static BiFunction<String, Task, Forecaster> trendsBy(TrendWeights weights) {
    return (name, task) -> Forecasters.threeTrends(task, weights);
  }

  TrendWeights trendWeights(List<SensorId> sensors) {
    TrendFit fit = new TrendFit(task(kind.limits()));
    Map<SensorId, Sampled> sampled = new LinkedHashMap<>();
    sensors.forEach(sensor -> sampled.put(sensor, recording.sampled(sensor)));
    sampled.values().forEach(fit::add);
    TrendWeights weights = new TrendWeights(fit.risk(), TrendWeights.STREETS.interval());
    Map<Double, Result> warned = run("three-trends", trendsBy(weights), sensors, false);
    for (int target = 0; target < kind.limits().size(); target++) {
      for (Crossing c : warned.get(kind.limits().get(target)).score().crossings()) {
        if (c.isForeseen()) {
          fit.addTrue(
              sampled.get(c.sensor()), weights.risk(), target, c.warning().atMs(), c.leadS());
        }
      }
    }
    return new TrendWeights(weights.risk(), fit.interval());
  }

  private BiFunction<String, Task, Forecaster> fitRise(List<SensorId> sensors) {
    RiseWeights weights = riseWeights(sensors);
    return (name, task) -> Forecasters.tSquared(task, weights);
  }

  RiseWeights riseWeights(List<SensorId> sensors) {
    RiseFit fit = new RiseFit();
    Map<SensorId, Sampled> sampled = new LinkedHashMap<>();
    sensors.forEach(sensor -> sampled.put(sensor, recording.sampled(sensor)));
    Map<Double, Result> warned = run("t-squared", Forecasters::of, sensors, false);
    for (double limit : kind.judged()) {
      Task task = task(List.of(limit));
      sampled.values().forEach(sensor -> fit.add(task, sensor));
      for (Crossing c : warned.get(limit).score().crossings()) {
        if (c.isForeseen()) {
          fit.addTrue(task, sampled.get(c.sensor()), c.warning().atMs(), c.leadS());
        }
      }
    }
    return fit.weights();
  }

  private Task task(List<Double> limits) {
    return new Task(
        kind.quantity(),
        Rule.Direction.ABOVE,
        limits.stream().mapToDouble(Double::doubleValue).toArray(),
        kind.horizon());
  }

  private Map<Double, Result> run(
      String method,
      BiFunction<String, Task, Forecaster> methods,
      List<SensorId> sensors,
      boolean withChances) {
    List<Reading> readings = recording.readings(sensors);
    List<Rule> rules = new ArrayList<>();
    for (double limit : kind.all()) {
      rules.add(rule(method, limit));
    }
    List<Signal> signals = new Backtest(rules, 1, methods).run(readings);
    Map<Double, Result> results = new LinkedHashMap<>();
    for (double limit : kind.all()) {
      Question question = Question.above(kind.quantity(), limit, kind.horizon(), kind.deadband());
      Score score =
          Scorer.score(
              kind.openEndIsFalse() ? question : question.undecidedAtTheEnd(),
              readings,
              signals.stream().filter(s -> s.rule().equals(name(limit))).toList());
      results.put(
          limit,
          new Result(
              score, withChances ? chances(method, methods, sensors, limit) : new Chances()));
    }
    return results;
  }

  private Chances chances(
      String method,
      BiFunction<String, Task, Forecaster> methods,
      List<SensorId> sensors,
      double limit) {
    Chances chances = new Chances();
    Forecaster forecaster = methods.apply(method, task(List.of(limit)));
    double horizonS = kind.horizon().toMillis() / 1000.0;
    Outlook outlook = new Outlook();
    for (SensorId sensor : sensors) {
      Sampled sampled = recording.sampled(sensor);
      boolean[] crosses = sampled.crossesWithin(horizonS, limit, 1);
      sampled.walk(
          forecaster,
          (i, memory) -> {
            double value = sampled.values()[i];
            if (value < limit) {
              forecaster.foresees(memory, value, 0, outlook);
              chances.add(outlook.probability, crosses[i]);
            }
          });
    }
    return chances;
  }

  private Rule rule(String method, double limit) {
    return new Rule(
        name(limit),
        recording.family(),
        kind.quantity(),
        new Rule.Threshold(
            Rule.Direction.ABOVE,
            Map.of(Level.ALARM, new Rule.Limit(limit, Duration.ZERO)),
            new Rule.Deadband(kind.deadband(), false),
            Duration.ZERO,
            new Rule.Forecast(List.of(Level.ALARM), kind.horizon(), null, method)),
        null,
        null,
        null);
  }

  private static String name(double limit) {
    return "to-" + limit;
  }
}
