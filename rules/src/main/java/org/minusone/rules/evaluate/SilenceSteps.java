package org.minusone.rules.evaluate;

import static org.minusone.rules.evaluate.SensorState.NONE;

import org.minusone.model.Quantity;
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

  /**
   * A record that is read again is no arrival.
   *
   * @param out whether the sensor is out of service: then nothing is told
   */
  void arrived(SensorState sensor, Reading reading, long timeMs, boolean out) {
    if (reading.arrivalMs() <= sensor.lastArrivalMs) {
      return;
    }
    sensor.lastArrivalMs = reading.arrivalMs();
    sensor.offline = false;
    if (out) {
      return;
    }
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
  void offline(SensorState sensor, Reading reading, long timeMs, boolean out) {
    if (sensor.lastArrivalMs == Long.MIN_VALUE || reading.arrivalMs() < sensor.lastArrivalMs) {
      return;
    }
    sensor.offline = true;
    if (out) {
      return;
    }
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
  void tick(SensorState sensor, long quietMs, Service service) {
    for (int i : silences) {
      RuleState state = sensor.rules[i];
      long afterMs = rules[i].silentAfterMs();
      if (state.reached == 0 && (quietMs >= afterMs || sensor.offline)) {
        long due = sensor.offline ? offlineMs(sensor) : sensor.lastArrivalMs + afterMs;
        long offset = sensor.run ? 0 : sensor.offsetMs;
        due = service.inService(due - sensor.offsetMs + offset) + sensor.offsetMs - offset;
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
        after = sensor.offline ? 0 : after;
        after = Math.min(after, rules[i].silentAfterMs());
      }
    }
    return after;
  }

  /** When it was said that the line is down, in arrivals; told out of service, it waits. */
  private static long offlineMs(SensorState sensor) {
    return sensor.quantities[Quantity.STATE.ordinal()].newestMs + sensor.offsetMs;
  }
}
