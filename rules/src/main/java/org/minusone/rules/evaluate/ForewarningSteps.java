package org.minusone.rules.evaluate;

import static org.minusone.rules.evaluate.SensorState.NONE;

import org.minusone.model.SignalKind;
import org.minusone.rules.evaluate.RuleState.Foreseen;
import org.minusone.rules.forecast.Outlook;

/**
 * A rule's forewarnings at one sensor, one for each level it looks ahead to.
 *
 * <pre>
 * closed, level not reached   crossing foreseen          forewarned
 * closed, spent               crossing not foreseen      may be given again
 * open                        crossing foreseen          withdrawal is void; updated if it moved
 * open                        crossing not foreseen      withdrawal starts, unless it runs
 * open                        withdrawal over            cleared (withdrawn)
 * open                        4 × horizon over           cleared (expired); spent if still foreseen
 * open                        first reading after a gap  cleared (gap); the forecast starts afresh
 * open                        the reading that gave it   cleared (withdrawn), unless the next one
 *                             was a spike                foresees it too
 * open                        its level is reached       over without a word: it became the crossing
 * </pre>
 *
 * <p>The reading that leaves a level may foresee the next crossing: a fire that hovers about the
 * limit crosses it again with the next reading. Holding forewarnings back until the threat was gone
 * cost recall in house fires (.89 for .99 at 54 °C, .61 for .92 of smoke) and took no false one off
 * street floods foreseen by three trends.
 */
final class ForewarningSteps {
  /** CONTRACTS §4. */
  private static final long GAP_MS = 3_600_000;

  private static final long MOVED_MS = 10_000;
  private static final double MOVED_SHARE = .15;
  private static final long SILENCE_BETWEEN_UPDATES_MS = 10_000;

  private final Voice voice;
  private final Outlook outlook = new Outlook();

  ForewarningSteps(Voice voice) {
    this.voice = voice;
  }

  /**
   * Takes a good reading into the forecast; before the levels are looked at.
   *
   * @param mayBeUndone whether the next reading may prove it a spike
   */
  void takeIn(CompiledRule rule, RuleState state, double value, long timeMs, boolean mayBeUndone) {
    if (state.memory.length != rule.forecaster.memorySize()) {
      // Kept by a version whose method remembered something else: it begins anew.
      state.memory = new double[rule.forecaster.memorySize()];
      state.memoryTimeMs = NONE;
    }
    if (mayBeUndone) {
      state.before = state.memory.clone();
      state.beforeTimeMs = state.memoryTimeMs;
    } else {
      state.before = RuleState.EMPTY;
      state.beforeTimeMs = NONE;
    }
    if (state.memoryTimeMs == NONE) {
      rule.forecaster.start(state.memory, value);
    } else if (timeMs - state.memoryTimeMs > GAP_MS) {
      for (Foreseen foreseen : state.foreseen) {
        foreseen.spent = false;
        if (foreseen.open) {
          end(state, foreseen, timeMs, Voice.GAP);
        }
      }
      rule.forecaster.start(state.memory, value);
    } else {
      rule.forecaster.update(state.memory, (timeMs - state.memoryTimeMs) / 1000.0, value);
    }
    state.memoryTimeMs = timeMs;
  }

  /**
   * The last reading taken in has failed after all: the forecast goes on as if it had not been. A
   * forewarning that it alone gave is withdrawn by the next look ahead, if the threat is gone.
   *
   * @param failedMs event time of that reading
   */
  void undo(RuleState state, long failedMs) {
    if (state.before.length > 0 && state.memoryTimeMs == failedMs) {
      System.arraycopy(state.before, 0, state.memory, 0, state.memory.length);
      state.memoryTimeMs = state.beforeTimeMs;
      state.before = RuleState.EMPTY;
      state.beforeTimeMs = NONE;
      state.undoneMs = failedMs;
    }
  }

  /** Looks ahead from the reading just taken in; after the levels. */
  void lookAhead(CompiledRule rule, RuleState state, double value, long timeMs) {
    for (int target = 0; target < state.foreseen.length; target++) {
      Foreseen foreseen = state.foreseen[target];
      if (foreseen.level < state.reached) {
        continue;
      }
      boolean threat = rule.forecaster.foresees(state.memory, value, target, outlook);
      if (rule.isAtOrPast(foreseen.level, rule.position(value, null))) {
        // Its on-delay runs: there is nothing left to foresee, and nothing to withdraw either.
        foreseen.withdrawMs = NONE;
      } else if (!threat) {
        foreseen.spent = false;
        if (foreseen.open && foreseen.withdrawMs == NONE) {
          foreseen.withdrawMs = timeMs + rule.withdrawAfterMs;
          if (rule.withdrawAfterMs == 0
              || foreseen.expiresMs - rule.expiresAfterMs == state.undoneMs) {
            end(state, foreseen, timeMs, Voice.WITHDRAWN);
          }
        }
      } else if (foreseen.open) {
        foreseen.withdrawMs = NONE;
        update(rule, state, foreseen, timeMs);
      } else if (!foreseen.spent) {
        open(rule, state, foreseen, timeMs);
      }
    }
    state.undoneMs = NONE;
  }

  private void open(CompiledRule rule, RuleState state, Foreseen foreseen, long timeMs) {
    foreseen.open = true;
    foreseen.expiresMs = timeMs + rule.expiresAfterMs;
    tell(rule, state, foreseen, SignalKind.FOREWARNED, timeMs);
  }

  private void update(CompiledRule rule, RuleState state, Foreseen foreseen, long timeMs) {
    if (Double.isNaN(outlook.etaS) || timeMs - foreseen.toldMs < SILENCE_BETWEEN_UPDATES_MS) {
      return;
    }
    double moved = Math.abs(timeMs + outlook.etaS * 1000 - foreseen.expectedMs);
    if (moved > Math.max(MOVED_MS, MOVED_SHARE * outlook.etaS * 1000)) {
      tell(rule, state, foreseen, SignalKind.UPDATED, timeMs);
    }
  }

  private void tell(
      CompiledRule rule, RuleState state, Foreseen foreseen, SignalKind kind, long timeMs) {
    foreseen.toldMs = timeMs;
    foreseen.expectedMs =
        Double.isNaN(outlook.etaS) ? timeMs : timeMs + Math.round(outlook.etaS * 1000);
    voice.foreseen(rule, state, kind, foreseen.level, timeMs, outlook);
  }

  /** Withdrawals and expiries at {@code timeMs}. */
  void clearDue(RuleState state, long timeMs) {
    for (Foreseen foreseen : state.foreseen) {
      if (foreseen.withdrawMs <= timeMs) {
        end(state, foreseen, timeMs, Voice.WITHDRAWN);
      } else if (foreseen.expiresMs <= timeMs) {
        foreseen.spent = foreseen.withdrawMs == NONE;
        end(state, foreseen, timeMs, Voice.EXPIRED);
      }
    }
  }

  private void end(RuleState state, Foreseen foreseen, long timeMs, String cause) {
    foreseen.close();
    voice.level(state, SignalKind.CLEARED, foreseen.level, timeMs, cause);
    state.endIfNothingIsOpen();
  }
}
