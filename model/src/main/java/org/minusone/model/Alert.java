package org.minusone.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An episode of one rule at one sensor, as of its last event: one id from the first forewarning
 * until it is closed.
 *
 * @param id as {@link Signal#alert()}
 * @param revision 1, 2, 3 …: the number of its last event
 * @param level the level that is reached now; null while only forewarned and after clearing
 * @param worst the worst level reached in this episode; null while only forewarned
 * @param severity what is coloured and sounded now: the rule's own, else the higher of level and
 *     coming, else the worst
 * @param coming the open forewarnings, the soonest first; empty when nothing more is expected
 * @param limit of the level reached, else of the soonest coming, else of the last left
 * @param value of the last signal that had one
 * @param startedAt event time of the first signal
 * @param forewarnedAt event time of the first forewarning; null if there was none
 * @param crossedAt event time of the first level reached; null while only forewarned
 * @param clearedAt event time at which the last level was left or the last forewarning withdrawn
 * @param acknowledgedAt wall time
 * @param silentSince event time since which its sensor is silent; null while it reports
 * @param closedBecause {@code recovered}, {@code withdrawn}, {@code reset}, {@code run-ended},
 *     {@code retired}, {@code rule-changed}; null while open
 * @param late whether the crossing was told by a late reading
 * @param delayed whether the crossing was told more than 60 s after it happened
 * @param guidance as the rule had it when the episode began
 * @param direction of its limits; null where the rule has none or was not known
 * @param levelAt event time at which {@code level} was reached, the last one while there is none;
 *     null while only forewarned
 * @param levelForewarnedAt event time at which a crossing to that level was first foreseen; null if
 *     it was not
 * @param kind of its rule: whether {@code limit} is one of the value, of its speed a minute or of
 *     silence in seconds; null where the rule is not known or it is told of by none
 * @param group those it tells of, where they are several; null otherwise
 * @param foldedInto the id of the open alert about its gateway or site that stands for this one
 *     too: it is not annunciated by itself meanwhile. Null otherwise
 * @param latched whether it stays until somebody resets it
 * @param shelf null unless it is shelved
 * @param incident the id of the first alert of the same place and cause, its own where it is that
 *     one; null for what is no danger of a place (silence, doubt)
 * @param turns event times at which it was raised or over within the last minutes, the episodes
 *     before it included, oldest first
 * @param chattering whether these are so many that it should be shelved
 * @param jobs crews sent for it, oldest first
 */
public record Alert(
    String id,
    long revision,
    SiteId site,
    SensorId sensor,
    Family family,
    Text name,
    Place place,
    String hazardClass,
    String rule,
    int version,
    Quantity quantity,
    AlertState state,
    Level level,
    Level worst,
    Level severity,
    List<Coming> coming,
    Double limit,
    Double value,
    String word,
    Double slopePerS,
    int readings,
    Instant startedAt,
    Instant forewarnedAt,
    Instant crossedAt,
    Instant clearedAt,
    Instant acknowledgedAt,
    String acknowledgedBy,
    Instant silentSince,
    String closedBecause,
    boolean late,
    boolean delayed,
    Text guidance,
    String because,
    Rule.Direction direction,
    Instant levelAt,
    Instant levelForewarnedAt,
    Rule.Kind kind,
    Group group,
    String foldedInto,
    boolean latched,
    Shelf shelf,
    String incident,
    List<Instant> turns,
    boolean chattering,
    List<Job> jobs) {

  public Alert {
    coming = List.copyOf(coming);
    turns = turns == null ? List.of() : List.copyOf(turns);
    jobs = jobs == null ? List.of() : List.copyOf(jobs); // none in what was told before
  }

  /**
   * A crossing that is expected.
   *
   * @param since event time at which it was first foreseen
   * @param at event time of the signal that says so now
   * @param etaS seconds from {@code at}; null where the method foresees a crossing but not when
   */
  public record Coming(
      Level level,
      double limit,
      Instant since,
      Instant at,
      Double etaS,
      Double etaLowS,
      Double etaHighS,
      Double probability,
      String method) {}

  public boolean isAcknowledged() {
    return acknowledgedAt != null;
  }

  public Optional<Job> job(String job) {
    return jobs.stream().filter(one -> one.id().equals(job)).findFirst();
  }

  /** Whether a crew is asked or sent. */
  public boolean hasOpenJob() {
    return jobs.stream().anyMatch(job -> job.state().isOpen());
  }
}
