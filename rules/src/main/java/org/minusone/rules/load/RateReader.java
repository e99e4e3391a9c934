package org.minusone.rules.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Rule.Direction;

/** {@code rate:}, and the speed on which {@code while_rising:} and {@code while_falling:} hang. */
final class RateReader {
  /** A window of some readings at the fastest pace there is, and of a day at most (D). */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofDays(1);

  /** A family that reports more seldom has a heartbeat, not a pace. */
  private static final Duration SLOWEST_PACE = Duration.ofMinutes(10);

  private RateReader() {}

  /** {@code {over: 60s, rising: {warn: 4/min, alarm: {limit: 8/min, for: 10s}}}}. */
  static Optional<Rule.Condition> rate(Section rule, Optional<Family> family) {
    RuleReader.refuse(rule, "rate", "for", "forecast", "while_rising", "while_falling", "level");
    Value condition = rule.take("rate").orElseThrow();
    Rule.Deadband deadband =
        rule.take("deadband").flatMap(RateReader::deadband).orElse(Rule.Deadband.NONE);
    Duration keepFiringFor =
        rule.take("keep_firing_for").flatMap(Value::duration).orElse(Duration.ZERO);
    Optional<Section> read = condition.section();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Section section = read.get();
    Optional<Duration> over = over(section, family);
    Optional<Value> rising = section.take("rising");
    Optional<Value> falling = section.take("falling");
    if (rising.isPresent() && falling.isPresent()) {
      condition.error("'rising' and 'falling' in one rule: make each a rule of its own");
    } else if (rising.isEmpty()
        && falling.isEmpty()
        && !section.hasUnknownLike(List.of("rising", "falling"))) {
      condition.error("'rate' needs 'rising' or 'falling', for example rising: {alarm: 4/min}");
    }
    section.finish();
    Direction direction = rising.isPresent() ? Direction.ABOVE : Direction.BELOW;
    Map<Level, Rule.Limit> levels =
        rising.or(() -> falling).map(value -> levels(value, direction)).orElse(Map.of());
    if (over.isEmpty() || levels.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Rule.Rate(direction, levels, over.get(), deadband, keepFiringFor));
  }

  /**
   * {@code {by: 4/min, over: 60s, above: {warn: 36}}} beside {@code above:}.
   *
   * @param levels the rule's own
   */
  static Optional<Rule.Steep> steep(
      Value value,
      Direction direction,
      Map<Level, Rule.Limit> levels,
      Optional<Quantity> quantity,
      Optional<Family> family) {
    Optional<Section> read = value.section();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Section section = read.get();
    String kind = direction == Direction.ABOVE ? "above" : "below";
    OptionalDouble by = section.require("by").map(Rates::perMinute).orElse(OptionalDouble.empty());
    Optional<Duration> over = over(section, family);
    Map<Level, Double> limits =
        section.require(kind).map(v -> nearer(v, direction, levels, quantity)).orElse(Map.of());
    section.finish();
    if (by.isEmpty() || over.isEmpty() || limits.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Rule.Steep(by.getAsDouble(), over.get(), limits));
  }

  private static Map<Level, Double> nearer(
      Value value,
      Direction direction,
      Map<Level, Rule.Limit> levels,
      Optional<Quantity> quantity) {
    Map<Level, Double> limits = new EnumMap<>(Level.class);
    Optional<Section> section = value.section();
    if (section.isEmpty()) {
      return limits;
    }
    Level milder = null;
    for (Section.Entry entry : section.get().entries()) {
      Optional<Level> level = entry.key().word("level", Arrays.asList(Level.values()), Level::id);
      OptionalDouble number = ThresholdReader.inRange(entry.value(), quantity);
      if (level.isEmpty() || number.isEmpty()) {
        continue;
      }
      Rule.Limit far = levels.get(level.get());
      if (far == null) {
        if (!levels.isEmpty()) {
          entry.key().error("'" + level.get().id() + "' has no limit without it");
        }
      } else if (direction.reached(number.getAsDouble(), far.value())) {
        entry
            .value()
            .error("'" + level.get().id() + "' must be reached before " + Value.plain(far.value()));
      } else {
        limits.put(level.get(), number.getAsDouble());
      }
    }
    section.get().finish();
    for (Level level : limits.keySet()) {
      if (milder != null && direction.reached(limits.get(milder), limits.get(level))) {
        value.error("'" + level.id() + "' must lie further out than '" + milder.id() + "'");
      }
      milder = level;
    }
    if (section.get().entries().isEmpty()) {
      value.error("'" + value.name() + "' needs a level, for example {alarm: 46}");
    }
    return limits;
  }

  private static Optional<Duration> over(Section section, Optional<Family> family) {
    Optional<Value> value = section.require("over");
    Optional<Duration> over = value.flatMap(Value::positiveDuration);
    if (over.isEmpty()) {
      return over;
    }
    Duration window = over.get();
    if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
      value.get().error("'over' must be from 1s to 1d, not " + Durations.text(window));
      return Optional.empty();
    }
    Optional<Duration> pace =
        family.map(Family::slowestPeriod).filter(p -> p.compareTo(SLOWEST_PACE) <= 0);
    if (pace.isPresent() && window.compareTo(pace.get().multipliedBy(2)) < 0) {
      value
          .get()
          .warning(
              "a "
                  + family.get().id()
                  + " sensor may report only every "
                  + Durations.text(pace.get())
                  + ", and a speed needs three readings: 'over' had better be "
                  + Durations.text(pace.get().multipliedBy(2))
                  + " or longer");
    }
    return over;
  }

  private static Map<Level, Rule.Limit> levels(Value value, Direction direction) {
    Map<Level, Rule.Limit> levels = new EnumMap<>(Level.class);
    Optional<Section> section = value.section();
    if (section.isEmpty()) {
      return levels;
    }
    for (Section.Entry entry : section.get().entries()) {
      Optional<Level> level = entry.key().word("level", Arrays.asList(Level.values()), Level::id);
      Optional<Rule.Limit> limit = limit(entry.value(), direction);
      if (level.isPresent() && limit.isPresent()) {
        levels.put(level.get(), limit.get());
      }
    }
    if (section.get().entries().isEmpty()) {
      value.error("'" + value.name() + "' needs a level, for example {alarm: 4/min}");
    }
    section.get().finish();
    Level milder = null;
    for (Level level : levels.keySet()) {
      if (milder != null
          && Math.abs(levels.get(level).value()) <= Math.abs(levels.get(milder).value())) {
        value.error("'" + level.id() + "' must be faster than '" + milder.id() + "'");
      }
      milder = level;
    }
    return levels;
  }

  private static Optional<Rule.Limit> limit(Value value, Direction direction) {
    OptionalDouble speed;
    Duration hold = Duration.ZERO;
    if (value.isMapping()) {
      Section section = value.section().orElseThrow();
      speed = section.require("limit").map(Rates::perMinute).orElse(OptionalDouble.empty());
      hold = section.take("for").flatMap(Value::duration).orElse(Duration.ZERO);
      section.finish();
    } else {
      speed = Rates.perMinute(value);
    }
    if (speed.isEmpty()) {
      return Optional.empty();
    }
    double signed = direction == Direction.ABOVE ? speed.getAsDouble() : -speed.getAsDouble();
    return Optional.of(new Rule.Limit(signed, hold));
  }

  /** {@code 1/min}, or {@code 10%} of the limit. */
  static Optional<Rule.Deadband> deadband(Value value) {
    if (value.raw().filter(raw -> raw.endsWith("%")).isPresent()) {
      return ThresholdReader.deadband(value);
    }
    OptionalDouble speed = Rates.perMinute(value);
    return speed.isPresent()
        ? Optional.of(new Rule.Deadband(speed.getAsDouble(), false))
        : Optional.empty();
  }
}
