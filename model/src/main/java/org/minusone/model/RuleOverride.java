package org.minusone.model;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is different about a rule at some sensors. Of several that fit one sensor each says its own
 * piece, the nearer over the farther (see {@link Scope}); what none says is the rule's.
 *
 * @param names the sensors, buildings, communities or hazard classes it is for, by id
 * @param off why the rule does not watch there; null where it does
 * @param levels limits that change; the rule's other levels stay, but for those that a changed one
 *     overtakes: a warn at 28 beside an alarm at 28 would never be told
 * @param deadband null = unchanged
 * @param hold on-delay of every level that {@code levels} does not name; null = unchanged
 * @param keepFiringFor null = unchanged
 * @param forecast in place of the rule's; null = unchanged
 * @param blind whether nothing is foreseen there, whatever the rule foresees
 * @param condition in place of the rule's, of the same kind, where it is no threshold; null =
 *     unchanged
 * @param severity null = unchanged
 * @param because the source of these numbers; null = the rule's
 * @param steep in place of the rule's; null = unchanged, but for limits that are no longer the
 *     nearer ones
 */
public record RuleOverride(
    Scope scope,
    List<String> names,
    String off,
    Map<Level, Rule.Limit> levels,
    Rule.Deadband deadband,
    Duration hold,
    Duration keepFiringFor,
    Rule.Forecast forecast,
    boolean blind,
    Rule.Condition condition,
    Level severity,
    String because,
    Rule.Steep steep) {

  /** What an override is for, the farthest first: of two that fit, the later one wins. */
  public enum Scope {
    HAZARD_CLASS("hazard_class"),
    COMMUNITY("community"),
    BUILDING("building"),
    SENSOR("sensor");

    private final String key;

    Scope(String key) {
      this.key = key;
    }

    /** As a rule file has it. */
    public String key() {
      return key;
    }

    /**
     * The id that {@code sensor} has here; null where it has none.
     *
     * @param registered null for one that the registry does not know: only its own id fits it
     */
    String of(SensorId sensor, Sensor registered) {
      Place place = registered == null ? null : registered.place();
      return switch (this) {
        case HAZARD_CLASS -> registered == null ? null : registered.hazardClass();
        case COMMUNITY -> place == null ? null : place.communityId();
        case BUILDING -> place == null ? null : place.buildingId();
        case SENSOR -> sensor.value();
      };
    }
  }

  public RuleOverride {
    Objects.requireNonNull(scope);
    names = List.copyOf(names);
    levels =
        levels == null || levels.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new EnumMap<>(levels));
  }

  boolean fits(SensorId sensor, Sensor registered) {
    String id = scope.of(sensor, registered);
    return id != null && names.contains(id);
  }

  /** {@code rule} as it is where this holds; not asked where it is {@link #off}. */
  Rule over(Rule rule) {
    return new Rule(
        rule.name(),
        rule.family(),
        rule.quantity(),
        condition == null ? over(rule.condition()) : condition,
        severity == null ? rule.severity() : severity,
        rule.guidance(),
        because == null ? rule.because() : because,
        List.of(),
        rule.response());
  }

  private Rule.Condition over(Rule.Condition written) {
    return switch (written.kind()) {
      case THRESHOLD -> over((Rule.Threshold) written);
      case STATE -> {
        Rule.State state = (Rule.State) written;
        yield new Rule.State(
            state.levels(),
            hold == null ? state.hold() : hold,
            keepFiringFor == null ? state.keepFiringFor() : keepFiringFor);
      }
      case QUALITY -> {
        Rule.Quality quality = (Rule.Quality) written;
        yield new Rule.Quality(
            quality.levels(),
            hold == null ? quality.hold() : hold,
            keepFiringFor == null ? quality.keepFiringFor() : keepFiringFor,
            quality.tests());
      }
      case RATE -> {
        Rule.Rate rate = (Rule.Rate) written;
        Map<Level, Rule.Limit> ladder = new EnumMap<>(rate.levels());
        if (hold != null) {
          ladder.replaceAll((level, limit) -> new Rule.Limit(limit.value(), hold));
        }
        yield new Rule.Rate(
            rate.direction(),
            ladder,
            rate.over(),
            deadband == null ? rate.deadband() : deadband,
            keepFiringFor == null ? rate.keepFiringFor() : keepFiringFor);
      }
      case WHEN -> {
        Rule.When when = (Rule.When) written;
        yield new Rule.When(
            when.levels(),
            hold == null ? when.hold() : hold,
            keepFiringFor == null ? when.keepFiringFor() : keepFiringFor);
      }
      case SILENT, TOGETHER -> written;
    };
  }

  private Rule.Threshold over(Rule.Threshold rule) {
    Map<Level, Rule.Limit> ladder = new EnumMap<>(rule.levels());
    if (hold != null) {
      ladder.replaceAll((level, limit) -> new Rule.Limit(limit.value(), hold));
    }
    ladder.putAll(levels);
    ladder.entrySet().removeIf(e -> isOvertaken(e.getKey(), e.getValue(), rule.direction()));
    return new Rule.Threshold(
        rule.direction(),
        ladder,
        deadband == null ? rule.deadband() : deadband,
        keepFiringFor == null ? rule.keepFiringFor() : keepFiringFor,
        forecast(rule.forecast(), ladder),
        steep(steep == null ? rule.steep() : steep, rule.direction(), ladder));
  }

  /** What is left of the nearer limits beside limits that may have moved towards them. */
  private static Rule.Steep steep(
      Rule.Steep written, Rule.Direction direction, Map<Level, Rule.Limit> ladder) {
    if (written == null) {
      return null;
    }
    Map<Level, Double> nearer = new EnumMap<>(written.limits());
    nearer
        .entrySet()
        .removeIf(
            e ->
                !ladder.containsKey(e.getKey())
                    || direction.reached(e.getValue(), ladder.get(e.getKey()).value()));
    return nearer.isEmpty() ? null : new Rule.Steep(written.perMinute(), written.over(), nearer);
  }

  private boolean isOvertaken(Level level, Rule.Limit limit, Rule.Direction direction) {
    if (levels.containsKey(level)) {
      return false;
    }
    double sign = direction == Rule.Direction.ABOVE ? 1 : -1;
    for (Map.Entry<Level, Rule.Limit> changed : levels.entrySet()) {
      double beyond = sign * (changed.getValue().value() - limit.value());
      if (changed.getKey().isAtLeast(level) ? beyond <= 0 : beyond >= 0) {
        return true;
      }
    }
    return false;
  }

  /** It looks ahead to what is left of its levels; to the alarm, else the lowest, if none is. */
  private Rule.Forecast forecast(Rule.Forecast written, Map<Level, Rule.Limit> ladder) {
    Rule.Forecast own = forecast == null ? written : forecast;
    if (own == null || blind) {
      return null;
    }
    List<Level> to = own.to().stream().filter(ladder::containsKey).toList();
    if (to.isEmpty()) {
      Level lowest = ladder.keySet().iterator().next();
      to = List.of(ladder.containsKey(Level.ALARM) ? Level.ALARM : lowest);
    }
    return own.to().equals(to)
        ? own
        : new Rule.Forecast(to, own.horizon(), own.withdrawAfter(), own.method());
  }
}
