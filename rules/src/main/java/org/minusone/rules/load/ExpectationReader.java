package org.minusone.rules.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.SignalKind;
import org.minusone.rules.timeline.Expectation;
import org.minusone.rules.timeline.Expectation.Field;
import org.minusone.rules.timeline.Expectation.Match;

/** What a timeline test expects to be told. */
final class ExpectationReader {
  private final List<Rule> rules;
  private final List<String> sensors;
  private final Function<Value, OptionalLong> time;

  /**
   * @param sensors those that report in the test
   * @param time reads a time on the timeline, epoch ms
   */
  ExpectationReader(List<Rule> rules, List<String> sensors, Function<Value, OptionalLong> time) {
    this.rules = rules;
    this.sensors = sensors;
    this.time = time;
  }

  /**
   * @param list null = nothing is expected
   */
  List<Expectation> list(Value list) {
    List<Expectation> all = new ArrayList<>();
    if (list != null) {
      for (Value item : list.items()) {
        item.as("expectation").section().flatMap(this::one).ifPresent(all::add);
      }
      if (list.isList() && list.items().isEmpty()) {
        list.error("an empty list: say 'expect_nothing: true'");
      }
    }
    return all;
  }

  private Optional<Expectation> one(Section section) {
    Optional<SignalKind> signal =
        section
            .require("signal")
            .flatMap(v -> v.word("signal", Arrays.asList(SignalKind.values()), SignalKind::id));
    Map<Field, Match> fields = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      section
          .take(field.id())
          .flatMap(value -> match(field, value))
          .ifPresent(match -> fields.put(field, match));
    }
    section.finish();
    return signal.map(s -> new Expectation(section.whole().line(), s, fields));
  }

  private Optional<Match> match(Field field, Value value) {
    return switch (field) {
      case RULE -> rule(value).map(Match::text);
      case SENSOR -> value.word("sensor", sensors).map(Match::text);
      case QUANTITY ->
          value
              .word("quantity", Arrays.asList(Quantity.values()), Quantity::id)
              .map(q -> Match.text(q.id()));
      case LEVEL ->
          value
              .word("level", Arrays.asList(Level.values()), Level::id)
              .map(l -> Match.text(l.id()));
      case METHOD, CAUSE -> value.text().map(Match::text);
      case LATE, DELAYED -> value.flag().map(on -> Match.text(String.valueOf(on)));
      case VALUE -> isNumber(value) ? number(value) : value.text().map(Match::text);
      case LIMIT, ETA_S, ETA_LOW_S, ETA_HIGH_S, PROBABILITY -> number(value);
      case TIME -> {
        OptionalLong at = time.apply(value);
        yield at.isPresent()
            ? Optional.of(Match.between(at.getAsLong(), at.getAsLong()))
            : Optional.empty();
      }
    };
  }

  private Optional<String> rule(Value value) {
    return value.word("rule", TimelineLoader.ruleNames(rules));
  }

  private static boolean isNumber(Value value) {
    return value.isMapping() || value.raw().filter(text -> text.matches("[-+.]?\\d.*")).isPresent();
  }

  /** A number, or {@code {between: [a, b]}}, {@code {at_least: a}}, {@code {at_most: b}}. */
  private static Optional<Match> number(Value value) {
    if (!value.isMapping()) {
      OptionalDouble number = value.number();
      return number.isPresent()
          ? Optional.of(Match.between(number.getAsDouble(), number.getAsDouble()))
          : Optional.empty();
    }
    Section section = value.section().orElseThrow();
    Optional<Value> between = section.take("between");
    Optional<Value> least = section.take("at_least");
    Optional<Value> most = section.take("at_most");
    section.finish();
    double low = bound(least, Double.NEGATIVE_INFINITY);
    double high = bound(most, Double.POSITIVE_INFINITY);
    if (between.isPresent()) {
      List<Value> two = between.get().isList() ? between.get().items() : List.of();
      if (two.size() != 2) {
        between.get().error("'between' wants two numbers: [60, 900]");
        return Optional.empty();
      }
      low = bound(Optional.of(two.get(0)), Double.NaN);
      high = bound(Optional.of(two.get(1)), Double.NaN);
    } else if (least.isEmpty() && most.isEmpty()) {
      value.error("say 'between', 'at_least' or 'at_most'");
      return Optional.empty();
    }
    if (low > high) {
      value.error("no number lies between " + low + " and " + high);
      return Optional.empty();
    }
    return Double.isNaN(low) || Double.isNaN(high)
        ? Optional.empty()
        : Optional.of(Match.between(low, high));
  }

  private static double bound(Optional<Value> value, double otherwise) {
    if (value.isEmpty()) {
      return otherwise;
    }
    OptionalDouble number = value.get().number();
    return number.isPresent() ? number.getAsDouble() : Double.NaN;
  }
}
