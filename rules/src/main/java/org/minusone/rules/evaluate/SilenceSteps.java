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
 *
 * <p>A rule with a quantity counts the arrivals of that one, once it was seen, and says nothing
 * while a rule without one says that the whole sensor is silent; when the sensor is back, its
 * quantities are given their time anew.
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
  void arrived(
      SensorState sensor, QuantityState quantity, Reading reading, long timeMs, boolean out) {
    sensor.quietFromMs = sensor.quietClockMs;
    if (reading.arrivalMs() > quantity.lastArrivalMs) {
      heard(sensor, quantity, reading, timeMs);
      for (int i : silences) {
        if (!out && rules[i].quantity == reading.quantity()) {
          reports(sensor.rules[i], reading, timeMs);
        }
      }
    }
    if (reading.arrivalMs() <= sensor.lastArrivalMs) {
      return;
    }
    if (isWhollySilent(sensor)) {
      startAnew(sensor, reading, timeMs);
    }
    sensor.lastArrivalMs = reading.arrivalMs();
    sensor.offline = false;
    if (out) {
      return;
    }
    for (int i : silences) {
      if (rules[i].quantity == null) {
        reports(sensor.rules[i], reading, timeMs);
      }
    }
  }

  private static void heard(
      SensorState sensor, QuantityState quantity, Reading reading, long timeMs) {
    quantity.lastArrivalMs = reading.arrivalMs();
    quantity.offsetMs = reading.arrivalMs() - timeMs;
    quantity.quietFromMs = sensor.quietClockMs;
  }

  private void reports(RuleState state, Reading reading, long timeMs) {
    if (state.reached > 0) {
      state.reached = 0;
      long at = Math.max(timeMs, state.episodeMs);
      voice.because(Double.NaN, null, reading.arrivalMs(), false, false);
      voice.level(state, SignalKind.CLEARED, 0, at, Voice.REPORTING);
      state.endIfNothingIsOpen();
    }
  }

  private boolean isWhollySilent(SensorState sensor) {
    if (sensor.offline) {
      return true;
    }
    for (int i : silences) {
      if (rules[i].quantity == null && sensor.rules[i].reached > 0) {
        return true;
      }
    }
    return false;
  }

  /** Else a sensor that is back would be called silent for what it has not yet come to. */
  private void startAnew(SensorState sensor, Reading reading, long timeMs) {
    for (int i : silences) {
      if (rules[i].quantity != null && sensor.rules[i].reached == 0) {
        QuantityState quantity = sensor.quantities[rules[i].quantity.ordinal()];
        if (quantity != null && quantity.lastArrivalMs != Long.MIN_VALUE) {
          heard(sensor, quantity, reading, timeMs);
        }
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
      if (rules[i].quantity == null && state.reached == 0) {
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
      if (rules[i].quantity == null && sensor.rules[i].reached == 0) {
        if (sensor.offline) {
          silent(i, sensor, offlineMs(sensor), sensor.offsetMs, service);
        } else if (quietMs >= rules[i].silentAfterMs()) {
          long due = sensor.lastArrivalMs + rules[i].silentAfterMs();
          silent(i, sensor, due, sensor.offsetMs, service);
        }
      }
    }
    if (isWhollySilent(sensor)) {
      return;
    }
    for (int i : silences) {
      if (isCounting(i, sensor)) {
        QuantityState quantity = sensor.quantities[rules[i].quantity.ordinal()];
        long quiet = quietMs + sensor.quietFromMs - quantity.quietFromMs;
        if (quiet >= rules[i].silentAfterMs()) {
          long due = quantity.lastArrivalMs + rules[i].silentAfterMs();
          silent(i, sensor, due, quantity.offsetMs, service);
        }
      }
    }
  }

  /**
   * @param dueMs by the wall clock; out of service it waits for the end
   */
  private void silent(int i, SensorState sensor, long dueMs, long offsetMs, Service service) {
    long ahead = sensor.run ? offsetMs : 0;
    long due = service.inService(dueMs - ahead) + ahead;
    sensor.rules[i].reached = 1;
    voice.because(Double.NaN, null, due, false, false);
    voice.level(sensor.rules[i], SignalKind.SILENT, 0, due - offsetMs, null);
  }

  /** Whether it counts a quantity that was seen and is not called silent yet. */
  private boolean isCounting(int i, SensorState sensor) {
    if (rules[i].quantity == null || sensor.rules[i].reached > 0) {
      return false;
    }
    QuantityState quantity = sensor.quantities[rules[i].quantity.ordinal()];
    return quantity != null && quantity.lastArrivalMs != Long.MIN_VALUE;
  }

  /**
   * Whether it may be dead: by the wall clock, whatever kept it away. The rule's time decides, the
   * family's where there is no rule.
   */
  boolean isOverdue(SensorState sensor, long wallMs) {
    if (sensor.offline) {
      return true;
    }
    long after = NONE;
    for (int i : silences) {
      if (rules[i].quantity == null) {
        after = Math.min(after, rules[i].silentAfterMs());
      }
    }
    if (after == NONE) {
      after = sensor.family.silentAfter().toMillis();
    }
    return wallMs - sensor.lastArrivalMs > after;
  }

  /**
   * How long after the sensor's newest arrival it, or a quantity of it, is called silent; {@link
   * SensorState#NONE} when all are.
   */
  long afterMs(SensorState sensor) {
    long after = NONE;
    boolean wholly = isWhollySilent(sensor);
    for (int i : silences) {
      if (rules[i].quantity == null && sensor.rules[i].reached == 0) {
        after = sensor.offline ? 0 : after;
        after = Math.min(after, rules[i].silentAfterMs());
      } else if (!wholly && isCounting(i, sensor)) {
        long head = sensor.quietFromMs - sensor.quantities[rules[i].quantity.ordinal()].quietFromMs;
        after = Math.min(after, rules[i].silentAfterMs() - head);
      }
    }
    return after;
  }

  /** When it was said that the line is down, in arrivals; told out of service, it waits. */
  private static long offlineMs(SensorState sensor) {
    return sensor.quantities[Quantity.STATE.ordinal()].newestMs + sensor.offsetMs;
  }
}
