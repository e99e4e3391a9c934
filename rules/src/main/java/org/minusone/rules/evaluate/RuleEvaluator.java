package org.minusone.rules.evaluate;

import static org.minusone.rules.evaluate.SensorState.NONE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.minusone.model.Maintenance;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.Stamp;
import org.minusone.model.Verdict;
import org.minusone.rules.forecast.Forecaster;
import org.minusone.rules.forecast.Forecasters;
import org.minusone.rules.forecast.Task;
import org.minusone.rules.quality.Judgement;
import org.minusone.rules.quality.QualityMemory;

/**
 * Decides what the rules of one family, at one version of a site, say about a sensor: (state,
 * reading or the passing of time) → signals, the state brought forward in place. Every caller that
 * hands it the same readings in the same order gets the same signals to the letter.
 *
 * <p>Time is CONTRACTS §2: a reading's own time decides, deadlines up to it fire first and are
 * stamped with themselves, a tick carries wall time into the sensor's time. One evaluator belongs
 * to one thread; the states may be many.
 */
public final class RuleEvaluator {
  /** CONTRACTS §2.3: a late reading older than this raises nothing. */
  private static final long LATE_RAISES_MS = 300_000;

  /** CONTRACTS §2.3: further behind its arrival than this, a reading is delayed. */
  private static final long DELAYED_MS = 60_000;

  /** CONTRACTS §2.4. */
  private static final long GRACE_MS = 2_000;

  private final int version;
  private final long appliedAtMs;
  private final CompiledRule[] rules;

  /** Indexes into {@link #rules} by the ordinal of the quantity they watch. */
  private final int[][] byQuantity;

  /** As {@link #byQuantity}, those that watch its quality. */
  private final int[][] byQuality;

  private final Judges judges;
  private final Judgement judgement = new Judgement();

  private final Service service;
  private final Voice voice;
  private final LevelSteps levels;
  private final ForewarningSteps forewarnings;
  private final SilenceSteps silences;
  private final Adoption adoption;
  private final Standing standing = new Standing();

  /**
   * @param rules of one family; the order decides only the order of signals of one instant
   * @param version of the site they belong to
   * @param appliedAt when that version was applied, by the wall clock: the time of signals that the
   *     change itself causes
   * @param maintenance when its sensors are out of service
   * @param language of free conditions
   * @throws IllegalArgumentException if a rule forecasts to a level it has no limit for, or by a
   *     method there is not, or its free condition is none
   */
  public RuleEvaluator(
      List<Rule> rules,
      List<Maintenance> maintenance,
      int version,
      Instant appliedAt,
      Expressions language) {
    this(rules, maintenance, version, appliedAt, language, Forecasters::of);
  }

  /** With other forecasters than those of that name, to score them. */
  public RuleEvaluator(
      List<Rule> rules,
      List<Maintenance> maintenance,
      int version,
      Instant appliedAt,
      Expressions language,
      BiFunction<String, Task, Forecaster> methods) {
    this.service = new Service(maintenance);
    this.version = version;
    this.appliedAtMs = appliedAt.toEpochMilli();
    this.rules =
        rules.stream()
            .map(rule -> CompiledRule.of(rule, language, methods))
            .toArray(CompiledRule[]::new);
    List<List<Integer>> watching = new ArrayList<>();
    for (int q = 0; q < Quantity.values().length; q++) {
      watching.add(new ArrayList<>());
    }
    List<List<Integer>> judging = new ArrayList<>();
    for (int q = 0; q < Quantity.values().length; q++) {
      judging.add(new ArrayList<>());
    }
    List<Integer> silent = new ArrayList<>();
    for (int i = 0; i < this.rules.length; i++) {
      if (this.rules[i].kind == Rule.Kind.SILENT) {
        silent.add(i);
      } else if (this.rules[i].kind == Rule.Kind.QUALITY) {
        judging.get(this.rules[i].quantity.ordinal()).add(i);
      }
      for (Quantity quantity : this.rules[i].reads) {
        watching.get(quantity.ordinal()).add(i);
      }
    }
    byQuantity = watching.stream().map(RuleEvaluator::ints).toArray(int[][]::new);
    byQuality = judging.stream().map(RuleEvaluator::ints).toArray(int[][]::new);
    judges = new Judges(rules);
    voice = new Voice(version);
    levels = new LevelSteps(voice);
    forewarnings = new ForewarningSteps(voice);
    silences = new SilenceSteps(this.rules, ints(silent), voice);
    adoption = new Adoption(this.rules, voice);
  }

  /** Of rules whose sensors are always in service. */
  public RuleEvaluator(List<Rule> rules, int version, Instant appliedAt, Expressions language) {
    this(rules, List.of(), version, appliedAt, language);
  }

  /** Of rules without free conditions, whose sensors are always in service. */
  public RuleEvaluator(List<Rule> rules, int version, Instant appliedAt) {
    this(rules, List.of(), version, appliedAt, Expressions.NONE);
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  public int version() {
    return version;
  }

  /**
   * Evaluates a reading of the sensor.
   *
   * @param signals what the rules say is appended
   * @return what the reading was
   */
  public Outcome reading(SensorState sensor, Reading reading, List<Signal> signals) {
    return reading(sensor, reading, signals, new ArrayList<>());
  }

  /**
   * As {@link #reading(SensorState, Reading, List)}.
   *
   * @param verdicts what the quality tests say of it, and of the reading before it, beyond the
   *     flags they came with, is appended
   */
  public Outcome reading(
      SensorState sensor, Reading reading, List<Signal> signals, List<Verdict> verdicts) {
    sensor.family = reading.family();
    adopt(sensor, signals);
    voice.begin(sensor, signals);
    QuantityState quantity = sensor.quantity(reading.quantity());
    boolean known = quantity.isSeen(reading.timeMs());
    long timeMs = known ? reading.timeMs() : eventTime(sensor, reading);
    if (isOffline(reading)) {
      return offline(sensor, quantity, reading, known, timeMs);
    }
    silences.arrived(sensor, quantity, reading, timeMs, isOut(sensor, timeMs, reading.arrivalMs()));
    if (known) {
      return Outcome.DUPLICATE;
    }
    quantity.remember(reading.timeMs());
    if (reading.stamp() == Stamp.HISTORICAL) {
      return Outcome.LATE; // kept back while the line was down: never a live alert
    }
    if (timeMs <= quantity.lastTimeMs) {
      late(sensor, quantity, reading, timeMs);
      return Outcome.LATE;
    }
    judge(quantity, reading, timeMs, verdicts);
    inOrder(sensor, quantity, reading, timeMs);
    return Outcome.EVALUATED;
  }

  private static boolean isOffline(Reading reading) {
    return reading.quantity() == Quantity.STATE && Quantity.OFFLINE_WORD.equals(reading.word());
  }

  /**
   * The line is down: no sign of life, and no state of the device. It makes the sensor silent at
   * once, and moves neither its clock nor any level.
   */
  private Outcome offline(
      SensorState sensor, QuantityState state, Reading reading, boolean known, long timeMs) {
    if (known) {
      return Outcome.DUPLICATE;
    }
    state.remember(reading.timeMs());
    if (timeMs <= state.lastTimeMs || reading.stamp() == Stamp.HISTORICAL) {
      return Outcome.LATE; // it has reported since
    }
    long at = Math.max(timeMs, sensor.lastTimeMs);
    silences.offline(sensor, reading, at, isOut(sensor, timeMs, reading.arrivalMs()));
    return Outcome.EVALUATED;
  }

  /** A stamp ahead of its arrival counts as its arrival, strictly increasing per sensor (§2.1). */
  private static long eventTime(SensorState sensor, Reading reading) {
    return reading.timeMs() <= reading.arrivalMs()
        ? reading.timeMs()
        : Math.max(reading.arrivalMs(), sensor.lastTimeMs + 1);
  }

  private void judge(QuantityState quantity, Reading reading, long timeMs, List<Verdict> verdicts) {
    if (reading.quantity().isWord()) {
      judgement.clear(reading.flag());
      return;
    }
    if (quantity.quality == null) {
      quantity.quality = new QualityMemory();
    }
    judges
        .of(reading.family(), reading.quantity())
        .next(
            quantity.quality, reading.timeMs(), timeMs, reading.value(), reading.flag(), judgement);
    if (judgement.earlier != null) {
      verdicts.add(Judges.earlier(reading, judgement));
    }
    if (judgement.test != null) {
      verdicts.add(Judges.present(reading, judgement));
    }
  }

  private void inOrder(SensorState sensor, QuantityState quantity, Reading reading, long timeMs) {
    boolean good = isGood(judgement.flag);
    boolean turned = quantity.failing == good;
    quantity.failing = !good;
    quantity.flag = judgement.flag;
    if (sensor.nextDueMs <= timeMs) {
      fire(sensor, timeMs, true, reading.arrivalMs());
    }
    sensor.lastTimeMs = Math.max(sensor.lastTimeMs, timeMs);
    sensor.offsetMs = reading.arrivalMs() - timeMs;
    quantity.lastTimeMs = timeMs;
    voice.because(reading.value(), reading.word(), reading.arrivalMs(), false, isDelayed(sensor));
    if (service.isOut(timeMs)) {
      outOfService(sensor, quantity, reading, timeMs);
      return;
    }
    if (turned || !service.isUnbroken() && isDoubtUntold(sensor)) {
      doubt(sensor, reading.quantity(), timeMs);
    }
    quality(sensor, reading, timeMs);
    if (!good) {
      sensor.schedule();
      return;
    }
    quantity.value = reading.value();
    quantity.word = reading.word();
    quantity.goodMs = timeMs;
    for (int i : byQuantity[reading.quantity().ordinal()]) {
      CompiledRule rule = rules[i];
      RuleState state = sensor.rules[i];
      if (state.slope != null) {
        state.slope.take(timeMs, reading.value());
      }
      standing.of(rule, sensor, state, timeMs);
      voice.measured(rule, state, standing);
      if (rule.forecaster != null) {
        forewarnings.takeIn(rule, state, reading.value(), timeMs, judgement.mayBeUndone);
      }
      levels.reading(rule, state, standing, timeMs);
      if (rule.forecaster != null) {
        forewarnings.lookAhead(rule, state, reading.value(), timeMs);
      }
      state.schedule();
    }
    sensor.schedule();
  }

  /** The rules that watch the quality itself, and the forecasts that believed too much. */
  private void quality(SensorState sensor, Reading reading, long timeMs) {
    int ordinal = reading.quantity().ordinal();
    double position = CompiledRule.position(judgement.flag);
    if (judgement.earlier != null && !service.isOut(judgement.earlierMs)) {
      position = Math.max(position, CompiledRule.position(judgement.earlier));
    }
    standing.at(position);
    for (int i : byQuality[ordinal]) {
      levels.reading(rules[i], sensor.rules[i], standing, timeMs);
      sensor.rules[i].schedule();
    }
    if (judgement.undoesEarlier) {
      for (int i : byQuantity[ordinal]) {
        forewarnings.undo(sensor.rules[i], judgement.earlierMs);
      }
    }
  }

  /** It is listened to, and what is true at the end will be told then. */
  private void outOfService(
      SensorState sensor, QuantityState quantity, Reading reading, long timeMs) {
    long resumesMs = service.resumesMs(timeMs);
    standing.at(CompiledRule.position(judgement.flag));
    for (int i : byQuality[reading.quantity().ordinal()]) {
      Service.reading(rules[i], sensor.rules[i], standing, timeMs, resumesMs);
      sensor.rules[i].schedule();
    }
    if (isGood(judgement.flag)) {
      quantity.value = reading.value();
      quantity.word = reading.word();
      quantity.goodMs = timeMs;
      for (int i : byQuantity[reading.quantity().ordinal()]) {
        RuleState state = sensor.rules[i];
        Service.forget(state);
        standing.of(rules[i], sensor, state, timeMs);
        Service.reading(rules[i], state, standing, timeMs, resumesMs);
        state.schedule();
      }
    }
    sensor.schedule();
  }

  /** Silence is counted by the wall clock; that of a run is not its own. */
  private boolean isOut(SensorState sensor, long timeMs, long wallMs) {
    return service.isOut(sensor.run ? timeMs : wallMs);
  }

  private static boolean isDoubtUntold(SensorState sensor) {
    return sensor.isAnyFailing() != (sensor.suspectSince != NONE);
  }

  private static boolean isGood(QualityFlag flag) {
    return switch (flag) {
      case PASS, NOT_EVALUATED, SUSPECT -> true;
      case FAIL, MISSING -> false;
    };
  }

  private static boolean isDelayed(SensorState sensor) {
    return !sensor.run && sensor.offsetMs > DELAYED_MS;
  }

  private void late(SensorState sensor, QuantityState quantity, Reading reading, long timeMs) {
    if (!isGood(reading.flag())
        || quantity.lastTimeMs - timeMs > LATE_RAISES_MS
        || service.isOut(timeMs)) {
      return;
    }
    boolean delayed = !sensor.run && reading.arrivalMs() - timeMs > DELAYED_MS;
    voice.because(reading.value(), reading.word(), reading.arrivalMs(), true, delayed);
    for (int i : byQuantity[reading.quantity().ordinal()]) {
      if (isDecidedByOneReading(rules[i].kind)) {
        double position = rules[i].position(reading.value(), reading.word());
        levels.lateReading(rules[i], sensor.rules[i], position, timeMs);
        sensor.rules[i].schedule();
      }
    }
    sensor.schedule();
  }

  /** A late reading proves neither a speed nor what else was true at its time. */
  private static boolean isDecidedByOneReading(Rule.Kind kind) {
    return switch (kind) {
      case THRESHOLD, STATE -> true;
      case RATE, WHEN, SILENT, QUALITY, TOGETHER -> false;
    };
  }

  /** The sensor as a whole is doubted while any of its quantities fails. */
  private void doubt(SensorState sensor, Quantity quantity, long timeMs) {
    boolean failing = sensor.isAnyFailing();
    if (failing && sensor.suspectSince == NONE) {
      sensor.suspectSince = timeMs;
      voice.suspect(quantity, SignalKind.SUSPECT, timeMs, null);
    } else if (!failing && sensor.suspectSince != NONE) {
      voice.suspect(quantity, SignalKind.CLEARED, timeMs, Voice.REPORTING);
      sensor.suspectSince = NONE;
    }
  }

  /**
   * Lets wall time pass for a sensor whose input is connected and without lag.
   *
   * @param wallMs now
   * @param quietMs for how much of the time since the sensor's last arrival the input was connected
   *     and without lag
   */
  public void tick(SensorState sensor, long wallMs, long quietMs, List<Signal> signals) {
    adopt(sensor, signals);
    voice.begin(sensor, signals);
    if (sensor.lastTimeMs == Long.MIN_VALUE) {
      return;
    }
    long timeMs = wallMs - sensor.offsetMs - GRACE_MS;
    if (sensor.nextDueMs <= timeMs) {
      fire(sensor, timeMs, !silences.isOverdue(sensor, wallMs), NONE);
      sensor.schedule();
    }
    if (!isOut(sensor, wallMs - sensor.offsetMs, wallMs)) {
      silences.tick(sensor, quietMs, service);
    }
  }

  /**
   * Fires deadlines up to {@code untilMs} in order.
   *
   * @param mayClear false for a tick over a sensor that is overdue: what would clear waits
   * @param arrivalMs of the reading that carries time forward; {@link SensorState#NONE} for a tick
   */
  private void fire(SensorState sensor, long untilMs, boolean mayClear, long arrivalMs) {
    while (true) {
      int next = -1;
      long due = NONE;
      for (int i = 0; i < rules.length; i++) {
        long own = dueMs(sensor, i, mayClear);
        if (own < due) {
          next = i;
          due = own;
        }
      }
      if (next < 0 || due > untilMs) {
        return;
      }
      CompiledRule rule = rules[next];
      RuleState state = sensor.rules[next];
      if (service.isOut(due)) {
        Service.suspend(state, due, service.resumesMs(due));
        state.schedule();
        continue;
      }
      voice.because(
          sensor.quantities[rule.quantity.ordinal()],
          arrivalMs == NONE ? due + sensor.offsetMs : arrivalMs,
          isDelayed(sensor));
      standing.of(rule, sensor, state, due);
      voice.measured(rule, state, standing);
      levels.raiseDue(rule, state, standing.position, due);
      if (mayClear && !rule.isAnyFailing(sensor)) {
        levels.clearDue(rule, state, due);
        forewarnings.clearDue(state, due);
      }
      state.schedule();
    }
  }

  private long dueMs(SensorState sensor, int i, boolean mayClear) {
    RuleState state = sensor.rules[i];
    boolean clears = mayClear && state.clearDueMs != NONE && !rules[i].isAnyFailing(sensor);
    return clears ? Math.min(state.raiseDueMs, state.clearDueMs) : state.raiseDueMs;
  }

  /**
   * Wall time from which {@link #tick} has a deadline to fire; {@code Long.MAX_VALUE} when none.
   *
   * @param wallMs now
   */
  public long nextTickMs(SensorState sensor, long wallMs) {
    if (sensor.nextDueMs == NONE || sensor.attachedTo != this) {
      return NONE;
    }
    boolean mayClear = !silences.isOverdue(sensor, wallMs);
    long due = NONE;
    for (int i = 0; i < rules.length; i++) {
      due = Math.min(due, dueMs(sensor, i, mayClear));
    }
    return due == NONE ? NONE : due + sensor.offsetMs + GRACE_MS;
  }

  /**
   * How long without arrivals until {@link #tick} calls it silent; {@code Long.MAX_VALUE} = never.
   */
  public long silentAfterMs(SensorState sensor) {
    return sensor.attachedTo == this ? silences.afterMs(sensor) : NONE;
  }

  /** For how long from {@code wallMs} on the sensor is out of service; 0 when it is in service. */
  public long outOfServiceMs(SensorState sensor, long wallMs) {
    long at = sensor.run ? wallMs - sensor.offsetMs : wallMs;
    return service.inService(at) - at;
  }

  /**
   * Compares the sensor with these rules if it was last evaluated by others: episodes that are
   * still true go on, the others are cleared as {@code rule-changed}.
   */
  public void adopt(SensorState sensor, List<Signal> signals) {
    if (sensor.attachedTo != this) {
      voice.begin(sensor, signals);
      voice.because(Double.NaN, null, appliedAtMs, false, false);
      long changeMs = changeMs(sensor);
      adoption.adopt(sensor, changeMs, service.isOut(changeMs));
      sensor.attachedTo = this;
      sensor.version = version;
      sensor.schedule();
    }
  }

  /** The sensor is no longer registered: everything open is cleared as {@code retired}. */
  public void retire(SensorState sensor, List<Signal> signals) {
    voice.begin(sensor, signals);
    voice.because(Double.NaN, null, appliedAtMs, false, false);
    adoption.retire(sensor, changeMs(sensor));
    sensor.attachedTo = null;
    sensor.version = version;
    sensor.schedule();
  }

  private long changeMs(SensorState sensor) {
    return Math.max(sensor.lastTimeMs, appliedAtMs - sensor.offsetMs);
  }
}
