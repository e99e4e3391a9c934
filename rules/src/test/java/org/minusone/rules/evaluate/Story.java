package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.minusone.model.Family;
import org.minusone.model.Maintenance;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.model.Verdict;
import org.minusone.rules.expression.CelExpressions;

/**
 * One sensor's story: {@code at("00:05").reading(29.4).expect("forewarned alarm 30.0")}. Times are
 * {@code mm:ss} or {@code hh:mm:ss} from a fixed noon. Every signal must be expected, in order; one
 * that is not stamped with the present is told with {@code @time}.
 *
 * <p>After each step the state goes through its codec, so every story also tests that.
 */
final class Story {
  private static final long NOON = Instant.parse("2026-07-01T12:00:00Z").toEpochMilli();

  private final Family family;
  private final Quantity quantity;
  private Rule[] rules;
  private List<Maintenance> maintenance = List.of();
  private SensorKey key = new SensorKey(new SiteId("fubao"), new SensorId("S-1"));
  private RuleEvaluator evaluator;
  private SensorState state;
  private final SensorStateCodec codec = new SensorStateCodec();
  private final List<Signal> signals = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private Signal last;
  private Signal lastButOne;
  private long nowMs = NOON;
  private long arrivalMs = NOON;
  private QualityFlag flag = QualityFlag.PASS;
  private Stamp stamp = Stamp.OWN;
  private Outcome outcome;
  private boolean restarts;

  Story(Rule... rules) {
    this.family = rules[0].family();
    this.quantity = rules[0].quantity() == null ? Quantity.TEMPERATURE : rules[0].quantity();
    this.rules = rules;
    this.evaluator = evaluator(1, NOON);
  }

  private RuleEvaluator evaluator(int version, long atMs) {
    return new RuleEvaluator(
        List.of(rules), maintenance, version, Instant.ofEpochMilli(atMs), CelExpressions.LANGUAGE);
  }

  /** Out of service then. */
  Story maintained(Maintenance... windows) {
    maintenance = List.of(windows);
    evaluator = evaluator(1, NOON);
    return this;
  }

  Story asRun() {
    key = new SensorKey(new SiteId("fubao@r1"), new SensorId("S-1"));
    return this;
  }

  private static long ms(String time) {
    long seconds = 0;
    for (String part : time.split(":")) {
      seconds = seconds * 60 + Long.parseLong(part);
    }
    return NOON + seconds * 1000;
  }

  Story at(String time) {
    nowMs = ms(time);
    arrivalMs = nowMs;
    return this;
  }

  Story arriving(String time) {
    arrivalMs = ms(time);
    return this;
  }

  Story failing() {
    flag = QualityFlag.FAIL;
    return this;
  }

  Story historical() {
    stamp = Stamp.HISTORICAL;
    return this;
  }

  Story reading(double value) {
    return reading(quantity, value);
  }

  Story reading(Quantity of, double value) {
    return evaluate(
        new Reading(
            key.site(), family, key.sensor(), of, nowMs, arrivalMs, stamp, value, null, flag));
  }

  Story word(String word) {
    return word(Quantity.STATE, word);
  }

  Story word(Quantity of, String word) {
    return evaluate(Reading.word(key, family, of, nowMs, arrivalMs, stamp, word));
  }

  private Story evaluate(Reading reading) {
    assertThat(signals).as("told before %s and not expected", reading).isEmpty();
    if (state == null) {
      state = new SensorState(key, family);
    }
    state.atQuietClock(arrivalMs - NOON); // the input is connected all along
    outcome = evaluator.reading(state, reading, signals, verdicts);
    flag = QualityFlag.PASS;
    stamp = Stamp.OWN;
    throughCodec();
    return this;
  }

  /**
   * A value each {@code everySeconds}, from now on, changing evenly; whatever is told is dropped.
   */
  Story ramp(double from, double perStep, int steps, int everySeconds) {
    for (int i = 0; i < steps; i++) {
      reading(from + i * perStep);
      signals.clear();
      nowMs += everySeconds * 1000L;
      arrivalMs = nowMs;
    }
    nowMs -= everySeconds * 1000L;
    return this;
  }

  /** Wall time passes, the input connected since the last arrival. */
  Story tick(String wall) {
    return tick(wall, Duration.ofMillis(ms(wall) - state.lastArrivalMs()));
  }

  Story tick(String wall, Duration quiet) {
    assertThat(signals).isEmpty();
    nowMs = ms(wall);
    evaluator.tick(state, nowMs, quiet.toMillis(), signals);
    throughCodec();
    return this;
  }

  Story rules(int version, Rule... rules) {
    this.rules = rules;
    evaluator = evaluator(version, nowMs);
    evaluator.adopt(state, signals);
    throughCodec();
    return this;
  }

  /** What is not kept is forgotten at the next step; the quiet clock begins again. */
  Story restart() {
    restarts = true;
    throughCodec();
    return this;
  }

  Story retire() {
    evaluator.retire(state, signals);
    throughCodec();
    return this;
  }

  private void throughCodec() {
    byte[] bytes = codec.encode(state);
    SensorState copy = SensorStateCodec.decode(key, bytes);
    assertThat(codec.encode(copy)).isEqualTo(bytes);
    if (!restarts) {
      copy.quietFromMs = state.quietFromMs;
      for (Quantity each : Quantity.values()) {
        if (state.quantities[each.ordinal()] != null) {
          copy.quantity(each).quietFromMs = state.quantity(each).quietFromMs;
        }
      }
    }
    restarts = false;
    state = copy;
    List<Signal> none = new ArrayList<>();
    if (state.rules.length > 0) {
      evaluator.adopt(state, none);
    }
    assertThat(none).isEmpty();
  }

  Story was(Outcome expected) {
    assertThat(outcome).isEqualTo(expected);
    return this;
  }

  Story expect(String... told) {
    assertThat(signals.stream().map(this::describe)).containsExactly(told);
    if (!signals.isEmpty()) {
      lastButOne = signals.size() > 1 ? signals.get(signals.size() - 2) : last;
      last = signals.get(signals.size() - 1);
    }
    signals.clear();
    return this;
  }

  Story quiet() {
    return expect();
  }

  boolean isForewarned() {
    for (RuleState rule : state.rules) {
      for (RuleState.Foreseen foreseen : rule.foreseen) {
        if (foreseen.open) {
          return true;
        }
      }
    }
    return false;
  }

  /** What the quality tests said since they were last asked for. */
  List<Verdict> verdicts() {
    List<Verdict> copy = List.copyOf(verdicts);
    verdicts.clear();
    return copy;
  }

  /** What its state takes in the store. */
  int bytes() {
    return codec.encode(state).length;
  }

  /** Of the first rule's forecast. */
  double[] memory() {
    return state.rules[0].memory.clone();
  }

  /** The last signal that was expected. */
  Signal last() {
    return last;
  }

  /** The one before it. */
  Signal lastButOne() {
    return lastButOne;
  }

  private String describe(Signal s) {
    StringBuilder text = new StringBuilder(s.signal().id());
    append(text, s.level() == null ? null : s.level().id());
    append(text, s.limit());
    append(text, s.cause());
    append(text, s.late() ? "late" : null);
    append(text, s.delayed() ? "delayed" : null);
    if (s.time().toEpochMilli() != nowMs) {
      long seconds = (s.time().toEpochMilli() - NOON) / 1000;
      append(text, String.format("@%02d:%02d", seconds / 60, seconds % 60));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Object part) {
    if (part != null) {
      text.append(' ').append(part);
    }
  }
}
