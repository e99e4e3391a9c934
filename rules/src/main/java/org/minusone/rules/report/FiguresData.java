package org.minusone.rules.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minusone.model.Level;
import org.minusone.model.Signal;
import org.minusone.rules.score.Score;

/** The figures for a program, and as rows of a table. Numbers as decimals; null for none. */
public final class FiguresData {
  /** Of {@link #row}. */
  public static final String[] HEADS = {
    "rule",
    "limit",
    "events",
    "forewarned",
    "missed",
    "false",
    "recall",
    "precision",
    "median lead",
    "p10",
    "false/sensor-day",
    "time warned"
  };

  private FiguresData() {}

  public static String plain(double value) {
    return Decimals.text(value, 3).replace('\u2212', '-');
  }

  public static String[] row(RuleFigures rule, LimitFigures limit) {
    Score s = limit.score();
    return new String[] {
      rule.rule().name(),
      limit.level().id() + " " + plain(limit.limit()),
      String.valueOf(s.events()),
      String.valueOf(s.foreseen()),
      String.valueOf(s.missed().size()),
      String.valueOf(s.falseWarnings().size()),
      Decimals.text(s.recall(), 3),
      Decimals.text(s.precision(), 3),
      Decimals.span(s.leadMedianS()),
      Decimals.span(s.leadP10S()),
      Decimals.text(s.falsePerSensorDay(), 4),
      Decimals.percent(s.warnedShare(), 1)
    };
  }

  /** {@code rules}, {@code load}, {@code made}. */
  public static Map<String, Object> of(BacktestFigures figures) {
    Map<String, Object> data = new LinkedHashMap<>();
    List<Object> rules = new ArrayList<>();
    for (RuleFigures rule : figures.rules()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rule", rule.rule().name());
      one.put("alerts", rule.alerts());
      one.put("signals", rule.signals());
      List<Object> limits = new ArrayList<>();
      rule.limits().forEach(limit -> limits.add(limit(limit)));
      one.put("limits", limits);
      rules.add(one);
    }
    data.put("rules", rules);
    data.put("load", load(figures.load()));
    Provenance made = figures.made();
    Map<String, Object> from = new LinkedHashMap<>();
    from.put("rules", made.rules());
    from.put("rules_sha256", made.rulesHash());
    from.put("input", made.input());
    from.put("input_sha256", made.inputHash());
    from.put("program", made.program());
    data.put("made", from);
    return data;
  }

  private static Map<String, Object> limit(LimitFigures limit) {
    Score s = limit.score();
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("level", limit.level().id());
    one.put("limit", Decimals.of(limit.limit()));
    one.put("forecast", limit.foreseen());
    one.put("events", s.events());
    one.put("forewarned", limit.foreseen() ? s.foreseen() : null);
    one.put("missed", limit.foreseen() ? s.missed().size() : null);
    one.put("false", limit.foreseen() ? s.falseWarnings().size() : null);
    one.put("undecided", limit.foreseen() ? s.undecided() : null);
    one.put("recall", limit.foreseen() ? Decimals.of(s.recall()) : null);
    one.put("precision", limit.foreseen() ? Decimals.of(s.precision()) : null);
    one.put("lead_median_s", Decimals.of(s.leadMedianS()));
    one.put("lead_p10_s", Decimals.of(s.leadP10S()));
    one.put("false_per_sensor_day", limit.foreseen() ? Decimals.of(s.falsePerSensorDay()) : null);
    one.put("warned_share", limit.foreseen() ? Decimals.of(s.warnedShare()) : null);
    one.put("intervals", s.intervals());
    one.put("interval_coverage", Decimals.of(s.intervalCoverage()));
    return one;
  }

  private static Map<String, Object> load(AlarmLoad load) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("announcements", load.announcements());
    one.put("days", load.perDay().size());
    one.put("per_day", Decimals.of(load.perDayMean()));
    one.put("per_day_budget", AlarmLoad.BUDGET_PER_DAY);
    one.put("worst_day", load.worstDay());
    one.put("days_over_budget", load.daysOverBudget());
    one.put("slots_over_10_share", Decimals.of(load.crowdedShare()));
    one.put("worst_slot", load.worstSlot());
    one.put("chattering", load.chattering());
    one.put("fleeting", load.fleeting());
    one.put("stale", load.stale());
    List<Object> loudest = new ArrayList<>();
    for (AlarmLoad.Source s : load.loudest()) {
      Map<String, Object> source = new LinkedHashMap<>();
      source.put("sensor", s.sensor());
      source.put("announcements", s.announcements());
      source.put("share", Decimals.of(s.share()));
      loudest.add(source);
    }
    one.put("loudest", loudest);
    Map<String, Integer> byLevel = new LinkedHashMap<>();
    for (Level level : Level.values()) {
      byLevel.put(level.id(), load.byLevel().getOrDefault(level, 0));
    }
    one.put("by_level", byLevel);
    return one;
  }

  /** What other rules would change, and what they show. */
  public static Map<String, Object> of(Comparison comparison, BacktestFigures other) {
    Map<String, Object> data = new LinkedHashMap<>();
    List<Object> changes = new ArrayList<>();
    for (Comparison.Change c : comparison.changes()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rule", c.rule());
      one.put("signal", c.signal());
      one.put("same", c.same());
      one.put("moved", c.moved());
      one.put("moved_median_s", Decimals.of(c.movedMedianS()));
      one.put("only_a", c.onlyHere());
      one.put("only_b", c.onlyThere());
      changes.add(one);
    }
    data.put("changes", changes);
    data.put("only_a", signals(comparison.onlyHere()));
    data.put("only_b", signals(comparison.onlyThere()));
    data.put("b", of(other));
    return data;
  }

  private static List<Object> signals(List<Signal> signals) {
    List<Object> rows = new ArrayList<>();
    for (Signal s : signals) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("time", s.time().toString());
      one.put("sensor", s.sensor().value());
      one.put("rule", s.rule());
      one.put("signal", s.signal().id());
      one.put("limit", s.limit() == null ? null : Decimals.of(s.limit()));
      rows.add(one);
    }
    return rows;
  }
}
