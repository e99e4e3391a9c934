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
 * @param quantity null only for {@link Silent} that watches all arrivals of the sensor; of {@link
 *     When} the one of those it reads that is shown
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
    @JsonSubTypes.Type(value = State.class, name = "state"),
    @JsonSubTypes.Type(value = Quality.class, name = "quality"),
    @JsonSubTypes.Type(value = Rate.class, name = "rate"),
    @JsonSubTypes.Type(value = When.class, name = "when")
  })
  public sealed interface Condition permits Threshold, Silent, State, Quality, Rate, When {
    Kind kind();
  }

  /** For exhaustive switches over {@link Condition}. */
  public enum Kind {
    THRESHOLD,
    SILENT,
    STATE,
    QUALITY,
    RATE,
    WHEN
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
   * @param method the forecaster's name, {@code gated-damped-holt}
   */
  public record Forecast(List<Level> to, Duration horizon, Duration withdrawAfter, String method) {
    public Forecast {
      to = List.copyOf(to);
    }
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

  /** A copy whose order is the same in every process: its JSON is hashed. */
  private static <T> Map<Level, T> mildestFirst(Map<Level, T> levels) {
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("a rule needs a level");
    }
    return Collections.unmodifiableMap(new EnumMap<>(levels));
  }
}
