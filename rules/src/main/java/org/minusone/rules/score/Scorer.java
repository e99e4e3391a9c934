package org.minusone.rules.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;

/**
 * Holds signals against readings.
 *
 * <pre>
 * crossing   the first reading at or past the limit after re-arming (a reading inside it by more
 *            than the deadband). A series that starts past the limit gives none until it re-arms;
 *            readings further apart than the gap belong to two series
 * true       a warning that is open when the crossing comes, given at most 4 × horizon and more
 *            than 0 s before it
 * false      a warning that was cleared, outlived 4 × horizon, or (if the question says so) is open
 *            where its series ends
 * </pre>
 *
 * A {@code forewarned} opens a warning, a {@code cleared} of its limit closes it; what is said
 * between two series or while the limit is crossed is no forewarning.
 */
public final class Scorer {
  /** The reach of a warning, in horizons (CONTRACTS §4). */
  private static final int HORIZONS = 4;

  private static final double SAME_LIMIT = 1e-6;

  private final Question question;
  private final double sign;
  private final long reachMs;
  private final List<Crossing> crossings = new ArrayList<>();
  private final List<FalseWarning> falseWarnings = new ArrayList<>();
  private int undecided;
  private long spanMs;
  private long calmMs;
  private long warnedMs;

  /** The open warning; null when there is none. */
  private Warning warning;

  private boolean past;

  private Scorer(Question question) {
    this.question = question;
    sign = question.direction() == Rule.Direction.ABOVE ? 1 : -1;
    reachMs = HORIZONS * question.horizon().toMillis();
  }

  /**
   * @param readings in any order; those of other quantities are passed over
   * @param signals of one rule, in any order; other kinds, quantities and limits are passed over
   */
  public static Score score(
      Question question, Iterable<Reading> readings, Iterable<Signal> signals) {
    Map<SensorId, List<Reading>> series = new TreeMap<>();
    for (Reading reading : readings) {
      if (reading.quantity() == question.quantity()) {
        series.computeIfAbsent(reading.sensor(), s -> new ArrayList<>()).add(reading);
      }
    }
    Map<SensorId, List<Signal>> told = new TreeMap<>();
    for (Signal signal : signals) {
      if (concerns(question, signal)) {
        told.computeIfAbsent(signal.sensor(), s -> new ArrayList<>()).add(signal);
      }
    }
    Scorer scorer = new Scorer(question);
    series.forEach(
        (sensor, own) -> scorer.sensor(own, told.getOrDefault(sensor, new ArrayList<>())));
    return scorer.score();
  }

  private static boolean concerns(Question question, Signal signal) {
    boolean kind =
        signal.signal() == SignalKind.FOREWARNED || signal.signal() == SignalKind.CLEARED;
    return kind
        && signal.quantity() == question.quantity()
        && (signal.limit() == null || Math.abs(signal.limit() - question.limit()) < SAME_LIMIT);
  }

  private Score score() {
    return new Score(
        crossings, falseWarnings, undecided, spanMs / 1000.0, calmMs / 1000.0, warnedMs / 1000.0);
  }

  private void sensor(List<Reading> readings, List<Signal> signals) {
    readings.sort(Comparator.comparingLong(Reading::timeMs).thenComparingDouble(Reading::value));
    // At one instant an end comes before a beginning.
    signals.sort(Comparator.comparing(Signal::time).thenComparing(s -> s.signal().id()));
    int start = 0;
    int told = 0;
    while (start < readings.size()) {
      int end = start + 1;
      while (end < readings.size()
          && readings.get(end).timeMs() - readings.get(end - 1).timeMs()
              <= question.gap().toMillis()) {
        end++;
      }
      told = series(readings.subList(start, end), signals, told);
      start = end;
    }
  }

  /** One series; returns how many signals lie before its end. */
  private int series(List<Reading> readings, List<Signal> signals, int from) {
    int next = from;
    long last = readings.get(0).timeMs();
    long end = readings.get(readings.size() - 1).timeMs();
    spanMs += end - last;
    past = isPast(readings.get(0).value());
    warning = null;
    while (next < signals.size() && ms(signals.get(next)) < last) {
      next++; // said between two series: nothing to foresee there
    }
    for (Reading reading : readings) {
      long t = reading.timeMs();
      if (!past) {
        calmMs += t - last;
        warnedMs += warning == null ? 0 : t - Math.max(last, warning.atMs());
      }
      last = t;
      boolean crossing = !past && isPast(reading.value());
      if (past && isInside(reading.value())) {
        past = false;
      }
      while (next < signals.size() && comesBefore(ms(signals.get(next)), t, crossing)) {
        hear(signals.get(next++));
      }
      while (next < signals.size() && ms(signals.get(next)) <= t) {
        next++; // at the crossing itself it is no forewarning
      }
      if (crossing) {
        cross(reading);
      }
      if (warning != null && t - warning.atMs() > reachMs) {
        wrong(t, FalseWarning.Reason.OUTLIVED);
      }
    }
    if (warning != null) {
      undecided++;
      if (question.openEndIsFalse()) {
        wrong(end, FalseWarning.Reason.OPEN_AT_THE_END);
      }
      warning = null;
    }
    return next;
  }

  private static boolean comesBefore(long toldMs, long readingMs, boolean crossing) {
    return toldMs < readingMs || toldMs == readingMs && !crossing;
  }

  private void hear(Signal signal) {
    if (past) {
      return;
    }
    if (signal.signal() == SignalKind.CLEARED) {
      if (warning != null) {
        wrong(ms(signal), FalseWarning.Reason.CLEARED);
      }
    } else if (warning == null) {
      warning =
          new Warning(
              signal.sensor(),
              ms(signal),
              signal.etaLowS(),
              signal.etaHighS(),
              signal.probability());
    }
  }

  private void cross(Reading reading) {
    past = true;
    Warning came = null;
    if (warning != null) {
      long lead = reading.timeMs() - warning.atMs();
      if (lead > 0 && lead <= reachMs) {
        came = warning;
        warning = null;
      } else {
        wrong(reading.timeMs(), FalseWarning.Reason.TOO_EARLY);
      }
    }
    crossings.add(new Crossing(reading.sensor(), reading.timeMs(), reading.value(), came));
  }

  private void wrong(long timeMs, FalseWarning.Reason reason) {
    falseWarnings.add(new FalseWarning(warning, timeMs, reason));
    warning = null;
  }

  private boolean isPast(double value) {
    return sign * value >= sign * question.limit();
  }

  private boolean isInside(double value) {
    return sign * value < sign * question.limit() - question.deadband();
  }

  private static long ms(Signal signal) {
    return signal.time().toEpochMilli();
  }
}
