package org.minusone.rules.evaluate;

import static org.minusone.rules.evaluate.SensorState.NONE;

import org.minusone.model.Reading;
import org.minusone.model.SignalKind;

/**
 * Silence at one sensor (CONTRACTS §2.5): counts arrivals by the wall clock.
 *
 * <pre>
 * reporting   no arrival for the rule's time while the input was there   silent
 * reporting   its gateway says that the line is down                     silent
 * silent      any arrival, late or duplicate too                         cleared (reporting)
 * </pre>
 */
final class SilenceSteps {
  private final CompiledRule[] rules;

  /** Indexes of the silence rules. */
  private final int[] silences;

  private final Voice voice;

  SilenceSteps(CompiledRule[] rules, int[] silences, Voice voice) {
    this.rules = rules;
    this.silences = silences;
    this.voice = voice;
  }

  /** A record that is read again is no arrival. */
  void arrived(SensorState sensor, Reading reading, long timeMs) {
    if (reading.arrivalMs() <= sensor.lastArrivalMs) {
      return;
    }
    sensor.lastArrivalMs = reading.arrivalMs();
    sensor.offline = false;
    for (int i : silences) {
      RuleState state = sensor.rules[i];
      if (state.reached > 0) {
        state.reached = 0;
        long at = Math.max(timeMs, state.episodeMs);
        voice.because(Double.NaN, null, reading.arrivalMs(), false, false);
        voice.level(state, SignalKind.CLEARED, 0, at, Voice.REPORTING);
        state.endIfNothingIsOpen();
      }
    }
  }

  /** A sensor that never reported is no silent one. */
  void offline(SensorState sensor, Reading reading, long timeMs) {
    if (sensor.lastArrivalMs == Long.MIN_VALUE || reading.arrivalMs() < sensor.lastArrivalMs) {
      return;
    }
    sensor.offline = true;
    for (int i : silences) {
      RuleState state = sensor.rules[i];
      if (state.reached == 0) {
        state.reached = 1;
        voice.because(Double.NaN, null, reading.arrivalMs(), false, false);
        voice.level(state, SignalKind.SILENT, 0, timeMs, null);
      }
    }
  }

  /**
   * Stamped with what the last arrival makes of it, not with when it was noticed: decided again
   * after a crash it is the same signal.
   */
  void tick(SensorState sensor, long quietMs) {
    for (int i : silences) {
      RuleState state = sensor.rules[i];
      long afterMs = rules[i].silentAfterMs();
      if (state.reached == 0 && quietMs >= afterMs) {
        long due = sensor.lastArrivalMs + afterMs;
        state.reached = 1;
        voice.because(Double.NaN, null, due, false, false);
        voice.level(state, SignalKind.SILENT, 0, due - sensor.offsetMs, null);
      }
    }
  }

  /**
   * Whether it may be dead: by the wall clock, whatever kept it away. The rule's time decides, the
   * family's where there is no rule.
   */
  boolean isOverdue(SensorState sensor, long wallMs) {
    if (sensor.offline) {
      return true;
    }
    long after = silences.length == 0 ? sensor.family.silentAfter().toMillis() : NONE;
    for (int i : silences) {
      after = Math.min(after, rules[i].silentAfterMs());
    }
    return wallMs - sensor.lastArrivalMs > after;
  }

  /** How long without arrivals until it is called silent; {@link SensorState#NONE} when it is. */
  long afterMs(SensorState sensor) {
    long after = NONE;
    for (int i : silences) {
      if (sensor.rules[i].reached == 0) {
        after = Math.min(after, rules[i].silentAfterMs());
      }
    }
    return after;
  }
}
