package org.minusone.bench.evaluator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Rule.Direction;

/** The rules of one measurement: none, one of a kind, or one of each. */
public enum Pack {
  NONE,
  THRESHOLD,
  DELAYS,
  FORECAST,
  STEEP,
  RATE,
  STATE,
  SILENT,
  SILENT_QUANTITY,
  WHEN,
  WHEN_MISSING,
  ALL;

  private static final Map<Level, Rule.Limit> LIMITS =
      Map.of(Level.WARN, limit(28), Level.ALARM, limit(30), Level.CRITICAL, limit(35));
  private static final Rule.Deadband ONE = new Rule.Deadband(1, false);
  private static final Duration WINDOW = Duration.ofMinutes(2);

  List<Rule> rules() {
    return switch (this) {
      case NONE -> List.of();
      case THRESHOLD -> List.of(threshold(LIMITS, Duration.ZERO, null, null));
      case DELAYS ->
          List.of(
              threshold(
                  Map.of(Level.ALARM, new Rule.Limit(30, Duration.ofSeconds(20))),
                  Duration.ofMinutes(1),
                  null,
                  null));
      case FORECAST ->
          List.of(
              threshold(
                  LIMITS,
                  Duration.ZERO,
                  new Rule.Forecast(
                      List.of(Level.ALARM), Duration.ofMinutes(15), Duration.ofMinutes(30), null),
                  null));
      case STEEP ->
          List.of(
              threshold(
                  LIMITS,
                  Duration.ZERO,
                  null,
                  new Rule.Steep(1, WINDOW, Map.of(Level.WARN, 24.0, Level.ALARM, 26.0))));
      case RATE ->
          List.of(
              rule(
                  Quantity.TEMPERATURE,
                  new Rule.Rate(
                      Direction.ABOVE,
                      Map.of(Level.WARN, limit(1), Level.ALARM, limit(2)),
                      WINDOW,
                      Rule.Deadband.NONE,
                      Duration.ZERO)));
      case STATE ->
          List.of(
              rule(
                  Quantity.STATE,
                  new Rule.State(
                      Map.of(
                          Level.ALARM, List.of("fault", "removed"),
                          Level.NOTICE, List.of("low-battery")),
                      Duration.ZERO,
                      Duration.ZERO)));
      case SILENT -> List.of(rule(null, new Rule.Silent(Duration.ofMinutes(3), Level.WARN)));
      case SILENT_QUANTITY ->
          List.of(rule(Quantity.TEMPERATURE, new Rule.Silent(Duration.ofMinutes(3), Level.WARN)));
      case WHEN -> List.of(when("temperature > 30 && state != 'fault' && temperature * 2 < 90"));
      case WHEN_MISSING -> List.of(when("temperature > 10 && humidity > 80"));
      case ALL ->
          java.util.Arrays.stream(values())
              .filter(pack -> pack != ALL && pack != WHEN_MISSING)
              .flatMap(pack -> pack.rules().stream())
              .toList();
    };
  }

  private Rule when(String text) {
    return rule(
        Quantity.TEMPERATURE,
        new Rule.When(Map.of(Level.ALARM, text), Duration.ZERO, Duration.ZERO));
  }

  private Rule threshold(
      Map<Level, Rule.Limit> levels, Duration keep, Rule.Forecast forecast, Rule.Steep steep) {
    return rule(
        Quantity.TEMPERATURE,
        new Rule.Threshold(Direction.ABOVE, levels, ONE, keep, forecast, steep));
  }

  private Rule rule(Quantity quantity, Rule.Condition condition) {
    String name = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    return new Rule(name, Family.HAZMAT_STORAGE, quantity, condition, null, null, null);
  }

  private static Rule.Limit limit(double value) {
    return new Rule.Limit(value, Duration.ZERO);
  }
}
