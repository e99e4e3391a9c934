package org.minusone.rules.report;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.minusone.model.Level;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.Signal;
import org.minusone.rules.score.Crossing;
import org.minusone.rules.score.FalseWarning;
import org.minusone.rules.score.Question;
import org.minusone.rules.score.Score;
import org.minusone.rules.score.Scorer;

/**
 * What a backtest showed.
 *
 * @param rules in their order
 * @param signals how many of each kind, by its word, those about doubtful sensors included
 */
public record BacktestFigures(
    Provenance made,
    List<RuleFigures> rules,
    AlarmLoad load,
    ZoneId zone,
    Map<String, Integer> signals) {
  /** Of each kind, for each limit: enough to see what is wrong, few enough to look at. */
  private static final int CASES = 2;

  /** What is shown around a case of a rule that looks ahead to nothing. */
  private static final Duration USUAL_VIEW = Duration.ofMinutes(15);

  /**
   * @param registry where sensors are and what is stored there: rules with overrides are shown once
   *     for each set of sensors at which they are the same
   * @param readings in any order
   * @param signals in the order of CONTRACTS §2.6
   * @param zone days begin by
   */
  public static BacktestFigures of(
      Provenance made,
      List<Rule> rules,
      Map<SensorId, Sensor> registry,
      List<Reading> readings,
      List<Signal> signals,
      ZoneId zone) {
    Map<String, List<Signal>> told = new HashMap<>();
    signals.forEach(s -> told.computeIfAbsent(s.rule(), r -> new ArrayList<>()).add(s));
    Map<String, List<Reading>> series = series(readings);
    List<RuleFigures> figures = new ArrayList<>();
    for (Rule rule : rules) {
      List<Signal> own = told.getOrDefault(rule.name(), List.of());
      if (rule.overrides().isEmpty()) {
        figures.add(rule(rule, own, series.getOrDefault(key(rule), List.of())));
      } else {
        figures.addAll(overridden(rule, registry, own, series.getOrDefault(key(rule), List.of())));
      }
    }
    Map<String, Integer> kinds = new TreeMap<>();
    signals.forEach(s -> kinds.merge(s.signal().id(), 1, Integer::sum));
    return new BacktestFigures(made, figures, AlarmLoad.of(signals, readings, zone), zone, kinds);
  }

  private static List<RuleFigures> overridden(
      Rule rule, Map<SensorId, Sensor> registry, List<Signal> signals, List<Reading> readings) {
    List<Rule> different = new ArrayList<>();
    Map<SensorId, Integer> at = new HashMap<>();
    List<List<Reading>> readingsOf = new ArrayList<>();
    for (Reading r : readings) {
      int i = at.computeIfAbsent(r.sensor(), id -> number(rule, id, registry, different));
      if (i >= 0) {
        while (readingsOf.size() <= i) {
          readingsOf.add(new ArrayList<>());
        }
        readingsOf.get(i).add(r);
      }
    }
    List<RuleFigures> figures = new ArrayList<>();
    for (int i = 0; i < different.size(); i++) {
      int here = i;
      List<Signal> own =
          signals.stream().filter(s -> at.getOrDefault(s.sensor(), -1) == here).toList();
      figures.add(rule(different.get(i), own, readingsOf.get(i)));
    }
    return figures;
  }

  /** Which of the {@code different} forms of the rule holds at a sensor; −1 where it is off. */
  private static int number(
      Rule rule, SensorId id, Map<SensorId, Sensor> registry, List<Rule> different) {
    Rule here = rule.at(id, registry.get(id)).orElse(null);
    if (here != null && !different.contains(here)) {
      different.add(here);
    }
    return here == null ? -1 : different.indexOf(here);
  }

  private static String key(Rule rule) {
    return rule.family() + " " + rule.quantity();
  }

  /** By family and quantity, in order of time; what failed its range crossed nothing. */
  private static Map<String, List<Reading>> series(List<Reading> readings) {
    Map<String, List<Reading>> series = new HashMap<>();
    for (Reading r : readings) {
      if (Double.isFinite(r.value()) && r.flag() != QualityFlag.FAIL) {
        series.computeIfAbsent(r.family() + " " + r.quantity(), k -> new ArrayList<>()).add(r);
      }
    }
    series.values().forEach(list -> list.sort(Comparator.comparingLong(Reading::timeMs)));
    return series;
  }

  private static RuleFigures rule(Rule rule, List<Signal> signals, List<Reading> own) {
    Map<String, Integer> kinds = new TreeMap<>();
    signals.forEach(s -> kinds.merge(s.signal().id(), 1, Integer::sum));
    int alerts = (int) signals.stream().map(Signal::alert).distinct().count();
    List<LimitFigures> limits = new ArrayList<>();
    List<Case> cases = new ArrayList<>();
    if (rule.condition() instanceof Rule.Threshold threshold) {
      threshold
          .levels()
          .forEach(
              (level, limit) -> {
                LimitFigures figures =
                    limit(rule.quantity(), threshold, level, limit.value(), own, signals);
                limits.add(figures);
                if (figures.foreseen()) {
                  cases.addAll(missedAndFalse(figures, own, signals));
                }
              });
      cases.addAll(longest(threshold, own, signals));
    }
    return new RuleFigures(rule, limits, kinds, alerts, cases);
  }

  private static LimitFigures limit(
      Quantity quantity,
      Rule.Threshold threshold,
      Level level,
      double limit,
      List<Reading> readings,
      List<Signal> signals) {
    Rule.Forecast forecast = threshold.forecast();
    boolean foreseen = forecast != null && targets(threshold).contains(level);
    Question question;
    if (foreseen) {
      question = Question.of(quantity, threshold, limit);
    } else {
      Rule.Deadband deadband =
          threshold.deadband() == null ? Rule.Deadband.NONE : threshold.deadband();
      question = Question.above(quantity, limit, USUAL_VIEW, deadband.at(limit));
      question = threshold.direction() == Rule.Direction.ABOVE ? question : question.below();
    }
    Score score = Scorer.score(question, readings, foreseen ? signals : List.of());
    double horizonS = foreseen ? forecast.horizon().toMillis() / 1000.0 : Double.NaN;
    return new LimitFigures(level, limit, foreseen, horizonS, score);
  }

  /** CONTRACTS §4: alarm where nothing is said, else the lowest. */
  private static List<Level> targets(Rule.Threshold threshold) {
    List<Level> to = threshold.forecast().to();
    if (!to.isEmpty()) {
      return to;
    }
    return threshold.levels().containsKey(Level.ALARM)
        ? List.of(Level.ALARM)
        : List.of(threshold.levels().keySet().iterator().next());
  }

  private static List<Case> missedAndFalse(
      LimitFigures figures, List<Reading> readings, List<Signal> signals) {
    long horizonMs = Math.round(figures.horizonS() * 1000);
    List<Case> cases = new ArrayList<>();
    // The missed one that ended furthest from its limit, and the warning that kept people longest.
    for (Crossing c : worst(figures.score().missed(), c -> Math.abs(c.value() - figures.limit()))) {
      cases.add(
          of(
              Case.Kind.MISSED,
              c.sensor(),
              figures,
              c.timeMs(),
              Double.NaN,
              c.timeMs() - 2 * horizonMs,
              c.timeMs() + horizonMs / 2,
              readings,
              signals));
    }
    for (FalseWarning f :
        worst(figures.score().falseWarnings(), f -> (double) (f.endMs() - f.warning().atMs()))) {
      long at = f.warning().atMs();
      cases.add(
          of(
              Case.Kind.FALSE_WARNING,
              f.warning().sensor(),
              figures,
              at,
              (f.endMs() - at) / 1000.0,
              at - horizonMs,
              f.endMs() + horizonMs / 2,
              readings,
              signals));
    }
    return cases;
  }

  private static List<Case> longest(
      Rule.Threshold threshold, List<Reading> readings, List<Signal> signals) {
    List<Episode> over = Episode.of(signals).stream().filter(Episode::isOver).toList();
    List<Case> cases = new ArrayList<>();
    for (Episode e : worst(over, e -> (double) e.activeMs())) {
      LimitFigures figures =
          new LimitFigures(
              e.worst(), threshold.levels().get(e.worst()).value(), false, Double.NaN, null);
      long around = Math.max(USUAL_VIEW.toMillis(), e.activeMs() / 4);
      cases.add(
          of(
              Case.Kind.LONGEST,
              e.first().sensor(),
              figures,
              e.startMs(),
              e.activeMs() / 1000.0,
              e.startMs() - around,
              e.endMs() + around / 2,
              readings,
              signals));
    }
    return cases;
  }

  private static <T> List<T> worst(List<T> all, ToDoubleFunction<T> badness) {
    // Stable: of equally bad ones those that came first.
    return all.stream()
        .sorted(Comparator.comparingDouble(badness).reversed())
        .limit(CASES)
        .toList();
  }

  private static Case of(
      Case.Kind kind,
      SensorId sensor,
      LimitFigures figures,
      long atMs,
      double lastsS,
      long fromMs,
      long toMs,
      List<Reading> readings,
      List<Signal> signals) {
    List<Reading> shown =
        readings.stream()
            .filter(r -> r.timeMs() >= fromMs && r.timeMs() <= toMs)
            .filter(r -> r.sensor().equals(sensor))
            .toList();
    List<Signal> said =
        signals.stream()
            .filter(s -> s.sensor().equals(sensor))
            .filter(s -> s.time().toEpochMilli() >= fromMs && s.time().toEpochMilli() <= toMs)
            .toList();
    // No further than there is something to see.
    long from = shown.isEmpty() ? fromMs : Math.max(fromMs, shown.get(0).timeMs());
    long to = shown.isEmpty() ? toMs : Math.min(toMs, shown.get(shown.size() - 1).timeMs());
    return new Case(
        kind, sensor, figures.level(), figures.limit(), atMs, lastsS, from, to, shown, said);
  }
}
