package org.minusone.rules.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Rule.Direction;
import org.minusone.rules.forecast.Forecasters;

/** {@code above:} or {@code below:} with its deadband, off-delay and forecast. */
final class ThresholdReader {
  /** D. */
  private static final Duration LONG = Duration.ofDays(1);

  private final Section rule;
  private final Optional<Family> family;
  private final Optional<Quantity> quantity;
  private final Set<String> liveMethods;

  ThresholdReader(
      Section rule, Optional<Family> family, Optional<Quantity> quantity, Set<String> liveMethods) {
    this.rule = rule;
    this.family = family;
    this.quantity = quantity;
    this.liveMethods = liveMethods;
  }

  Optional<Rule.Condition> read(Direction direction) {
    String kind = direction == Direction.ABOVE ? "above" : "below";
    Value condition = rule.take(kind).orElseThrow();
    String steepKey = direction == Direction.ABOVE ? "while_rising" : "while_falling";
    String otherWay = direction == Direction.ABOVE ? "while_falling" : "while_rising";
    RuleReader.refuse(rule, kind, "for", "level", otherWay);
    Map<Level, Rule.Limit> levels = levels(condition, direction);
    Rule.Deadband deadband =
        rule.take("deadband").flatMap(ThresholdReader::deadband).orElse(Rule.Deadband.NONE);
    Duration keepFiringFor =
        rule.take("keep_firing_for").flatMap(Value::duration).orElse(Duration.ZERO);
    Rule.Forecast forecast =
        rule.take("forecast").flatMap(value -> forecast(value, kind, levels)).orElse(null);
    Rule.Steep steep =
        rule.take(steepKey)
            .flatMap(value -> RateReader.steep(value, direction, levels, quantity, family))
            .orElse(null);
    if (levels.isEmpty()) {
      return Optional.empty();
    }
    rule.take("deadband").ifPresent(value -> canClear(value, direction, levels, deadband));
    return Optional.of(
        new Rule.Threshold(direction, levels, deadband, keepFiringFor, forecast, steep));
  }

  /** An alert that no reading can clear would stand for ever. */
  private void canClear(
      Value value, Direction direction, Map<Level, Rule.Limit> levels, Rule.Deadband deadband) {
    if (quantity.isEmpty() || quantity.get().isWord()) {
      return;
    }
    Quantity measured = quantity.get();
    for (Map.Entry<Level, Rule.Limit> entry : levels.entrySet()) {
      double limit = entry.getValue().value();
      double width = deadband.at(limit);
      double clear = direction == Direction.ABOVE ? limit - width : limit + width;
      if (width > 0 && (clear < measured.lowest() || clear > measured.highest())) {
        value.error(
            String.format(
                "'%s' could never be cleared: it would take %s %s, and '%s' reads %s to %s",
                entry.getKey().id(),
                Value.plain(clear),
                measured.unit(),
                measured.id(),
                Value.plain(measured.lowest()),
                Value.plain(measured.highest())));
        return;
      }
    }
  }

  Map<Level, Rule.Limit> levels(Value condition, Direction direction) {
    Map<Level, Rule.Limit> levels = new EnumMap<>(Level.class);
    Map<Level, Value> places = new EnumMap<>(Level.class);
    Optional<Section> section = condition.section();
    if (section.isEmpty()) {
      return levels;
    }
    for (Section.Entry entry : section.get().entries()) {
      Optional<Level> level = entry.key().word("level", Arrays.asList(Level.values()), Level::id);
      Optional<Rule.Limit> limit = limit(entry.value());
      if (level.isPresent() && limit.isPresent()) {
        levels.put(level.get(), limit.get());
        places.put(level.get(), entry.value());
      }
    }
    if (section.get().entries().isEmpty()) {
      condition.error("'" + condition.name() + "' needs a level, for example {alarm: 30}");
    }
    section.get().finish();
    order(levels, places, direction);
    return levels;
  }

  /** A worse level lies further out; else it would never be told from the milder one. */
  private static void order(
      Map<Level, Rule.Limit> levels, Map<Level, Value> places, Direction direction) {
    Level milder = null;
    for (Level level : levels.keySet()) {
      if (milder != null) {
        double near = levels.get(milder).value();
        double far = levels.get(level).value();
        if (direction == Direction.ABOVE ? far <= near : far >= near) {
          String way = direction == Direction.ABOVE ? "higher" : "lower";
          String text =
              String.format(
                  "'%s' must be %s than '%s' (%s), not %s",
                  level.id(), way, milder.id(), Value.plain(near), Value.plain(far));
          places.get(level).error(text);
        }
      }
      milder = level;
    }
  }

  private Optional<Rule.Limit> limit(Value value) {
    if (!value.isMapping()) {
      OptionalDouble number = inRange(value, quantity);
      return number.isPresent()
          ? Optional.of(new Rule.Limit(number.getAsDouble(), Duration.ZERO))
          : Optional.empty();
    }
    Section section = value.section().orElseThrow();
    OptionalDouble number =
        section.require("limit").map(v -> inRange(v, quantity)).orElse(OptionalDouble.empty());
    Duration hold = section.take("for").flatMap(Value::duration).orElse(Duration.ZERO);
    section.take("for").ifPresent(written -> tooLong(written, hold));
    section.finish();
    return number.isPresent()
        ? Optional.of(new Rule.Limit(number.getAsDouble(), hold))
        : Optional.empty();
  }

  /** A limit that no reading can reach without being called a fault would be a silent rule. */
  static OptionalDouble inRange(Value value, Optional<Quantity> quantity) {
    OptionalDouble number = value.number();
    if (number.isEmpty() || quantity.isEmpty() || quantity.get().isWord()) {
      return number;
    }
    double limit = number.getAsDouble();
    Quantity measured = quantity.get();
    if (limit < measured.lowest() || limit > measured.highest()) {
      value.error(
          String.format(
              "%s is outside what '%s' can read, %s to %s %s",
              Value.plain(limit),
              measured.id(),
              Value.plain(measured.lowest()),
              Value.plain(measured.highest()),
              measured.unit()));
      return OptionalDouble.empty();
    }
    return number;
  }

  /** {@code 1} in the quantity's unit, or {@code 10%} of the limit. */
  static Optional<Rule.Deadband> deadband(Value value) {
    Optional<String> raw = value.raw();
    boolean percent = raw.isPresent() && raw.get().endsWith("%");
    Optional<Double> size;
    if (percent) {
      size = Optional.empty();
      String digits = raw.get().substring(0, raw.get().length() - 1).strip();
      if (digits.matches("-?\\d{1,9}(\\.\\d{1,9})?")) {
        size = Optional.of(Double.parseDouble(digits));
      } else {
        value.error(
            "'deadband' must be a number or a percentage such as 10%, not '" + raw.get() + "'");
      }
    } else {
      OptionalDouble number = value.number();
      size = number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
    }
    if (size.isPresent() && (size.get() < 0 || (percent && size.get() >= 100))) {
      value.error(
          percent
              ? "'deadband' must be from 0% to less than 100%, not " + raw.get()
              : "'deadband' cannot be negative: " + raw.orElse(""));
      return Optional.empty();
    }
    boolean asPercent = percent;
    return size.map(s -> new Rule.Deadband(s, asPercent));
  }

  Optional<Rule.Forecast> forecast(Value value, String kind, Map<Level, Rule.Limit> levels) {
    Optional<Section> read = value.section();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Section section = read.get();
    List<Level> to =
        section.take("to").map(aims -> aims(aims, kind, levels)).orElseGet(() -> usual(levels));
    Duration horizon =
        section
            .take("horizon")
            .flatMap(Value::positiveDuration)
            .orElse(ForecastMethods.DEFAULT_HORIZON);
    section.take("horizon").ifPresent(written -> tooLong(written, horizon));
    String method =
        section.take("method").flatMap(this::method).orElse(ForecastMethods.usual(quantity));
    Duration withdrawAfter =
        section
            .take("withdraw_after")
            .flatMap(Value::duration)
            .orElse(Forecasters.withdrawAfter(method, horizon));
    Double probability =
        section.take("probability").flatMap(p -> operatingPoint(p, method)).orElse(null);
    Rule.Stretch interval = section.take("interval").flatMap(ThresholdReader::stretch).orElse(null);
    section.take("calibrated").ifPresent(Value::text); // the figures, for people
    section.finish();
    return to.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rule.Forecast(to, horizon, withdrawAfter, method, probability, interval));
  }

  /** A slip of the unit: nobody waits, or looks ahead, for longer. */
  private static void tooLong(Value value, Duration duration) {
    if (duration.compareTo(LONG) > 0) {
      value.warning("'" + value.name() + "' is longer than a day: is the unit right?");
    }
  }

  private static Optional<Double> operatingPoint(Value value, String method) {
    if (!Forecasters.hasOperatingPoint(method)) {
      value.warning("'probability' is not used: " + method + " has no operating point");
      return Optional.empty();
    }
    OptionalDouble number = value.number();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    if (!(number.getAsDouble() > 0 && number.getAsDouble() < 1)) {
      value.error("'probability' must be between 0 and 1, not " + value.raw().orElse(""));
      return Optional.empty();
    }
    return Optional.of(number.getAsDouble());
  }

  /** {@code [0.8, 1.3]}: factors on the ends of the interval of the time left. */
  private static Optional<Rule.Stretch> stretch(Value value) {
    List<Value> items = value.items();
    if (value.isList() && items.size() != 2) {
      value.error("'interval' must be two factors such as [0.8, 1.3], not " + items.size());
    }
    if (items.size() != 2) {
      return Optional.empty();
    }
    OptionalDouble low = factor(items.get(0));
    OptionalDouble high = factor(items.get(1));
    if (low.isPresent() && high.isPresent() && low.getAsDouble() > 2 * high.getAsDouble()) {
      value.error(
          "'interval' leaves nothing between the ends: the factor on the near end is "
              + items.get(0).raw().orElse("")
              + ", on the far one "
              + items.get(1).raw().orElse(""));
      return Optional.empty();
    }
    return low.isEmpty() || high.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rule.Stretch(low.getAsDouble(), high.getAsDouble()));
  }

  private static OptionalDouble factor(Value value) {
    OptionalDouble number = value.number();
    if (number.isPresent() && !(number.getAsDouble() >= .01 && number.getAsDouble() <= 100)) {
      value.error("'interval' takes factors from 0.01 to 100, not " + value.raw().orElse(""));
      return OptionalDouble.empty();
    }
    return number;
  }

  /** The alarm, else the lowest level there is. */
  private static List<Level> usual(Map<Level, Rule.Limit> levels) {
    if (levels.containsKey(Level.ALARM)) {
      return List.of(Level.ALARM);
    }
    return levels.keySet().stream().limit(1).toList();
  }

  private static List<Level> aims(Value value, String kind, Map<Level, Rule.Limit> levels) {
    List<Level> to = new ArrayList<>();
    for (Level level : value.words("level", Arrays.asList(Level.values()), Level::id)) {
      if (levels.containsKey(level)) {
        to.add(level);
      } else if (!levels.isEmpty()) {
        value.error("'to' names " + level.id() + ", for which '" + kind + "' has no limit");
      }
    }
    if (value.isList() && value.items().isEmpty()) {
      value.error("'to' names no level");
    }
    return to;
  }

  /** A known method that is not at work is replaced, aloud: the rule still foresees. */
  private Optional<String> method(Value value) {
    Optional<String> method = value.word("forecast method", ForecastMethods.KNOWN);
    if (method.isPresent() && !liveMethods.contains(method.get())) {
      value.warning(
          "method '"
              + method.get()
              + "' is not at work in this version: "
              + ForecastMethods.usual(quantity)
              + " is used");
      return Optional.empty();
    }
    return method;
  }
}
