package org.minusone.bench.evaluator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.rules.evaluate.RuleEvaluator;
import org.minusone.rules.evaluate.SensorState;
import org.minusone.rules.evaluate.SensorStateCodec;
import org.minusone.rules.expression.CelExpressions;

/**
 * Stores that warm from 20 to 34 °C and cool again, each at a place of its own in that course, a
 * reading each ten seconds: most say nothing, some cross. With a state rule every reading is a
 * word.
 */
final class Sensors {
  private static final long START = Instant.parse("2026-07-01T04:00:00Z").toEpochMilli();
  private static final int COURSE = 720;
  private static final String[] WORDS = {"normal", "normal", "normal", "low-battery"};

  private final Pack pack;
  private final RuleEvaluator evaluator;
  private final SensorKey[] keys;
  private final SensorState[] states;
  private final List<Signal> signals = new ArrayList<>();
  private int next;
  private long step;

  Sensors(Pack pack, int count) {
    this.pack = pack;
    evaluator = new RuleEvaluator(pack.rules(), 1, Instant.EPOCH, CelExpressions.LANGUAGE);
    keys = new SensorKey[count];
    states = new SensorState[count];
    for (int i = 0; i < count; i++) {
      keys[i] = new SensorKey(new SiteId("fubao"), new SensorId("H-" + i));
      states[i] = new SensorState(keys[i], Family.HAZMAT_STORAGE);
    }
    if (pack == Pack.WHEN || pack == Pack.ALL) {
      for (int i = 0; i < count; i++) {
        evaluator.reading(states[i], word(i, START - 1, "normal"), signals);
      }
      signals.clear();
    }
  }

  /** One reading of the next sensor; how many signals it made. */
  int reading() {
    int i = next;
    long time = START + step * 10_000;
    Reading reading =
        pack == Pack.STATE
            ? word(i, time, WORDS[(int) ((step + i) % WORDS.length)])
            : number(i, time, warmth((step + i * 37L) % COURSE));
    evaluator.reading(states[i], reading, signals);
    int told = signals.size();
    signals.clear();
    next = i + 1 == states.length ? 0 : i + 1;
    step += next == 0 ? 1 : 0;
    return told;
  }

  void readingsEach(int count) {
    for (long n = (long) count * states.length; n > 0; n--) {
      reading();
    }
  }

  double stateBytes() {
    SensorStateCodec codec = new SensorStateCodec();
    long bytes = 0;
    for (SensorState state : states) {
      bytes += codec.encode(state).length;
    }
    return (double) bytes / states.length;
  }

  private static double warmth(long place) {
    double up = Math.abs(place - COURSE / 2) / (COURSE / 2.0);
    return Math.rint((20 + 14 * (1 - up)) * 10) / 10;
  }

  private Reading number(int i, long time, double value) {
    return Reading.number(
        keys[i], Family.HAZMAT_STORAGE, Quantity.TEMPERATURE, time, time + 50, Stamp.OWN, value);
  }

  private Reading word(int i, long time, String word) {
    return Reading.word(
        keys[i], Family.HAZMAT_STORAGE, Quantity.STATE, time, time + 50, Stamp.OWN, word);
  }
}
