package org.minusone.rules.evaluate;

import static org.minusone.rules.evaluate.SensorState.NONE;

import org.minusone.model.SignalKind;

/**
 * A rule's levels at one sensor. A level reached implies the milder ones, so what is reached is one
 * number; only the highest is told on the way up, each is told on the way down.
 *
 * <pre>
 * level      reading                          then
 * not yet    at or past the limit, no on-delay   reached
 * not yet    at or past the limit                its on-delay starts, unless it runs
 * not yet    short of the limit                  its on-delay is void
 * not yet    on-delay over                       reached, stamped with the deadline
 * reached    inside by more than the deadband, no off-delay   left
 * reached    inside by more than the deadband    its off-delay starts, unless it runs
 * reached    not inside                          its off-delay is void
 * reached    off-delay over                      left, stamped with the deadline
 * </pre>
 *
 * <p>Where a rule has nearer limits for a fast rise, a level is reached at the limit that holds
 * then, and left at that same one: a fire that has stopped to rise is none the less hot.
 */
final class LevelSteps {
  private final Voice voice;

  LevelSteps(Voice voice) {
    this.voice = voice;
  }

  /** A good reading in order. */
  void reading(CompiledRule rule, RuleState state, Standing at, long timeMs) {
    for (int i = rule.levels.length - 1; i >= state.reached; i--) {
      if (!rule.isAtOrPast(i, at)) {
        state.onMs[i] = NONE;
      } else if (rule.holdMs[i] == 0) {
        climb(rule, state, i, at.position, timeMs);
        break;
      } else if (state.onMs[i] == NONE) {
        state.onMs[i] = timeMs + rule.holdMs[i];
      }
    }
    boolean inside = true; // a level is never left before the worse one
    for (int i = state.reached - 1; i >= 0; i--) {
      inside = inside && rule.isInside(i, at.keeps, state.limits[i]);
      if (!inside) {
        state.offMs[i] = NONE;
      } else if (rule.keepMs > 0) {
        if (state.offMs[i] == NONE) {
          state.offMs[i] = timeMs + rule.keepMs;
        }
      } else {
        leave(rule, state, timeMs);
      }
    }
  }

  /** A late reading: raises what it proves by itself, clears nothing, starts no delay. */
  void lateReading(CompiledRule rule, RuleState state, double position, long timeMs) {
    for (int i = rule.levels.length - 1; i >= state.reached; i--) {
      if (rule.isAtOrPast(i, position) && rule.holdMs[i] == 0) {
        climb(rule, state, i, position, timeMs);
        return;
      }
    }
  }

  /**
   * On-delays that end at {@code timeMs}.
   *
   * @param position of the last good reading
   */
  void raiseDue(CompiledRule rule, RuleState state, double position, long timeMs) {
    for (int i = rule.levels.length - 1; i >= state.reached; i--) {
      if (state.onMs[i] <= timeMs) {
        climb(rule, state, i, position, timeMs);
        return;
      }
    }
  }

  /** Off-delays that end at {@code timeMs}. */
  void clearDue(CompiledRule rule, RuleState state, long timeMs) {
    while (state.reached > 0 && state.offMs[state.reached - 1] <= timeMs) {
      leave(rule, state, timeMs);
    }
  }

  private void climb(CompiledRule rule, RuleState state, int level, double position, long timeMs) {
    for (int i = state.reached; i <= level; i++) {
      state.limits[i] = rule.limitAt(i, position);
    }
    state.reached = level + 1;
    for (int i = 0; i <= level; i++) {
      state.onMs[i] = NONE;
      state.offMs[i] = NONE;
    }
    voice.level(state, SignalKind.reached(rule.levels[level]), level, timeMs, null);
    for (RuleState.Foreseen foreseen : state.foreseen) {
      if (foreseen.level <= level) {
        foreseen.close(); // it became the crossing
        foreseen.spent = false;
      }
    }
  }

  private void leave(CompiledRule rule, RuleState state, long timeMs) {
    int level = --state.reached;
    state.onMs[level] = NONE;
    state.offMs[level] = NONE;
    voice.level(state, SignalKind.CLEARED, level, timeMs, Voice.INSIDE);
    state.limits[level] = rule.limitAt(level, Double.POSITIVE_INFINITY);
    state.endIfNothingIsOpen();
  }
}
