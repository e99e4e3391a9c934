package org.minusone.rules.evaluate;

import static org.minusone.rules.evaluate.SensorState.NONE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.rules.forecast.Outlook;

/**
 * Says what was decided. It holds what all signals of one decision share (the sensor, the reading
 * behind it or the deadline), so that those who decide name only what differs.
 */
final class Voice {
  static final String INSIDE = "inside";
  static final String WITHDRAWN = "withdrawn";
  static final String EXPIRED = "expired";
  static final String GAP = "gap";
  static final String REPORTING = "reporting";
  static final String RULE_CHANGED = "rule-changed";
  static final String RETIRED = "retired";

  /** The rule name under which failing readings are told. */
  static final String QUALITY = Rule.QUALITY;

  private final int version;
  private SensorState sensor;
  private List<Signal> out = new ArrayList<>();
  private double value;
  private String word;
  private boolean late;
  private boolean delayed;
  private long arrivalMs;

  /** Null where no rule looked at more than the one reading. */
  private CompiledRule looking;

  private RuleState lookingState;
  private Standing standing;

  Voice(int version) {
    this.version = version;
  }

  void begin(SensorState sensor, List<Signal> out) {
    this.sensor = sensor;
    this.out = out;
  }

  /** What follows was caused by a reading. */
  void because(double value, String word, long arrivalMs, boolean late, boolean delayed) {
    this.value = value;
    this.word = word;
    this.arrivalMs = arrivalMs;
    this.late = late;
    this.delayed = delayed;
    looking = null;
  }

  /**
   * What a rule measured besides its one reading; until the next cause.
   *
   * @param at where the sensor stands by it
   */
  void measured(CompiledRule rule, RuleState state, Standing at) {
    looking = rule;
    lookingState = state;
    standing = at;
  }

  /** What follows was caused by a deadline: it tells the last good value. */
  void because(QuantityState last, long arrivalMs, boolean delayed) {
    because(
        last == null ? Double.NaN : last.value,
        last == null ? null : last.word,
        arrivalMs,
        false,
        delayed);
  }

  /** A level of a rule was reached or left, or a forewarning ended. */
  void level(RuleState rule, SignalKind kind, int level, long timeMs, String cause) {
    say(rule, kind, level, timeMs, cause, null, 0, null);
  }

  /** A crossing is foreseen, or expected at another time than was told. */
  void foreseen(
      CompiledRule compiled,
      RuleState rule,
      SignalKind kind,
      int level,
      long timeMs,
      Outlook outlook) {
    say(
        rule,
        kind,
        level,
        timeMs,
        null,
        outlook,
        compiled.forecaster.readings(rule.memory),
        compiled.forecaster.method());
  }

  private void say(
      RuleState rule,
      SignalKind kind,
      int level,
      long timeMs,
      String cause,
      Outlook outlook,
      int readings,
      String method) {
    if (rule.episodeMs == NONE) {
      // Two episodes may begin at one instant (a deadline and the reading at it): ids stay apart.
      rule.episodeMs = timeMs == rule.lastEpisodeMs ? timeMs + 1 : timeMs;
    }
    double limit = rule.limits[level];
    add(
        Signal.alertId(sensor.key, rule.name, rule.episodeMs),
        rule.name,
        rule.quantity,
        kind,
        timeMs,
        rule.levels[level],
        orNull(limit),
        outlook,
        readings,
        method,
        cause);
  }

  void suspect(Quantity quantity, SignalKind kind, long timeMs, String cause) {
    add(
        Signal.alertId(sensor.key, QUALITY, sensor.suspectSince),
        QUALITY,
        quantity,
        kind,
        timeMs,
        null,
        null,
        null,
        0,
        null,
        cause);
  }

  private void add(
      String alert,
      String rule,
      Quantity quantity,
      SignalKind kind,
      long timeMs,
      Level level,
      Double limit,
      Outlook outlook,
      int readings,
      String method,
      String cause) {
    boolean silence = quantity == null;
    double measured = value;
    String said = word;
    double slopePerS = Double.NaN;
    int slopePoints = 0;
    List<Signal.Used> used = List.of();
    if (looking != null) {
      if (looking.kind == Rule.Kind.WHEN) {
        QuantityState shown = sensor.quantities[quantity.ordinal()];
        measured = shown == null ? Double.NaN : shown.value;
        said = shown == null ? null : shown.word;
      }
      slopePerS = standing.slopePerS;
      slopePoints = Double.isNaN(slopePerS) ? 0 : lookingState.slope.points;
      used = standing.used(looking, sensor, lookingState);
    }
    out.add(
        new Signal(
            alert,
            sensor.key.site(),
            sensor.key.sensor(),
            sensor.family,
            rule,
            version,
            quantity,
            kind,
            Instant.ofEpochMilli(timeMs),
            level,
            limit,
            silence ? null : orNull(measured),
            silence ? null : said,
            outlook == null ? null : seconds(outlook.etaS),
            outlook == null ? null : seconds(outlook.etaLowS),
            outlook == null ? null : seconds(outlook.etaHighS),
            outlook == null ? null : orNull(outlook.probability),
            orNull(outlook == null ? slopePerS : outlook.slopePerS),
            outlook == null ? slopePoints : readings,
            method,
            cause,
            late,
            delayed,
            arrivalMs,
            used,
            null));
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }

  /** To the millisecond, as all our times. */
  private static Double seconds(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(Math.rint(value * 1000) / 1000);
  }
}
