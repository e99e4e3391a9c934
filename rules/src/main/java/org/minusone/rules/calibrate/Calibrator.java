package org.minusone.rules.calibrate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.minusone.model.Level;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.Signal;
import org.minusone.rules.backtest.Backtest;
import org.minusone.rules.forecast.Forecasters;
import org.minusone.rules.score.Crossing;
import org.minusone.rules.score.FalseWarning;
import org.minusone.rules.score.Question;
import org.minusone.rules.score.Score;
import org.minusone.rules.score.Scorer;
import org.minusone.rules.score.Warning;

/**
 * Fits one rule's forecast to recorded readings. Deterministic: the same readings, in any order,
 * give the same proposal.
 *
 * <p>The operating point is, among {@link #POINTS}, the one that foresees most of those whose
 * warnings come true as often as is asked for (of equals the one with the longest lead, of those
 * the lowest); where none does, the one whose warnings come true most often. The interval's factors
 * put a tenth of the leads below its low end and a tenth above its high end.
 */
public final class Calibrator {
  /** Fewer true warnings say nothing about an interval's ends (D: two at each end). */
  static final int LEAST_WARNINGS = 20;

  private static final int FOLDS = 10;
  private static final int FIRST_POINT = 25;
  private static final int LAST_POINT = 95;
  private static final int STEP = 5;

  private final Rule rule;
  private final Rule.Threshold threshold;
  private final double precision;
  private final boolean openEndIsFalse;
  private final Map<SensorId, List<Reading>> sensors = new TreeMap<>();

  /** Null stands for the rule as it is. */
  private final Map<Double, Map<SensorId, Score>> scores = new LinkedHashMap<>();

  private Calibrator(
      Rule rule, Iterable<Reading> readings, double precision, boolean openEndIsFalse) {
    this.rule = rule;
    this.threshold = (Rule.Threshold) rule.condition();
    this.precision = precision;
    this.openEndIsFalse = openEndIsFalse;
    for (Reading reading : readings) {
      if (reading.family() == rule.family() && reading.quantity() == rule.quantity()) {
        sensors.computeIfAbsent(reading.sensor(), s -> new ArrayList<>()).add(reading);
      }
    }
    sensors.values().forEach(own -> own.sort((a, b) -> Long.compare(a.timeMs(), b.timeMs())));
  }

  /** Whether there is anything to calibrate about {@code rule}. */
  public static boolean applies(Rule rule) {
    return rule.condition() instanceof Rule.Threshold threshold && threshold.forecast() != null;
  }

  /**
   * @param rule one that {@link #applies}
   * @param readings of any sensors and quantities; those the rule does not watch are passed over
   * @param precision what share of the warnings should come true
   * @param openEndIsFalse see {@link Question}
   * @return empty when no sensor reports what the rule watches, or none ever crossed
   */
  public static Optional<Calibration> calibrate(
      Rule rule, Iterable<Reading> readings, double precision, boolean openEndIsFalse) {
    Calibrator calibrator = new Calibrator(rule, readings, precision, openEndIsFalse);
    return calibrator.sensors.isEmpty() ? Optional.empty() : calibrator.propose();
  }

  private Optional<Calibration> propose() {
    String method = threshold.forecast().method();
    List<Double> points = new ArrayList<>();
    if (Forecasters.hasOperatingPoint(method)) {
      for (int percent = FIRST_POINT; percent <= LAST_POINT; percent += STEP) {
        points.add(percent / 100.0);
      }
    } else {
      points.add(null);
    }
    for (Double point : points) {
      scores.put(point, score(point, null));
    }
    List<SensorId> all = List.copyOf(sensors.keySet());
    Score before =
        sum(score(threshold.forecast().probability(), threshold.forecast().interval()), all);
    if (before.events() == 0) {
      return Optional.empty();
    }
    Double chosen = choose(points, all);
    int folds = Math.min(FOLDS, all.size());
    Score heldOut = Score.NOTHING;
    for (int fold = 0; fold < folds; fold++) {
      List<SensorId> inside = new ArrayList<>();
      List<SensorId> others = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        (i % folds == fold ? inside : others).add(all.get(i));
      }
      List<SensorId> fitted = folds == 1 ? inside : others;
      Double point = choose(points, fitted);
      Optional<Rule.Stretch> stretch = stretch(sum(scores.get(point), fitted));
      heldOut =
          heldOut.plus(
              stretched(sum(scores.get(point), inside), stretch.orElse(Rule.Stretch.NONE)));
    }
    return Optional.of(
        new Calibration(
            rule.name(),
            method,
            chosen,
            stretch(sum(scores.get(chosen), all)).orElse(null),
            before,
            heldOut,
            all.size(),
            folds));
  }

  private Double choose(List<Double> points, List<SensorId> fitted) {
    Double best = points.get(0);
    Score bestScore = null;
    for (Double point : points) {
      Score score = sum(scores.get(point), fitted);
      if (bestScore == null || isBetter(score, bestScore)) {
        best = point;
        bestScore = score;
      }
    }
    return best;
  }

  private boolean isBetter(Score score, Score than) {
    boolean good = score.precision() >= precision;
    boolean thanGood = than.precision() >= precision;
    if (good != thanGood) {
      return good;
    }
    if (!good) {
      return orNothing(score.precision()) > orNothing(than.precision());
    }
    if (score.foreseen() != than.foreseen()) {
      return score.foreseen() > than.foreseen();
    }
    return orNothing(score.leadMedianS()) > orNothing(than.leadMedianS());
  }

  private static double orNothing(double value) {
    return Double.isNaN(value) ? -1 : value;
  }

  /** Empty with too few warnings to say. */
  private static Optional<Rule.Stretch> stretch(Score score) {
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (Crossing crossing : score.crossings()) {
      Warning warning = crossing.warning();
      if (warning != null && warning.etaLowS() != null && warning.etaLowS() > 0) {
        low.add(crossing.leadS() / warning.etaLowS());
        high.add(crossing.leadS() / warning.etaHighS());
      }
    }
    if (low.size() < LEAST_WARNINGS) {
      return Optional.empty();
    }
    low.sort(null);
    high.sort(null);
    int tenth = low.size() / 10;
    return Optional.of(
        new Rule.Stretch(factor(low.get(tenth)), factor(high.get(low.size() - 1 - tenth))));
  }

  /** To two digits: as it will stand in the file. */
  private static double factor(double value) {
    return Math.max(
        .01,
        Math.min(100, new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).doubleValue()));
  }

  private static Score stretched(Score score, Rule.Stretch by) {
    List<Crossing> crossings = new ArrayList<>();
    for (Crossing c : score.crossings()) {
      Warning w = c.warning();
      boolean plain = w == null || w.etaLowS() == null;
      crossings.add(
          plain
              ? c
              : new Crossing(
                  c.sensor(),
                  c.timeMs(),
                  c.value(),
                  new Warning(
                      w.sensor(),
                      w.atMs(),
                      w.etaLowS() * by.low(),
                      w.etaHighS() * by.high(),
                      w.probability())));
    }
    return new Score(
        crossings,
        score.falseWarnings(),
        score.undecided(),
        score.spanS(),
        score.calmS(),
        score.warnedS());
  }

  private static Score sum(Map<SensorId, Score> scores, List<SensorId> of) {
    List<Crossing> crossings = new ArrayList<>();
    List<FalseWarning> wrong = new ArrayList<>();
    int undecided = 0;
    double span = 0;
    double calm = 0;
    double warned = 0;
    for (SensorId sensor : of) {
      Score score = scores.get(sensor);
      crossings.addAll(score.crossings());
      wrong.addAll(score.falseWarnings());
      undecided += score.undecided();
      span += score.spanS();
      calm += score.calmS();
      warned += score.warnedS();
    }
    return new Score(crossings, wrong, undecided, span, calm, warned);
  }

  /** Of each sensor, over all targets, at another operating point and interval. */
  private Map<SensorId, Score> score(Double point, Rule.Stretch interval) {
    Rule.Forecast f = threshold.forecast();
    Rule.Threshold condition =
        new Rule.Threshold(
            threshold.direction(),
            threshold.levels(),
            threshold.deadband(),
            threshold.keepFiringFor(),
            new Rule.Forecast(f.to(), f.horizon(), f.withdrawAfter(), f.method(), point, interval));
    Rule tried = new Rule(rule.name(), rule.family(), rule.quantity(), condition, null, null, null);
    Map<SensorId, Score> result = new LinkedHashMap<>();
    sensors.forEach(
        (sensor, readings) -> {
          List<Signal> signals = new Backtest(List.of(tried), 1).run(readings);
          Score score = Score.NOTHING;
          for (Level level : f.to()) {
            double limit = threshold.levels().get(level).value();
            Question question = Question.of(rule.quantity(), condition, limit);
            score =
                score.plus(
                    Scorer.score(
                        openEndIsFalse ? question : question.undecidedAtTheEnd(),
                        readings,
                        signals));
          }
          result.put(sensor, score);
        });
    return result;
  }
}
