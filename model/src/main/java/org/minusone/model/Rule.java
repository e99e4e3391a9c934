package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One rule, checked and with its defaults filled in. It watches one quantity of each sensor of a
 * family, or what other rules say in one place ({@link Together}).
 *
 * @param name unique within the site, {@code hazmat-temperature}
 * @param family null only for {@link Together}, which is of no family
 * @param quantity null only for {@link Silent} that watches all arrivals of the sensor, and {@link
 *     Together}; of {@link When} the one of those it reads that is shown
 * @param severity what is sounded and coloured instead of the level; null = the level reached
 * @param guidance what to do, one step a line; may be null
 * @param because the source of the numbers; may be null
 * @param overrides what is different at some sensors; {@link #at} applies them
 * @param response what alerting does with its alerts; never null
 */
public record Rule(
    String name,
    Family family,
    Quantity quantity,
    Condition condition,
    Level severity,
    Text guidance,
    String because,
    List<RuleOverride> overrides,
    Response response) {

  /** The name under which a sensor's own doubtful readings are told; no rule of a site has it. */
  public static final String QUALITY = "quality";

  /** That more than a few sensors of one gateway are silent at once (CONTRACTS §2.5). */
  public static final String GATEWAY_SILENT = "gateway-silent";

  /** The same of a whole site. */
  public static final String SITE_SILENT = "site-silent";

  /** That our own readings wait longer than they may before the rules see them. */
  public static final String SYSTEM_LAG = "system-lag";

  /** That the series store takes no readings. */
  public static final String SYSTEM_STORE = "system-store";

  /** Names that no rule of a site may have. */
  public static final Set<String> RESERVED =
      Set.of(QUALITY, GATEWAY_SILENT, SITE_SILENT, SYSTEM_LAG, SYSTEM_STORE);

  public Rule {
    Objects.requireNonNull(name);
    Objects.requireNonNull(condition);
    if (condition.kind() != Kind.TOGETHER) {
      Objects.requireNonNull(family);
    }
    overrides = overrides == null ? List.of() : List.copyOf(overrides);
    response = response == null ? Response.NONE : response;
  }

  /** One whose alerts are left to people. */
  public Rule(
      String name,
      Family family,
      Quantity quantity,
      Condition condition,
      Level severity,
      Text guidance,
      String because,
      List<RuleOverride> overrides) {
    this(name, family, quantity, condition, severity, guidance, because, overrides, Response.NONE);
  }

  /** The same with another answer to its alerts. */
  public Rule responding(Response other) {
    return new Rule(
        name, family, quantity, condition, severity, guidance, because, overrides, other);
  }

  /**
   * What alerting does with a rule's alerts.
   *
   * @param latched whether they stay until somebody resets them
   * @param reAlarm after how long an acknowledged one that lasts is told again (OPC UA
   *     ReAlarmTime); null = never
   * @param dispatch when a crew is sent without anybody asking; null = by hand only
   */
  public record Response(boolean latched, Duration reAlarm, Dispatch dispatch) {
    public static final Response NONE = new Response(false, null, null);
  }

  /**
   * {@code dispatch:} a crew is sent by itself.
   *
   * @param at from the level on that is reached; null = no crossing sends one
   * @param forewarned whether a forewarning opens a preventive job
   * @param checklist what the crew is to look at, one thing an entry
   */
  public record Dispatch(Level at, boolean forewarned, List<Text> checklist) {
    public Dispatch {
      checklist = checklist == null ? List.of() : List.copyOf(checklist);
    }
  }

  /** One that is the same at every sensor of its family. */
  public Rule(
      String name,
      Family family,
      Quantity quantity,
      Condition condition,
      Level severity,
      Text guidance,
      String because) {
    this(name, family, quantity, condition, severity, guidance, because, List.of());
  }

  /**
   * The rule as it is at a sensor of its family, its overrides applied; itself where none fits,
   * empty where one switches it off.
   *
   * @param registered null for a sensor that the registry does not know
   */
  public Optional<Rule> at(SensorId sensor, Sensor registered) {
    Rule here = this;
    boolean watches = true;
    for (RuleOverride override : overridesAt(sensor, registered)) {
      watches = override.off() == null;
      here = watches ? override.over(here) : here;
    }
    return watches ? Optional.of(here) : Optional.empty();
  }

  /** Those of its overrides that fit a sensor, the farthest first. */
  public List<RuleOverride> overridesAt(SensorId sensor, Sensor registered) {
    if (overrides.isEmpty()) {
      return List.of();
    }
    return overrides.stream()
        .filter(override -> override.fits(sensor, registered))
        .sorted(Comparator.comparing(RuleOverride::scope))
        .toList();
  }

  /**
   * What makes it true. A new kind is a record here, an evaluator in {@code rules.evaluate} and a
   * reader in {@code rules.load}.
   */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Threshold.class, name = "threshold"),
    @JsonSubTypes.Type(value = Silent.class, name = "silent"),
    @JsonSubTypes.Type(value = State.class, name = "state"),
    @JsonSubTypes.Type(value = Quality.class, name = "quality"),
    @JsonSubTypes.Type(value = Rate.class, name = "rate"),
    @JsonSubTypes.Type(value = When.class, name = "when"),
    @JsonSubTypes.Type(value = Together.class, name = "together")
  })
  public sealed interface Condition
      permits Threshold, Silent, State, Quality, Rate, When, Together {
    Kind kind();
  }

  /** For exhaustive switches over {@link Condition}. */
  public enum Kind {
    THRESHOLD,
    SILENT,
    STATE,
    QUALITY,
    RATE,
    WHEN,
    TOGETHER;

    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * {@code above:} or {@code below:}. A level is reached at its limit (a reading equal to it
   * counts).
   *
   * @param levels at least one; above: limits rise with the level, below: they fall
   * @param deadband how far inside the limit a reading must be before the level clears
   * @param keepFiringFor off-delay: how long it must stay inside the deadband before the level
   *     clears
   * @param forecast null where nothing is foreseen
   * @param steep the limits while it moves towards them fast; null where speed does not matter
   */
  public record Threshold(
      Direction direction,
      Map<Level, Limit> levels,
      Deadband deadband,
      Duration keepFiringFor,
      Forecast forecast,
      Steep steep)
      implements Condition {
    public Threshold {
      levels = mildestFirst(levels);
    }

    /** Whose limits do not depend on speed. */
    public Threshold(
        Direction direction,
        Map<Level, Limit> levels,
        Deadband deadband,
        Duration keepFiringFor,
        Forecast forecast) {
      this(direction, levels, deadband, keepFiringFor, forecast, null);
    }

    @Override
    public Kind kind() {
      return Kind.THRESHOLD;
    }
  }

  public enum Direction {
    ABOVE,
    BELOW;

    /** Whether {@code value} is at or past {@code limit}. */
    public boolean reached(double value, double limit) {
      return this == ABOVE ? value >= limit : value <= limit;
    }
  }

  /**
   * @param value in the quantity's unit
   * @param hold on-delay ({@code for:}): how long it must last before the level is raised
   */
  public record Limit(double value, Duration hold) {}

  /**
   * {@code while_rising:} beside {@code above:}, {@code while_falling:} beside {@code below:}.
   *
   * @param perMinute how fast it must move towards the limits, in the quantity's unit per minute;
   *     positive
   * @param over the window its speed is taken over
   * @param limits in the quantity's unit, of levels that have a limit without it too, each nearer
   *     than that one
   */
  public record Steep(double perMinute, Duration over, Map<Level, Double> limits) {
    public Steep {
      limits = mildestFirst(limits);
    }
  }

  /**
   * Acts on clearing only.
   *
   * @param percent whether {@code size} is percent of the limit rather than in the quantity's unit
   */
  public record Deadband(double size, boolean percent) {
    public static final Deadband NONE = new Deadband(0, false);

    /** Its width in the quantity's unit at {@code limit}. */
    public double at(double limit) {
      return percent ? Math.abs(limit) * size / 100 : size;
    }
  }

  /**
   * @param to the levels foreseen, one forecast each
   * @param horizon how far ahead a crossing is announced
   * @param withdrawAfter how long the threat must be gone before a forewarning is withdrawn
   * @param method the forecaster's name, {@code three-trends}
   * @param probability the operating point: from which probability on a crossing is announced; null
   *     = the method's own
   * @param interval by what the low and the high end of the method's 80 % interval of the time left
   *     are multiplied, as calibrated on a site's history; null = 1 and 1
   */
  public record Forecast(
      List<Level> to,
      Duration horizon,
      Duration withdrawAfter,
      String method,
      Double probability,
      Stretch interval) {
    public Forecast {
      to = List.copyOf(to);
    }

    /** At the method's own operating point and interval. */
    public Forecast(List<Level> to, Duration horizon, Duration withdrawAfter, String method) {
      this(to, horizon, withdrawAfter, method, null, null);
    }
  }

  /**
   * Factors on the ends of an interval.
   *
   * @param low above 0
   * @param high above 0
   */
  public record Stretch(double low, double high) {
    public static final Stretch NONE = new Stretch(1, 1);
  }

  /**
   * {@code silent:} no arrival for that long, by the wall clock: of the rule's quantity, where it
   * has none of the sensor.
   *
   * @param level what silence counts as
   */
  public record Silent(Duration after, Level level) implements Condition {
    @Override
    public Kind kind() {
      return Kind.SILENT;
    }
  }

  /**
   * {@code state:} the words that count as each level.
   *
   * @param hold on-delay
   */
  public record State(Map<Level, List<String>> levels, Duration hold, Duration keepFiringFor)
      implements Condition {
    public State {
      levels = mildestFirst(levels);
    }

    @Override
    public Kind kind() {
      return Kind.STATE;
    }
  }

  /**
   * {@code quality:} how the quantity's readings are judged, and from which flag on each level is
   * reached.
   *
   * @param levels {@link QualityFlag#SUSPECT} or {@link QualityFlag#FAIL}, the worse the level the
   *     worse the flag; none = the tests alone
   * @param hold on-delay
   * @param tests what the quantity of every sensor of the family is judged by, in place of the
   *     defaults; null = the defaults stay
   */
  public record Quality(
      Map<Level, QualityFlag> levels, Duration hold, Duration keepFiringFor, QualityTests tests)
      implements Condition {
    public Quality {
      levels = levels.isEmpty() ? Map.of() : mildestFirst(levels);
    }

    @Override
    public Kind kind() {
      return Kind.QUALITY;
    }
  }

  /**
   * {@code rate:} how fast the quantity moves.
   *
   * @param direction {@code ABOVE}: rising, {@code BELOW}: falling
   * @param levels their limits in the quantity's unit per minute, negative for falling
   * @param over the window its speed is taken over
   * @param deadband in the quantity's unit per minute, or percent
   */
  public record Rate(
      Direction direction,
      Map<Level, Limit> levels,
      Duration over,
      Deadband deadband,
      Duration keepFiringFor)
      implements Condition {
    public Rate {
      levels = mildestFirst(levels);
    }

    @Override
    public Kind kind() {
      return Kind.RATE;
    }
  }

  /**
   * {@code when:} a free condition over the sensor's latest quantities, a CEL expression a level.
   *
   * @param hold on-delay
   */
  public record When(Map<Level, String> levels, Duration hold, Duration keepFiringFor)
      implements Condition {
    public When {
      levels = mildestFirst(levels);
    }

    @Override
    public Kind kind() {
      return Kind.WHEN;
    }
  }

  /**
   * {@code together:} at least so many of one place are in danger at once.
   *
   * @param of the rules that are listened to, of any family
   * @param atLeast how many must hold
   * @param in what one place is
   * @param within from the first of them to the last, by when each was last told (reached or made
   *     worse); null = however long ago, as long as they hold
   * @param from the level from which a rule's word counts
   * @param level what it counts as when enough come together
   * @param distinct what is counted
   */
  public record Together(
      List<String> of,
      int atLeast,
      Area in,
      Duration within,
      Level from,
      Level level,
      Distinct distinct)
      implements Condition {
    public Together {
      of = List.copyOf(of);
    }

    @Override
    public Kind kind() {
      return Kind.TOGETHER;
    }
  }

  /** What counts as one place. */
  public enum Area {
    FLOOR,
    BUILDING,
    COMMUNITY;

    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The id of the place that {@code place} lies in; null where it lies in none. */
    public String placeOf(Place place) {
      if (place == null) {
        return null;
      }
      return switch (this) {
        case FLOOR ->
            place.buildingId() == null || place.floor() == null
                ? null
                : place.buildingId() + "/" + place.floor();
        case BUILDING -> place.buildingId();
        case COMMUNITY -> place.communityId();
      };
    }

    /** What a person calls it. */
    public Text nameOf(Place place) {
      return switch (this) {
        case FLOOR ->
            new Text(
                named(place.building().zh(), place.floor() + " 层"),
                named(place.building().en(), "floor " + place.floor()));
        case BUILDING -> place.building();
        case COMMUNITY -> place.community();
      };
    }
  }

  private static String named(String building, String floor) {
    return building == null ? null : building + " " + floor;
  }

  /** What {@link Together} counts. */
  public enum Distinct {
    SENSORS,
    RULES;

    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A copy whose order is the same in every process: its JSON is hashed. */
  private static <T> Map<Level, T> mildestFirst(Map<Level, T> levels) {
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("a rule needs a level");
    }
    return Collections.unmodifiableMap(new EnumMap<>(levels));
  }
}
