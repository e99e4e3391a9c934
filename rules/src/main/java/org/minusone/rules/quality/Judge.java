package org.minusone.rules.quality;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import org.minusone.model.QualityFlag;
import org.minusone.model.QualityTests;

/**
 * The tests of one quantity, made ready: takes the readings of a sensor in order and says at once
 * what is known of each.
 *
 * <pre>
 * reading                              test               flag
 * came failed or missing               –                  as it came; it is no point of the series
 * outside a range                      gross_range        3, 4; failed, it is no point either
 * long after the one before            gap                3, 4
 * far from the one before              rate_of_change     3, 4; towards danger at most 3
 * with the one before between it
 *   and the one before that            spike              the one before: 3, 4
 * within a tolerance for long          flat_line          3, 4; at rest never
 * varied little over a period          attenuated_signal  3, 4; at rest never
 * </pre>
 *
 * <p>A reading whose rate failed is no point of the series either: the next is compared with the
 * last that was believed, over the time since then. So one leap back is nothing, and a value that
 * stays away is believed once it could have got there.
 */
public final class Judge {
  /**
   * Neighbours further apart than this say nothing of a spike (D: ten readings of a minute; the
   * slowest family that changes by the minute reports by the minute).
   */
  private static final long NEIGHBOURS_MS = 600_000;

  /**
   * A run of flat readings begins anew after a pause longer than this share of the time it takes to
   * be suspect (D): some readings must show that it stayed where it is.
   */
  private static final int PAUSES = 4;

  private static final MathContext DIGITS = new MathContext(6);

  private final GrossRange grossRange;
  private final Spike spike;
  private final RateOfChange rate;
  private final FlatLine flatLine;
  private final QualityTests.Span flatResting;
  private final AttenuatedSignal attenuated;
  private final QualityTests.Span attenuatedResting;
  private final Gap gap;
  private final long flatPauseMs;
  private final boolean risesToDanger;
  private final boolean fallsToDanger;

  /**
   * @param risesToDanger whether a rule warns of this quantity being above a limit
   * @param fallsToDanger whether one warns of it being below
   */
  public Judge(QualityTests tests, boolean risesToDanger, boolean fallsToDanger) {
    this.risesToDanger = risesToDanger;
    this.fallsToDanger = fallsToDanger;
    QualityTests.GrossRange g = tests.grossRange();
    grossRange =
        g == null
            ? null
            : new GrossRange(
                g.fail() == null ? Double.NaN : g.fail().low(),
                g.fail() == null ? Double.NaN : g.fail().high(),
                g.suspect() == null ? Double.NaN : g.suspect().low(),
                g.suspect() == null ? Double.NaN : g.suspect().high());
    QualityTests.Spike s = tests.spike();
    spike = s == null ? null : new Spike(or(s.suspect(), 0), or(s.fail(), 0), s.method());
    QualityTests.RateOfChange r = tests.rateOfChange();
    double perS = r == null ? 1 : r.per().toMillis() / 1000.0;
    rate =
        r == null
            ? null
            : new RateOfChange(or(r.suspect(), Double.NaN) / perS, or(r.fail(), Double.NaN) / perS);
    QualityTests.FlatLine f = tests.flatLine();
    flatLine = f == null ? null : new FlatLine(ms(f.suspect()), ms(f.fail()), f.tolerance());
    flatResting = f == null ? null : f.resting();
    flatPauseMs =
        flatLine == null ? 0 : Math.min(flatLine.suspectAfter(), flatLine.failAfter()) / PAUSES;
    QualityTests.AttenuatedSignal a = tests.attenuatedSignal();
    attenuated =
        a == null
            ? null
            : new AttenuatedSignal(
                a.suspect(), a.fail(), a.period().toMillis(), a.minReadings(), a.spread());
    attenuatedResting = a == null ? null : a.resting();
    QualityTests.Gap p = tests.gap();
    gap = p == null ? null : new Gap(ms(p.suspect()), ms(p.fail()));
  }

  private static double or(Double value, double otherwise) {
    return value == null ? otherwise : value;
  }

  private static long ms(Duration duration) {
    return duration == null ? Long.MAX_VALUE : duration.toMillis();
  }

  /**
   * The next reading in order.
   *
   * @param ownMs its own stamp
   * @param timeMs its time as it counts
   * @param given the flag it came with
   */
  public void next(
      QualityMemory memory,
      long ownMs,
      long timeMs,
      double value,
      QualityFlag given,
      Judgement out) {
    out.clear(given);
    if (given == QualityFlag.FAIL || given == QualityFlag.MISSING) {
      return;
    }
    if (grossRange != null) {
      say(out, grossRange.of(value), "gross_range", "outside the range", Double.NaN);
      if (out.flag == QualityFlag.FAIL) {
        return;
      }
    }
    if (memory.hasLast && !follows(memory, timeMs, value, out)) {
      return;
    }
    if (flatLine != null) {
      flat(memory, timeMs, value, out);
    }
    if (attenuated != null) {
      if (rests(attenuatedResting, value)) {
        memory.window.clear();
      } else {
        QualityFlag flag = attenuated.of(memory.window, timeMs, value);
        if (Flags.isWorse(flag, out.flag)) {
          double size = attenuated.size(memory.window);
          say(out, flag, "attenuated_signal", "the spread over the period is only", size);
        }
      }
    }
    memory.follow(ownMs, timeMs, value, out.flag);
  }

  /**
   * The tests that look back at the reading before.
   *
   * @return whether the reading is a point of the series
   */
  private boolean follows(QualityMemory memory, long timeMs, double value, Judgement out) {
    long elapsedMs = timeMs - memory.lastMs;
    if (gap != null) {
      say(out, gap.of(elapsedMs), "gap", "seconds since the reading before:", elapsedMs / 1000.0);
    }
    if (rate != null) {
      QualityFlag flag = rate.of(memory.last, value, elapsedMs / 1000.0);
      boolean towardsDanger = value > memory.last ? risesToDanger : fallsToDanger;
      if (flag == QualityFlag.FAIL && towardsDanger) {
        flag = QualityFlag.SUSPECT;
      }
      if (Flags.isWorse(flag, out.flag)) {
        double perMinute = 60 * RateOfChange.rate(memory.last, value, elapsedMs / 1000.0);
        say(out, flag, "rate_of_change", "change a minute:", perMinute);
      }
      if (flag == QualityFlag.FAIL) {
        return false;
      }
    }
    if (spike != null) {
      if (memory.hasBefore && timeMs - memory.beforeMs <= NEIGHBOURS_MS) {
        spike(memory, value, out);
      }
      out.mayBeUndone = elapsedMs <= NEIGHBOURS_MS && spike.mayFail(memory.last, value);
    }
    return true;
  }

  private void spike(QualityMemory memory, double value, Judgement out) {
    QualityFlag flag = spike.of(memory.before, memory.last, value);
    if (!isAgainst(flag) || !Flags.isWorse(flag, memory.lastFlag)) {
      return;
    }
    out.earlier = flag;
    out.earlierTest = "spike";
    out.earlierDetail =
        "stands out from its neighbours by " + text(spike.size(memory.before, memory.last, value));
    out.earlierOwnMs = memory.ownMs;
    out.earlierMs = memory.lastMs;
    out.earlierValue = memory.last;
    out.undoesEarlier = flag == QualityFlag.FAIL;
  }

  private void flat(QualityMemory memory, long timeMs, double value, Judgement out) {
    if (rests(flatResting, value)) {
      memory.flat.clear();
      return;
    }
    if (memory.hasLast && timeMs - memory.lastMs > flatPauseMs) {
      memory.flat.clear();
    }
    QualityFlag flag = flatLine.of(memory.flat, timeMs, value);
    if (Flags.isWorse(flag, out.flag)) {
      double lastsS = memory.flat.lasts(timeMs) / 1000.0;
      say(out, flag, "flat_line", "seconds within the tolerance:", lastsS);
    }
  }

  private static boolean rests(QualityTests.Span resting, double value) {
    return resting != null && resting.contains(value);
  }

  private static void say(
      Judgement out, QualityFlag flag, String test, String what, double number) {
    if (isAgainst(flag) && Flags.isWorse(flag, out.flag)) {
      out.flag = flag;
      out.test = test;
      out.detail = Double.isNaN(number) ? what : what + " " + text(number);
    }
  }

  private static boolean isAgainst(QualityFlag flag) {
    return switch (flag) {
      case SUSPECT, FAIL -> true;
      case PASS, NOT_EVALUATED, MISSING -> false;
    };
  }

  /** As any JDK prints it. */
  private static String text(double number) {
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }
}
