package org.minusone.rules.evaluate;

import static org.minusone.rules.evaluate.SensorState.NONE;

import java.util.List;
import org.minusone.model.Maintenance;

/**
 * When sensors are in service and when not. Out of service a sensor is listened to and nothing is
 * said about it (ISA-18.2 F, G):
 *
 * <pre>
 * out of service                          then
 * a reading reaches a limit               its on-delay runs on to the end at least: what is still
 *                                         true then is raised, stamped with the end
 * a reading is back inside                that on-delay is void; no level is left, no off-delay starts
 * an on-delay is over                     it waits for the end
 * an off-delay or a withdrawal is over    void: a reading in service must say so anew
 * a forewarning expires                   it waits for the end
 * no arrival, or its line is down         told at the end, if still so
 * an arrival after silence                told by the first arrival in service
 * a late reading of that time             raises nothing
 * any reading                             forecast and speed take none in, and start afresh afterwards
 * a reading that fails its tests          the sensor is doubted by the first reading in service
 * </pre>
 */
final class Service {
  /** A weekly window may leave no time between; then its end is looked for no further. */
  private static final int TOUCHING = 32;

  private final Maintenance[] windows;

  Service(List<Maintenance> windows) {
    this.windows = windows.toArray(Maintenance[]::new);
  }

  boolean isUnbroken() {
    return windows.length == 0;
  }

  /** When the time out of service that contains {@code atMs} is over; NONE in service. */
  long resumesMs(long atMs) {
    long end = NONE;
    long at = atMs;
    for (int i = 0; i < TOUCHING; i++) { // windows may overlap or touch
      long further = endMs(at);
      if (further == NONE) {
        return end;
      }
      end = further;
      at = further;
    }
    return end;
  }

  private long endMs(long atMs) {
    long end = Maintenance.NEVER;
    for (Maintenance window : windows) {
      long own = window.endMs(atMs);
      if (own != Maintenance.NEVER) {
        end = end == Maintenance.NEVER ? own : Math.max(end, own);
      }
    }
    return end == Maintenance.NEVER ? NONE : end;
  }

  boolean isOut(long atMs) {
    return windows.length > 0 && resumesMs(atMs) != NONE;
  }

  /** The first instant in service at or after {@code atMs}. */
  long inService(long atMs) {
    long end = windows.length == 0 ? NONE : resumesMs(atMs);
    return end == NONE ? atMs : end;
  }

  /** What a rule's deadlines up to {@code dueMs} become that fall out of service. */
  static void suspend(RuleState state, long dueMs, long resumesMs) {
    for (int i = 0; i < state.levels.length; i++) {
      state.onMs[i] = state.onMs[i] <= dueMs ? resumesMs : state.onMs[i];
      state.offMs[i] = state.offMs[i] <= dueMs ? NONE : state.offMs[i];
    }
    for (RuleState.Foreseen foreseen : state.foreseen) {
      foreseen.withdrawMs = foreseen.withdrawMs <= dueMs ? NONE : foreseen.withdrawMs;
      foreseen.expiresMs = foreseen.expiresMs <= dueMs ? resumesMs : foreseen.expiresMs;
    }
  }

  /** A good reading in order, out of service. */
  static void reading(
      CompiledRule rule, RuleState state, Standing at, long timeMs, long resumesMs) {
    for (int i = state.reached; i < rule.levels.length; i++) {
      if (!rule.isAtOrPast(i, at)) {
        state.onMs[i] = NONE;
      } else {
        long due = state.onMs[i] == NONE ? timeMs + rule.holdMs[i] : state.onMs[i];
        state.onMs[i] = Math.max(due, resumesMs);
      }
    }
    for (int i = 0; i < state.reached; i++) {
      state.offMs[i] = NONE;
    }
  }

  /** What is measured out of service is no history to look ahead from, nor to take a speed from. */
  static void forget(RuleState state) {
    state.memoryTimeMs = NONE;
    state.before = RuleState.EMPTY;
    state.beforeTimeMs = NONE;
    if (state.slope != null) {
      state.slope.points = 0;
    }
  }
}
