package org.minusone.rules.topology;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minusone.model.Family;
import org.minusone.model.Reading;
import org.minusone.model.Run;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.rules.evaluate.Evaluators;
import org.minusone.rules.evaluate.RuleEvaluator;
import org.minusone.rules.evaluate.SensorState;
import org.minusone.rules.expression.CelExpressions;

/** A site or run in the hands of a task: its sensors here, and the rules of its live version. */
final class HeldSite {
  final SiteId id;
  final Map<String, HeldSensor> sensors = new HashMap<>();

  /** Of the live version; null before one is. */
  private Evaluators evaluators;

  /** Null before the first is known. */
  private SiteVersion live;

  /** The version before; null before the second is known. */
  private SiteVersion before;

  /** Null for a site, and for a run that is not known yet. */
  private Run run;

  /** When this task learned that the run ended; null before. */
  private Instant endSeenAt;

  HeldSite(SiteId id) {
    this.id = id;
  }

  boolean isLive() {
    return live != null;
  }

  /**
   * Takes over what the catalog says.
   *
   * @return whether the sensors must be compared with other rules
   */
  boolean follow(SiteVersion now) {
    if (now == live) {
      return false;
    }
    boolean changed = live == null || live.version() != now.version();
    if (changed) {
      before = live;
    }
    live = now;
    if (changed) {
      evaluators =
          new Evaluators(
              live.rules(),
              live.sensors(),
              live.maintenance(),
              live.version(),
              live.appliedAt(),
              CelExpressions.LANGUAGE);
    }
    return changed;
  }

  RuleEvaluator evaluator(SensorState sensor) {
    return evaluator(sensor, sensor.family());
  }

  RuleEvaluator evaluator(SensorState sensor, Family family) {
    return evaluators.of(sensor.key().sensor(), family);
  }

  /** An evaluator without rules: for what is open at a sensor that is no longer registered. */
  RuleEvaluator noRules() {
    return new RuleEvaluator(List.of(), live.version(), live.appliedAt());
  }

  /** Runs, and sites whose policy says so, admit sensors that the registry does not know. */
  boolean admits(SensorId sensor) {
    return id.isRun() || live.admitsUnknown() || live.sensors().containsKey(sensor);
  }

  /** Whether the change of version took {@code sensor} out of the registry. */
  boolean retires(SensorId sensor) {
    return !admits(sensor)
        || !id.isRun()
            && before != null
            && before.sensors().containsKey(sensor)
            && !live.sensors().containsKey(sensor);
  }

  /** Takes over what is known of the run. */
  void follow(Run known, Instant now) {
    run = known;
    if (isEnded() && endSeenAt == null) {
      endSeenAt = now;
    }
  }

  /** A run's wall clock is its readings' only at speed 1 (CONTRACTS §2.4). */
  boolean ticks() {
    return isLive() && (!id.isRun() || run != null && run.speed() == 1);
  }

  boolean isEnded() {
    return run != null && !run.isOpen();
  }

  boolean isAfterEnd(Reading reading) {
    return isEnded() && reading.arrivalMs() > run.endedAt().toEpochMilli();
  }

  /** When this task learned that the run ended: by then all its readings are in the input. */
  Instant endSeenAt() {
    return endSeenAt;
  }
}
