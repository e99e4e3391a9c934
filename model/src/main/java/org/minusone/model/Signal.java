package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a rule says about a sensor at an instant, with the reasons. Decided twice from the same
 * input it is the same to the letter, so that alerting can treat a known one as nothing.
 *
 * @param alert the episode it belongs to: {@code site:sensor:rule:episode start in ms}; forewarning
 *     and crossing are one
 * @param version of the site's rules that decided it
 * @param quantity null for the silence of a sensor; of a free condition the one that its rule shows
 * @param time event time; of a deadline, the deadline
 * @param level the level reached, foreseen or left; what silence counts as
 * @param limit of that level in the quantity's unit; of a rate in that unit per minute, negative
 *     for falling; of silence, seconds; null for a state and a free condition
 * @param value of the reading that caused it, of a free condition the last of its quantity; null
 *     for a state or where no reading did
 * @param word the mode or state that caused it; null for a number
 * @param etaS seconds from {@code time} to the expected crossing, with its 80 % interval; null
 *     unless foreseen
 * @param probability that it is crossed within the horizon, 0 to 1; null where the method has none
 * @param slopePerS change of the quantity per second as the forecast, or a rule on its speed, sees
 *     it; null where there is none
 * @param readings how many readings of the episode's series the forecast has seen, or of how many
 *     points a rule on speed made the slope; 0 where there is none
 * @param method the forecaster's name; null unless foreseen
 * @param cause why a {@code cleared} came: {@code inside}, {@code withdrawn}, {@code expired},
 *     {@code gap}, {@code reporting}, {@code rule-changed}, {@code retired}; null otherwise
 * @param late whether a late reading caused it (CONTRACTS §2.3)
 * @param delayed whether the reading was more than 60 s behind its arrival
 * @param arrivalMs when the reading that caused it arrived, epoch ms; the deadline's own wall time
 *     for a tick
 * @param used the readings it was decided on, where {@code value} or {@code word} does not say all:
 *     the last of each quantity that a free condition reads, the oldest and newest that a speed was
 *     taken from; empty otherwise
 * @param group those it tells of, where they are several; {@code sensor} is then the first of them,
 *     {@code rule} the one that brought them together. Null otherwise
 */
public record Signal(
    String alert,
    SiteId site,
    SensorId sensor,
    Family family,
    String rule,
    int version,
    Quantity quantity,
    SignalKind signal,
    Instant time,
    Level level,
    Double limit,
    Double value,
    String word,
    Double etaS,
    Double etaLowS,
    Double etaHighS,
    Double probability,
    Double slopePerS,
    int readings,
    String method,
    String cause,
    boolean late,
    boolean delayed,
    long arrivalMs,
    List<Used> used,
    Group group) {
  public Signal {
    used = used == null ? List.of() : List.copyOf(used);
    Objects.requireNonNull(alert);
    Objects.requireNonNull(site);
    Objects.requireNonNull(sensor);
    Objects.requireNonNull(rule);
    Objects.requireNonNull(signal);
    Objects.requireNonNull(time);
  }

  /** One about its sensor alone whose value or word says all. */
  public Signal(
      String alert,
      SiteId site,
      SensorId sensor,
      Family family,
      String rule,
      int version,
      Quantity quantity,
      SignalKind signal,
      Instant time,
      Level level,
      Double limit,
      Double value,
      String word,
      Double etaS,
      Double etaLowS,
      Double etaHighS,
      Double probability,
      Double slopePerS,
      int readings,
      String method,
      String cause,
      boolean late,
      boolean delayed,
      long arrivalMs) {
    this(
        alert,
        site,
        sensor,
        family,
        rule,
        version,
        quantity,
        signal,
        time,
        level,
        limit,
        value,
        word,
        etaS,
        etaLowS,
        etaHighS,
        probability,
        slopePerS,
        readings,
        method,
        cause,
        late,
        delayed,
        arrivalMs,
        List.of(),
        null);
  }

  /**
   * A reading that counted.
   *
   * @param value null for a word
   * @param word null for a number
   * @param time its own
   */
  public record Used(Quantity quantity, Double value, String word, Instant time) {}

  /** The id of an episode of {@code rule} at a sensor that began at {@code startMs}. */
  public static String alertId(SensorKey key, String rule, long startMs) {
    return key.site() + ":" + key.sensor() + ":" + rule + ":" + startMs;
  }

  /**
   * What makes it the same signal when it is announced again: transition, level, limit and time
   * within its alert.
   */
  @JsonIgnore
  public String identity() {
    return signal.id()
        + "|"
        + (level == null ? "" : level.id())
        + "|"
        + limit
        + "|"
        + time.toEpochMilli();
  }
}
