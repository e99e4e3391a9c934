package org.minusone.console.feed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Rule.Direction;

/** The limits that the live rules set to a quantity, and how far a value is from them. */
final class Limits {
  private Limits() {}

  /**
   * @param direction on which side of it the danger lies
   */
  record Limit(Level level, double limit, Direction direction) {
    View view() {
      return new View(level, limit, direction.name().toLowerCase(Locale.ROOT));
    }
  }

  /** A limit as JSON has it. */
  public record View(Level level, double limit, String direction) {}

  /**
   * Distance to the nearest limit not yet reached.
   *
   * @param distance in the quantity's unit
   * @param share of the limit's size; between two limits, of half the band's width: a voltage is
   *     always within a tenth of its limits and yet not near them
   */
  record Margin(double distance, double share) {}

  /** Those of all threshold rules on the quantity, the mildest level first. */
  static List<Limit> of(List<Rule> rules, Family family, Quantity quantity) {
    List<Limit> limits = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.family() == family
          && rule.quantity() == quantity
          && rule.condition() instanceof Rule.Threshold threshold) {
        threshold
            .levels()
            .forEach(
                (level, limit) ->
                    limits.add(new Limit(level, limit.value(), threshold.direction())));
      }
    }
    limits.sort(
        Comparator.comparing(Limit::direction)
            .thenComparing(Limit::level)
            .thenComparingDouble(Limit::limit));
    return limits;
  }

  static Optional<Margin> margin(List<Limit> limits, double value) {
    if (!Double.isFinite(value)) {
      return Optional.empty();
    }
    double above = Double.NaN;
    double below = Double.NaN;
    for (Limit limit : limits) {
      if (limit.direction().reached(value, limit.limit())) {
        continue;
      }
      switch (limit.direction()) {
        case ABOVE -> above = Double.isNaN(above) ? limit.limit() : Math.min(above, limit.limit());
        case BELOW -> below = Double.isNaN(below) ? limit.limit() : Math.max(below, limit.limit());
      }
    }
    if (Double.isNaN(above) && Double.isNaN(below)) {
      return Optional.empty();
    }
    double up = Double.isNaN(above) ? Double.POSITIVE_INFINITY : above - value;
    double down = Double.isNaN(below) ? Double.POSITIVE_INFINITY : value - below;
    double distance = Math.min(up, down);
    double size;
    if (Double.isNaN(above) || Double.isNaN(below)) {
      size = Math.abs(Double.isNaN(above) ? below : above);
    } else {
      size = (above - below) / 2;
    }
    return size > 0 ? Optional.of(new Margin(distance, distance / size)) : Optional.empty();
  }
}
