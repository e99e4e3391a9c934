package org.minusone.rules.evaluate;

import java.util.Objects;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.SensorKey;

/**
 * All that the rules know of one sensor (CONTRACTS §2.7). Mutable and owned by whoever calls the
 * evaluator, one thread at a time; {@link SensorStateCodec} keeps it across restarts.
 */
public final class SensorState {
  /** A deadline or instant that is not set. */
  static final long NONE = Long.MAX_VALUE;

  static final RuleState[] NO_RULES = {};

  final SensorKey key;
  final boolean run;
  Family family;

  /** Of the site, when its rules were last compared with this state. */
  int version;

  /** The greatest event time that counted, over all quantities. */
  long lastTimeMs = Long.MIN_VALUE;

  /** Wall time of the newest arrival. */
  long lastArrivalMs = Long.MIN_VALUE;

  /** Arrival − event of the last reading in order: carries wall time into the sensor's time. */
  long offsetMs;

  /** Its gateway said that the line is down, and nothing came since. */
  boolean offline;

  /** Start of the episode of doubt, {@link #NONE} when every quantity passes. */
  long suspectSince = NONE;

  final QuantityState[] quantities = new QuantityState[Quantity.values().length];
  RuleState[] rules = NO_RULES;

  /** Whose rules {@link #rules} line up with; not kept. */
  RuleEvaluator attachedTo;

  /** The earliest deadline of any rule; derived. */
  long nextDueMs = NONE;

  /** The task's quiet clock now, and at the newest reading; not kept. */
  long quietClockMs;

  long quietFromMs;

  public SensorState(SensorKey key, Family family) {
    this.key = Objects.requireNonNull(key);
    this.family = Objects.requireNonNull(family);
    this.run = key.site().isRun();
  }

  public SensorKey key() {
    return key;
  }

  public Family family() {
    return family;
  }

  /** The site's version its rules were last compared with; 0 before the first. */
  public int version() {
    return version;
  }

  /** Wall time of its newest arrival, epoch ms; {@code Long.MIN_VALUE} before the first. */
  public long lastArrivalMs() {
    return lastArrivalMs;
  }

  /**
   * Tells what the quiet clock shows, which runs only while the input is connected and without lag.
   * Before each reading where ticks follow; it is not kept and begins again at start-up.
   */
  public void atQuietClock(long quietMs) {
    quietClockMs = quietMs;
  }

  QuantityState quantity(Quantity quantity) {
    int i = quantity.ordinal();
    if (quantities[i] == null) {
      quantities[i] = new QuantityState();
    }
    return quantities[i];
  }

  boolean isFailing(Quantity quantity) {
    QuantityState q = quantities[quantity.ordinal()];
    return q != null && q.failing;
  }

  boolean isAnyFailing() {
    for (QuantityState q : quantities) {
      if (q != null && q.failing) {
        return true;
      }
    }
    return false;
  }

  void schedule() {
    long next = NONE;
    for (RuleState rule : rules) {
      next = Math.min(next, Math.min(rule.raiseDueMs, rule.clearDueMs));
    }
    nextDueMs = next;
  }
}
