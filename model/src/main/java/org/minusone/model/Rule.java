package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One rule, checked and with its defaults filled in. It watches one quantity of each sensor of a
 * family.
 *
 * @param name unique within the site, {@code hazmat-temperature}
 * @param quantity null only for {@link Silent}, which watches the sensor's arrivals
 * @param severity what is sounded and coloured instead of the level; null = the level reached
 * @param guidance what to do, one step a line; may be null
 * @param because the source of the numbers; may be null
 */
public record Rule(
    String name,
    Family family,
    Quantity quantity,
    Condition condition,
    Level severity,
    Text guidance,
    String because) {

  /** The name under which a sensor's own doubtful readings are told; no rule of a site has it. */
  public static final String QUALITY = "quality";

  public Rule {
    Objects.requireNonNull(name);
    Objects.requireNonNull(family);
    Objects.requireNonNull(condition);
  }

  /**
   * What makes it true. A new kind is a record here, an evaluator in {@code rules.evaluate} and a
   * reader in {@code rules.load}.
   */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Threshold.class, name = "threshold"),
    @JsonSubTypes.Type(value = Silent.class, name = "silent"),
    @JsonSubTypes.Type(value = State.class, name = "state")
  })
  public sealed interface Condition permits Threshold, Silent, State {
    Kind kind();
  }

  /** For exhaustive switches over {@link Condition}. */
  public enum Kind {
    THRESHOLD,
    SILENT,
    STATE
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
   */
  public record Threshold(
      Direction direction,
      Map<Level, Limit> levels,
      Deadband deadband,
      Duration keepFiringFor,
      Forecast forecast)
      implements Condition {
    public Threshold {
      levels = mildestFirst(levels);
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
   * {@code silent:} no arrival for that long, by the wall clock.
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

  /** A copy whose order is the same in every process: its JSON is hashed. */
  private static <T> Map<Level, T> mildestFirst(Map<Level, T> levels) {
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("a rule needs a level");
    }
    return Collections.unmodifiableMap(new EnumMap<>(levels));
  }
}
