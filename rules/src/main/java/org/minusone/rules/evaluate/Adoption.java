package org.minusone.rules.evaluate;

import static org.minusone.rules.evaluate.SensorState.NONE;

import java.util.HashMap;
import java.util.Map;
import org.minusone.model.Rule;
import org.minusone.model.SignalKind;
import org.minusone.rules.evaluate.RuleState.Foreseen;

/**
 * Brings a sensor's episodes from the rules it was evaluated by to others. An unchanged rule keeps
 * all of it; a changed one keeps each level that its last good value still holds and each
 * forewarning whose forecast is the same; the rest is cleared by name.
 */
final class Adoption {
  private final CompiledRule[] rules;
  private final Voice voice;
  private final Standing standing = new Standing();
  private final Map<String, Integer> byName = new HashMap<>();

  Adoption(CompiledRule[] rules, Voice voice) {
    this.rules = rules;
    this.voice = voice;
    for (int i = 0; i < rules.length; i++) {
      byName.put(rules[i].name, i);
    }
  }

  /**
   * @param out whether the sensor is out of service: its last value is no witness against a level
   */
  void adopt(SensorState sensor, long timeMs, boolean out) {
    RuleState[] adopted = new RuleState[rules.length];
    for (RuleState old : sensor.rules) {
      Integer i = byName.get(old.name);
      if (i == null) {
        close(old, timeMs, Voice.RULE_CHANGED);
      } else if (old.print == rules[i].print) {
        adopted[i] = old;
      } else {
        adopted[i] = change(sensor, old, rules[i], timeMs, out);
      }
    }
    for (int i = 0; i < rules.length; i++) {
      if (adopted[i] == null) {
        adopted[i] = rules[i].newState();
      }
      adopted[i].schedule();
    }
    sensor.rules = adopted;
  }

  void retire(SensorState sensor, long timeMs) {
    for (RuleState old : sensor.rules) {
      close(old, timeMs, Voice.RETIRED);
    }
    if (sensor.suspectSince != NONE) {
      voice.suspect(null, SignalKind.CLEARED, timeMs, Voice.RETIRED);
      sensor.suspectSince = NONE;
    }
    sensor.rules = SensorState.NO_RULES;
  }

  private RuleState change(
      SensorState sensor, RuleState old, CompiledRule rule, long timeMs, boolean out) {
    RuleState changed = rule.newState();
    changed.episodeMs = old.episodeMs;
    changed.lastEpisodeMs = old.lastEpisodeMs;
    if (changed.slope != null
        && old.slope != null
        && old.slope.overMs == changed.slope.overMs
        && old.quantity == rule.quantity) {
      changed.slope = old.slope;
    }
    int kept = stillReached(sensor, old, changed, rule, out);
    for (int i = old.reached - 1; i >= 0; i--) {
      if (index(rule, old, i) >= kept || index(rule, old, i) < 0) {
        voice.level(old, SignalKind.CLEARED, i, timeMs, Voice.RULE_CHANGED);
      }
    }
    changed.reached = kept;
    boolean sameForecast =
        old.forecastPrint == changed.forecastPrint
            && rule.forecaster != null
            && old.memory.length == changed.memory.length;
    if (sameForecast) {
      System.arraycopy(old.memory, 0, changed.memory, 0, old.memory.length);
      changed.memoryTimeMs = old.memoryTimeMs;
      changed.before = old.before;
      changed.beforeTimeMs = old.beforeTimeMs;
    }
    for (int i = 0; i < old.foreseen.length; i++) {
      Foreseen foreseen = old.foreseen[i];
      if (foreseen.open && sameForecast && changed.foreseen[i].level >= kept) {
        int level = changed.foreseen[i].level;
        changed.foreseen[i] = foreseen;
        foreseen.level = level;
      } else if (foreseen.open && !sameForecast) {
        voice.level(old, SignalKind.CLEARED, foreseen.level, timeMs, Voice.RULE_CHANGED);
      }
    }
    changed.endIfNothingIsOpen();
    return changed;
  }

  /** How many of the new rule's levels go on: those up to the worst old one that still holds. */
  private int stillReached(
      SensorState sensor, RuleState old, RuleState changed, CompiledRule rule, boolean out) {
    if (old.reached == 0) {
      return 0;
    }
    if (rule.kind == Rule.Kind.SILENT) {
      // Silent for the old time is silent for a shorter one; for a longer one it is yet to be seen.
      boolean holds =
          old.quantity == rule.quantity
              && index(rule, old, 0) == 0
              && (out || old.limits[0] >= rule.limits[0]);
      return holds ? 1 : 0;
    }
    if (rule.kind != Rule.Kind.WHEN && sensor.quantities[rule.quantity.ordinal()] == null) {
      return 0;
    }
    if (rule.kind == Rule.Kind.RATE && old.slope == null && !out) {
      return 0; // it was no rate; as one whose window changed, it goes on until the speed is known
    }
    changed.reached = rule.levels.length; // a reading too old to be asked for speaks for it
    standing.of(rule, sensor, changed, sensor.lastTimeMs);
    for (int i = old.reached - 1; i >= 0; i--) {
      int level = index(rule, old, i);
      if (level < 0) {
        continue;
      }
      // Of a rule with nearer limits for a fast rise, either may be the one that holds.
      for (double which : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
        if (!rule.isInside(level, standing.keeps, rule.limitAt(level, which))) {
          for (int reached = 0; reached <= level; reached++) {
            changed.limits[reached] = rule.limitAt(reached, which);
          }
          return level + 1;
        }
      }
      if (out) {
        return level + 1;
      }
    }
    return 0;
  }

  private static int index(CompiledRule rule, RuleState old, int level) {
    for (int i = 0; i < rule.levels.length; i++) {
      if (rule.levels[i] == old.levels[level]) {
        return i;
      }
    }
    return -1;
  }

  private void close(RuleState old, long timeMs, String cause) {
    for (int i = old.reached - 1; i >= 0; i--) {
      voice.level(old, SignalKind.CLEARED, i, timeMs, cause);
    }
    for (Foreseen foreseen : old.foreseen) {
      if (foreseen.open) {
        voice.level(old, SignalKind.CLEARED, foreseen.level, timeMs, cause);
      }
    }
    old.reached = 0;
    for (Foreseen foreseen : old.foreseen) {
      foreseen.close();
    }
    old.endIfNothingIsOpen();
  }
}
