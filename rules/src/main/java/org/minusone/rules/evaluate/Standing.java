package org.minusone.rules.evaluate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.minusone.model.Quantity;
import org.minusone.model.Signal;

/**
 * Where a sensor stands on a rule's ladder, by what it last reported. One object is used again and
 * again, so that a reading costs no garbage.
 */
final class Standing implements Expression.Latest {
  /** Mirrored, as {@link CompiledRule}'s limits are; {@code NaN} where it is not known. */
  double position;

  /**
   * Where it stands for a level that is reached already. Higher than {@link #position} where only
   * the age of a reading speaks against the level: a quantity that is no longer heard of clears
   * nothing.
   */
  double keeps;

  /** Whether it moves towards the limits fast enough for the nearer ones. */
  boolean steep;

  /** Per second, in the quantity's unit; {@code NaN} where the rule does not look at it. */
  double slopePerS;

  private SensorState sensor;
  private long nowMs;
  private boolean ageless;

  /** By a number or word of the rule's own quantity. */
  void by(CompiledRule rule, double value, String word) {
    at(rule.position(value, word));
  }

  /** By a place on the ladder. */
  void at(double place) {
    position = place;
    keeps = place;
    steep = false;
    slopePerS = Double.NaN;
  }

  /** By the last good readings of the sensor, the slope as it was last taken in. */
  void of(CompiledRule rule, SensorState sensor, RuleState state, long timeMs) {
    switch (rule.kind) {
      case THRESHOLD, STATE -> {
        QuantityState last = sensor.quantities[rule.quantity.ordinal()];
        by(rule, last == null ? Double.NaN : last.value, last == null ? null : last.word);
        if (rule.steep != null && rule.isNearSteep(position)) {
          slopePerS = state.slope.perSecond();
          steep = rule.isSteep(slopePerS);
        }
      }
      case RATE -> {
        slopePerS = state.slope.perSecond();
        position = rule.position(slopePerS * 60, null);
        keeps = position;
        steep = false;
      }
      case QUALITY -> {
        QuantityState last = sensor.quantities[rule.quantity.ordinal()];
        at(last == null ? Double.NaN : CompiledRule.position(last.flag));
      }
      case WHEN -> {
        this.sensor = sensor;
        nowMs = timeMs;
        ageless = false;
        position = rule.worst(this);
        keeps = position;
        steep = false;
        slopePerS = Double.NaN;
        if (state.reached > position + 1 && rule.asksForAges) {
          ageless = true;
          keeps = Math.max(position, rule.worst(this));
        }
      }
      case SILENT, TOGETHER ->
          throw new IllegalStateException(rule.name + " has no ladder of one sensor");
    }
  }

  /** The readings behind it that the value alone does not tell. */
  List<Signal.Used> used(CompiledRule rule, SensorState sensor, RuleState state) {
    List<Signal.Used> used = new ArrayList<>();
    if (!Double.isNaN(slopePerS)) {
      Slope slope = state.slope;
      used.add(point(rule.quantity, slope, 0));
      used.add(point(rule.quantity, slope, slope.points - 1));
    } else if (rule.kind == org.minusone.model.Rule.Kind.WHEN) {
      for (Quantity quantity : rule.reads) {
        QuantityState last = sensor.quantities[quantity.ordinal()];
        if (last != null && last.isKnown()) {
          Double value = quantity.isWord() ? null : (Double) last.value;
          used.add(new Signal.Used(quantity, value, last.word, Instant.ofEpochMilli(last.goodMs)));
        }
      }
    }
    return used;
  }

  private static Signal.Used point(Quantity quantity, Slope slope, int i) {
    return new Signal.Used(quantity, slope.values[i], null, Instant.ofEpochMilli(slope.times[i]));
  }

  private QuantityState last(Quantity quantity) {
    return sensor.quantities[quantity.ordinal()];
  }

  @Override
  public boolean isKnown(Quantity quantity) {
    QuantityState last = last(quantity);
    return last != null && last.isKnown();
  }

  @Override
  public double value(Quantity quantity) {
    return last(quantity).value;
  }

  @Override
  public String word(Quantity quantity) {
    return last(quantity).word;
  }

  @Override
  public long ageMs(Quantity quantity) {
    return ageless ? 0 : Math.max(0, nowMs - last(quantity).goodMs);
  }
}
