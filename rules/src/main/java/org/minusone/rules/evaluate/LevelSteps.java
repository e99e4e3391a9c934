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
 */
final class LevelSteps {
  private final Voice voice;

  LevelSteps(Voice voice) {
    this.voice = voice;
  }

  /** A good reading in order. */
  void reading(CompiledRule rule, RuleState state, double position, long timeMs) {
    for (int i = rule.levels.length - 1; i >= state.reached; i--) {
      if (!rule.isAtOrPast(i, position)) {
        state.onMs[i] = NONE;
      } else if (rule.holdMs[i] == 0) {
        climb(rule, state, i, timeMs);
        break;
      } else if (state.onMs[i] == NONE) {
        state.onMs[i] = timeMs + rule.holdMs[i];
      }
    }
    boolean inside = true; // a level is never left before the worse one
    for (int i = state.reached - 1; i >= 0; i--) {
      inside = inside && rule.isInside(i, position);
      if (!inside) {
        state.offMs[i] = NONE;
      } else if (rule.keepMs > 0) {
        if (state.offMs[i] == NONE) {
          state.offMs[i] = timeMs + rule.keepMs;
        }
      } else {
        leave(state, timeMs);
      }
    }
  }

  /** A late reading: raises what it proves by itself, clears nothing, starts no delay. */
  void lateReading(CompiledRule rule, RuleState state, double position, long timeMs) {
    for (int i = rule.levels.length - 1; i >= state.reached; i--) {
      if (rule.isAtOrPast(i, position) && rule.holdMs[i] == 0) {
        climb(rule, state, i, timeMs);
        return;
      }
    }
  }

  /** On-delays that end at {@code timeMs}. */
  void raiseDue(CompiledRule rule, RuleState state, long timeMs) {
    for (int i = rule.levels.length - 1; i >= state.reached; i--) {
      if (state.onMs[i] <= timeMs) {
        climb(rule, state, i, timeMs);
        return;
      }
    }
  }

  /** Off-delays that end at {@code timeMs}. */
  void clearDue(RuleState state, long timeMs) {
    while (state.reached > 0 && state.offMs[state.reached - 1] <= timeMs) {
      leave(state, timeMs);
    }
  }

  private void climb(CompiledRule rule, RuleState state, int level, long timeMs) {
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

  private void leave(RuleState state, long timeMs) {
    int level = --state.reached;
    state.onMs[level] = NONE;
    state.offMs[level] = NONE;
    voice.level(state, SignalKind.CLEARED, level, timeMs, Voice.INSIDE);
    state.endIfNothingIsOpen();
  }
}
