package org.minusone.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.QualityFlag;
import org.minusone.model.QualityTests;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;

/** Writes rules in tests as one would say them. */
public final class Rules {
  private final String name;
  private final Family family;
  private final Quantity quantity;
  private Rule.Direction direction = Rule.Direction.ABOVE;
  private final Map<Level, Rule.Limit> levels = new EnumMap<>(Level.class);
  private Rule.Deadband deadband = Rule.Deadband.NONE;
  private Duration keep = Duration.ZERO;
  private List<Level> to = List.of();
  private Duration horizon;
  private Duration withdrawAfter;
  private String method;
  private Rule.Steep steep;

  private Rules(String name, Family family, Quantity quantity) {
    this.name = name;
    this.family = family;
    this.quantity = quantity;
  }

  public static Rules of(String name, Family family, Quantity quantity) {
    return new Rules(name, family, quantity);
  }

  /** The rule of most stories: warn 28, alarm 30, critical 35 °C, deadband 1. */
  public static Rules store() {
    return of("heat", Family.HAZMAT_STORAGE, Quantity.TEMPERATURE)
        .above(Level.WARN, 28)
        .above(Level.ALARM, 30)
        .above(Level.CRITICAL, 35)
        .deadband(1);
  }

  /** One alarm level at 15 cm, foreseen 15 min ahead, deadband 2. */
  public static Rules street() {
    return of("flood", Family.FLOOD_POINT, Quantity.DEPTH)
        .above(Level.ALARM, 15)
        .deadband(2)
        .forecast(Duration.ofMinutes(15), Level.ALARM);
  }

  public Rules above(Level level, double limit) {
    return above(level, limit, Duration.ZERO);
  }

  public Rules above(Level level, double limit, Duration hold) {
    direction = Rule.Direction.ABOVE;
    levels.put(level, new Rule.Limit(limit, hold));
    return this;
  }

  public Rules below(Level level, double limit) {
    direction = Rule.Direction.BELOW;
    levels.put(level, new Rule.Limit(limit, Duration.ZERO));
    return this;
  }

  public Rules deadband(double size) {
    deadband = new Rule.Deadband(size, false);
    return this;
  }

  public Rules deadbandPercent(double size) {
    deadband = new Rule.Deadband(size, true);
    return this;
  }

  public Rules keepFiringFor(Duration duration) {
    keep = duration;
    return this;
  }

  public Rules forecast(Duration ahead, Level... levels) {
    horizon = ahead;
    to = List.of(levels);
    return this;
  }

  public Rules withdrawAfter(Duration duration) {
    withdrawAfter = duration;
    return this;
  }

  public Rules method(String value) {
    method = value;
    return this;
  }

  public Rule rule() {
    Rule.Forecast forecast =
        horizon == null ? null : new Rule.Forecast(to, horizon, withdrawAfter, method);
    return new Rule(
        name,
        family,
        quantity,
        new Rule.Threshold(direction, levels, deadband, keep, forecast, steep),
        null,
        null,
        null);
  }

  public static Rule silent(Family family, Duration after) {
    return new Rule(
        "silence", family, null, new Rule.Silent(after, Level.NOTICE), null, null, null);
  }

  public static Rule silent(Family family, Quantity quantity, Duration after) {
    return new Rule(
        quantity.id() + "-silence",
        family,
        quantity,
        new Rule.Silent(after, Level.NOTICE),
        null,
        null,
        null);
  }

  /** The nearer limits of the rule while it moves by so much a minute. */
  public Rules steep(double perMinute, Duration over, Map<Level, Double> limits) {
    steep = new Rule.Steep(perMinute, over, limits);
    return this;
  }

  /** This rule's limits as speeds a minute. */
  public Rule rate(Duration over) {
    return new Rule(
        name,
        family,
        quantity,
        new Rule.Rate(direction, levels, over, deadband, keep),
        null,
        null,
        null);
  }

  public static Rule when(
      Family family, Quantity shown, Map<Level, String> levels, Duration hold, Duration keep) {
    return new Rule("free", family, shown, new Rule.When(levels, hold, keep), null, null, null);
  }

  /** Low battery warns, fire is critical. */
  public static Rule state(Family family, Duration hold, Duration keep) {
    Map<Level, List<String>> words =
        Map.of(Level.WARN, List.of("low-battery", "fault"), Level.CRITICAL, List.of("fire"));
    return new Rule(
        "device", family, Quantity.STATE, new Rule.State(words, hold, keep), null, null, null);
  }

  /** Suspect readings warn, failed ones alarm; judged by the defaults. */
  public static Rule quality(Family family, Quantity quantity, Duration hold, Duration keep) {
    return quality(family, quantity, hold, keep, null);
  }

  public static Rule quality(
      Family family, Quantity quantity, Duration hold, Duration keep, QualityTests tests) {
    Map<Level, QualityFlag> flags =
        Map.of(Level.WARN, QualityFlag.SUSPECT, Level.ALARM, QualityFlag.FAIL);
    return new Rule(
        "doubt", family, quantity, new Rule.Quality(flags, hold, keep, tests), null, null, null);
  }

  /** A rule pack that uses everything, for comparisons. */
  public static List<Rule> everything() {
    List<Rule> rules = new ArrayList<>();
    rules.add(
        store()
            .keepFiringFor(Duration.ofSeconds(30))
            .forecast(Duration.ofMinutes(15), Level.ALARM, Level.CRITICAL)
            .rule());
    rules.add(
        of("damp", Family.HAZMAT_STORAGE, Quantity.HUMIDITY)
            .above(Level.WARN, 75, Duration.ofSeconds(60))
            .above(Level.ALARM, 80)
            .deadbandPercent(3)
            .forecast(Duration.ofMinutes(5), Level.ALARM)
            .rule());
    rules.add(state(Family.HAZMAT_STORAGE, Duration.ofSeconds(20), Duration.ofSeconds(20)));
    rules.add(silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(3)));
    rules.add(
        quality(
            Family.HAZMAT_STORAGE, Quantity.TEMPERATURE, Duration.ZERO, Duration.ofSeconds(20)));
    rules.add(silent(Family.HAZMAT_STORAGE, Quantity.HUMIDITY, Duration.ofMinutes(4)));
    rules.add(
        of("warming", Family.HAZMAT_STORAGE, Quantity.TEMPERATURE)
            .above(Level.NOTICE, .2)
            .above(Level.ALARM, 1, Duration.ofSeconds(20))
            .deadbandPercent(20)
            .keepFiringFor(Duration.ofSeconds(10))
            .rate(Duration.ofMinutes(2)));
    rules.add(
        of("steep", Family.HAZMAT_STORAGE, Quantity.TEMPERATURE)
            .above(Level.WARN, 29)
            .above(Level.ALARM, 33, Duration.ofSeconds(15))
            .deadband(.5)
            .steep(.3, Duration.ofMinutes(2), Map.of(Level.WARN, 26.0, Level.ALARM, 28.0))
            .rule());
    rules.add(
        when(
            Family.HAZMAT_STORAGE,
            Quantity.HUMIDITY,
            Map.of(
                Level.WARN,
                "humidity > 70 && temperature > 26 && age(temperature) < duration('2m')",
                Level.CRITICAL,
                "state == 'fire' || temperature > 36"),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15)));
    return rules;
  }
}
