package org.minusone.rules.evaluate;

import static org.minusone.rules.evaluate.SensorState.NONE;

import java.util.Arrays;
import org.minusone.model.Level;
import org.minusone.model.Quantity;

/**
 * One rule at one sensor. It carries the levels and limits of the rule it was made by, so that a
 * changed or vanished rule can still be closed by name.
 */
final class RuleState {
  final String name;

  /** Fingerprints of the rule and of its forecast, to see whether a new version changed them. */
  final int print;

  final int forecastPrint;

  /** Null for the silence of a sensor. */
  final Quantity quantity;

  /** Mildest first. */
  final Level[] levels;

  /**
   * {@code NaN} for a state's. Of a level that was reached at the nearer limit of a fast rise, that
   * one, until the level is left.
   */
  final double[] limits;

  /** Start of the open episode, {@link SensorState#NONE} when nothing is open. */
  long episodeMs = NONE;

  long lastEpisodeMs = NONE;

  /**
   * How many levels are reached: 0 = none, 1 = the mildest …; a level reached implies the milder.
   */
  int reached;

  /** On-delays and off-delays running, a deadline each. */
  final long[] onMs;

  final long[] offMs;

  final Foreseen[] foreseen;

  /** The forecaster's; empty without one. */
  double[] memory;

  /** Event time of the last reading the forecaster took in. */
  long memoryTimeMs = NONE;

  /**
   * The forecaster's memory without that reading, kept while the next may prove it a spike; else
   * empty.
   */
  double[] before = EMPTY;

  long beforeTimeMs = NONE;

  /** Event time of the reading that the present one has undone; of the present reading only. */
  long undoneMs = NONE;

  /** Null unless the rule looks at the quantity's speed. */
  Slope slope;

  /** The earliest deadline that would raise, and that would clear; derived. */
  long raiseDueMs = NONE;

  long clearDueMs = NONE;

  RuleState(
      String name,
      int print,
      int forecastPrint,
      Quantity quantity,
      Level[] levels,
      double[] limits,
      int targets,
      int memorySize) {
    this.name = name;
    this.print = print;
    this.forecastPrint = forecastPrint;
    this.quantity = quantity;
    this.levels = levels;
    this.limits = limits;
    this.onMs = new long[levels.length];
    this.offMs = new long[levels.length];
    Arrays.fill(onMs, NONE);
    Arrays.fill(offMs, NONE);
    this.foreseen = new Foreseen[targets];
    for (int i = 0; i < targets; i++) {
      foreseen[i] = new Foreseen();
    }
    this.memory = memorySize == 0 ? EMPTY : new double[memorySize];
  }

  static final double[] EMPTY = {};

  /** A forecast to one level. */
  static final class Foreseen {
    /** Index of the level in {@link RuleState#levels}. */
    int level;

    boolean open;

    /** It outlived 4 × horizon, and the threat was not gone since. */
    boolean spent;

    long expiresMs = NONE;

    /** When it is withdrawn; {@link SensorState#NONE} while the threat lasts. */
    long withdrawMs = NONE;

    /** The crossing as last told, and when that was. */
    long expectedMs = NONE;

    long toldMs = NONE;

    void close() {
      open = false;
      expiresMs = NONE;
      withdrawMs = NONE;
      expectedMs = NONE;
      toldMs = NONE;
    }
  }

  boolean isOpen() {
    if (reached > 0) {
      return true;
    }
    for (Foreseen f : foreseen) {
      if (f.open) {
        return true;
      }
    }
    return false;
  }

  void endIfNothingIsOpen() {
    if (episodeMs != NONE && !isOpen()) {
      lastEpisodeMs = episodeMs;
      episodeMs = NONE;
    }
  }

  void schedule() {
    long raise = NONE;
    long clear = NONE;
    for (int i = 0; i < levels.length; i++) {
      raise = Math.min(raise, onMs[i]);
      clear = Math.min(clear, offMs[i]);
    }
    for (Foreseen f : foreseen) {
      clear = Math.min(clear, Math.min(f.withdrawMs, f.expiresMs));
    }
    raiseDueMs = raise;
    clearDueMs = clear;
  }
}
