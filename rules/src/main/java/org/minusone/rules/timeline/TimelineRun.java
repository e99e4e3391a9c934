package org.minusone.rules.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minusone.model.Reading;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SiteVersion;
import org.minusone.rules.evaluate.Evaluators;
import org.minusone.rules.evaluate.Expressions;
import org.minusone.rules.evaluate.Gatherings;
import org.minusone.rules.evaluate.PlaceState;
import org.minusone.rules.evaluate.RuleEvaluator;
import org.minusone.rules.evaluate.SensorState;
import org.minusone.rules.evaluate.TogetherEvaluator;
import org.minusone.rules.timeline.Timeline.Kind;
import org.minusone.rules.timeline.Timeline.Step;
import org.minusone.rules.timeline.TimelineResult.Line;
import org.minusone.rules.timeline.TimelineResult.Mark;
import org.minusone.rules.timeline.TimelineResult.Mismatch;

/**
 * Plays one timeline to the live evaluator. Wall time passes between the steps as it does live: a
 * deadline fires 2 s after itself where no reading comes before, silence is counted from the last
 * arrival while the input is there.
 */
public final class TimelineRun {
  private static final long NEVER = Long.MAX_VALUE;

  private final Timeline timeline;
  private final Evaluators evaluators;
  private final Gatherings gatherings;
  private final Map<String, PlaceState> places = new HashMap<>();
  private final Map<SensorKey, Held> sensors = new LinkedHashMap<>();
  private final List<Signal> fresh = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Mismatch> mismatches = new ArrayList<>();
  private long nowMs;
  private boolean connected = true;
  private int all;

  /** How long the input was connected, so far. */
  private long quietMs;

  /** A signal and when it was told, by the wall clock. */
  private record Told(Signal signal, long atMs) {}

  private static final class Held {
    final SensorState state;
    long quietFromMs;
    long tickedMs = Long.MIN_VALUE;

    Held(SensorState state) {
      this.state = state;
    }
  }

  private TimelineRun(Timeline timeline, Expressions language) {
    this.timeline = timeline;
    this.nowMs = timeline.start().toEpochMilli();
    SiteVersion site = timeline.site();
    evaluators =
        new Evaluators(
            site.rules(),
            site.sensors(),
            site.maintenance(),
            site.version(),
            timeline.start(),
            language);
    gatherings = new Gatherings(site.rules(), site.sensors(), site.version());
  }

  /**
   * @param language of free conditions
   */
  public static TimelineResult of(Timeline timeline, Expressions language) {
    return new TimelineRun(timeline, language).run();
  }

  private TimelineResult run() {
    int line = timeline.line();
    for (Step step : timeline.steps()) {
      passUntil(step.atMs(), step.kind() == Kind.EXPECTATION);
      switch (step.kind()) {
        case INPUT_LOST -> connected = false;
        case INPUT_BACK -> connected = true;
        case ARRIVAL -> arrive(step.reading());
        case EXPECTATION -> {
          compare(step);
          line = step.line();
        }
      }
    }
    if (!told.isEmpty()) {
      List<Line> lines =
          told.stream().map(t -> unexpected(t, "after the last expectation")).toList();
      mismatches.add(new Mismatch(line, timeline.clock(nowMs), lines));
    }
    return new TimelineResult(timeline, mismatches, all);
  }

  private RuleEvaluator evaluator(SensorState sensor) {
    return evaluators.of(sensor.key().sensor(), sensor.family());
  }

  private void arrive(Reading reading) {
    Held held =
        sensors.computeIfAbsent(
            reading.key(), key -> new Held(new SensorState(key, reading.family())));
    held.state.atQuietClock(quietMs);
    evaluators.of(reading.sensor(), reading.family()).reading(held.state, reading, fresh);
    held.quietFromMs = quietMs;
    take();
  }

  private void take() {
    List<Signal> alone = List.copyOf(fresh);
    for (Signal signal : alone) {
      for (TogetherEvaluator evaluator : gatherings.listeningTo(signal)) {
        evaluator
            .placeOf(signal)
            .ifPresent(
                place ->
                    places.compute(
                        evaluator.rule() + "/" + place,
                        (key, state) -> evaluator.signal(state, signal, fresh)));
      }
    }
    for (Signal signal : fresh) {
      if (timeline.only().isEmpty() || timeline.only().contains(signal.rule())) {
        told.add(new Told(signal, nowMs));
        all++;
      }
    }
    fresh.clear();
  }

  /** The clock goes on, and stops wherever a sensor has something due. */
  private void passUntil(long untilMs, boolean inclusive) {
    while (connected) {
      Held next = null;
      long due = NEVER;
      for (Held held : sensors.values()) {
        long own = dueMs(held);
        if (own < due) {
          next = held;
          due = own;
        }
      }
      if (next == null || due > untilMs || due == untilMs && !inclusive) {
        break;
      }
      advance(due);
      next.tickedMs = due;
      evaluator(next.state).tick(next.state, nowMs, quietMs - next.quietFromMs, fresh);
      take();
    }
    advance(Math.max(untilMs, nowMs));
  }

  private void advance(long toMs) {
    quietMs += connected ? toMs - nowMs : 0;
    nowMs = toMs;
  }

  private long dueMs(Held held) {
    RuleEvaluator evaluator = evaluator(held.state);
    long due = evaluator.nextTickMs(held.state, nowMs);
    long after = evaluator.silentAfterMs(held.state);
    if (after != NEVER) {
      due = Math.min(due, nowMs + Math.max(0, after - (quietMs - held.quietFromMs)));
    }
    due = Math.max(due, nowMs);
    return due == held.tickedMs ? NEVER : due; // what it would do now, it has done
  }

  private void compare(Step step) {
    List<Told> left = new ArrayList<>(told);
    told.clear();
    List<Line> lines = new ArrayList<>();
    List<Expectation> unmet = new ArrayList<>();
    for (Expectation expected : step.expected()) {
      Told match = left.stream().filter(t -> expected.holds(t.signal)).findFirst().orElse(null);
      if (match == null) {
        unmet.add(expected);
      } else {
        left.remove(match);
        lines.add(new Line(Mark.SAME, expected.line(), describe(match.signal), ""));
      }
    }
    boolean bad = !unmet.isEmpty() || !left.isEmpty() && !step.others();
    for (Expectation expected : unmet) {
      Told meant =
          left.stream()
              .filter(t -> expected.isAbout(t.signal))
              .findFirst()
              .orElseGet(
                  () ->
                      left.stream()
                          .filter(t -> step.expected().size() == 1 && left.size() == 1)
                          .filter(t -> expected.namesHold(t.signal))
                          .findFirst()
                          .orElse(null));
      if (meant == null) {
        lines.add(new Line(Mark.MISSING, expected.line(), expected.describe(timeline), ""));
      } else {
        left.remove(meant);
        String why = String.join("; ", expected.differences(meant.signal, timeline));
        lines.add(new Line(Mark.DIFFERENT, expected.line(), describe(meant.signal), why));
      }
    }
    if (bad) {
      if (!step.others()) {
        left.forEach(t -> lines.add(unexpected(t, "")));
      }
      mismatches.add(new Mismatch(step.line(), timeline.clock(step.atMs()), lines));
    }
  }

  private Line unexpected(Told t, String why) {
    String when = "told at " + timeline.clock(t.atMs);
    return new Line(
        Mark.UNEXPECTED, 0, describe(t.signal), why.isEmpty() ? when : when + ", " + why);
  }

  /** A signal in the words a test is written in. */
  private String describe(Signal s) {
    StringBuilder text = new StringBuilder(s.signal().id());
    text.append(' ').append(s.rule()).append(' ').append(s.sensor().value());
    for (Expectation.Field field :
        List.of(
            Expectation.Field.LEVEL,
            Expectation.Field.LIMIT,
            Expectation.Field.VALUE,
            Expectation.Field.ETA_S,
            Expectation.Field.PROBABILITY,
            Expectation.Field.CAUSE,
            Expectation.Field.TIME)) {
      Object found = field.of(s);
      if (found != null && !(field == Expectation.Field.LEVEL && s.signal().isReached())) {
        text.append(' ').append(field.id()).append(' ');
        text.append(found instanceof Double n ? Expectation.show(field, n, timeline) : found);
      }
    }
    if (s.late()) {
      text.append(" late");
    }
    return s.delayed() ? text.append(" delayed").toString() : text.toString();
  }
}
