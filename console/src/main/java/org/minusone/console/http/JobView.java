package org.minusone.console.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.minusone.model.Alert;
import org.minusone.model.AlertState;
import org.minusone.model.Family;
import org.minusone.model.Job;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Text;

/**
 * A job with what a crew must know of its alert, so that a phone needs one answer.
 *
 * @param alert the one it was sent for
 * @param unit of limit and value; empty for a word
 * @param expectedCrossingAt when the limit is expected to be crossed; null where none is
 * @param marginS how long before that the crew is there, negative for after it, seconds; null where
 *     one of the two is not known
 * @param others the other open alerts of the incident, the worst first: no crew of their own is
 *     sent to what is near
 */
record JobView(
    Job job,
    String alert,
    AlertState state,
    Level level,
    Level severity,
    Text name,
    Place place,
    Family family,
    String hazardClass,
    String rule,
    String unit,
    Double limit,
    Double value,
    String word,
    Instant startedAt,
    Instant crossedAt,
    Instant clearedAt,
    Instant expectedCrossingAt,
    Long marginS,
    List<Alert.Coming> coming,
    Text guidance,
    List<Other> others) {

  private static final int MOST_OTHERS = 20;

  /** Another alert of the same place and cause. */
  record Other(
      String alert,
      Text name,
      Place place,
      AlertState state,
      Level severity,
      String rule,
      Quantity quantity,
      String unit,
      Double value,
      String word,
      Instant expectedCrossingAt) {
    static Other of(Alert a) {
      return new Other(
          a.id(),
          a.name(),
          a.place(),
          a.state(),
          a.severity(),
          a.rule(),
          a.quantity(),
          a.quantity() == null ? "" : a.quantity().unit(),
          a.value(),
          a.word(),
          a.coming().isEmpty() ? null : expected(a.coming().get(0)));
    }
  }

  /**
   * Of what the place is like now: a crew that was sent for one that is over attends to the newer
   * one of the same sensor and rule.
   *
   * @param open alerts of the site
   */
  static JobView of(Job job, Alert its, List<Alert> open) {
    Alert a =
        isOver(its) ? open.stream().filter(o -> follows(o, its)).findFirst().orElse(its) : its;
    Instant crossing = a.coming().isEmpty() ? null : expected(a.coming().get(0));
    Long margin =
        crossing == null || job.expectedArrivalAt() == null || !job.state().isOpen()
            ? null
            : (Long) Duration.between(job.expectedArrivalAt(), crossing).toSeconds();
    return new JobView(
        job,
        its.id(),
        a.state(),
        a.level(),
        a.severity(),
        a.name(),
        a.place(),
        a.family(),
        a.hazardClass(),
        a.rule(),
        a.quantity() == null ? "" : a.quantity().unit(),
        a.limit(),
        a.value(),
        a.word(),
        a.startedAt(),
        a.crossedAt(),
        a.clearedAt(),
        crossing,
        margin,
        a.coming(),
        a.guidance(),
        others(a, open));
  }

  private static boolean isOver(Alert a) {
    return a.state() == AlertState.CLEARED || a.state() == AlertState.CLOSED;
  }

  private static boolean follows(Alert o, Alert its) {
    return !isOver(o)
        && o.sensor().equals(its.sensor())
        && o.rule().equals(its.rule())
        && o.startedAt().isAfter(its.startedAt());
  }

  private static List<Other> others(Alert a, List<Alert> open) {
    return open.stream()
        .filter(o -> a.incident() != null && a.incident().equals(o.incident()))
        .filter(o -> !o.id().equals(a.id()) && o.foldedInto() == null)
        .filter(o -> !isOver(o))
        .sorted(
            Comparator.comparing(Alert::severity, Comparator.nullsFirst(Comparator.naturalOrder()))
                .reversed())
        .limit(MOST_OTHERS)
        .map(Other::of)
        .toList();
  }

  private static Instant expected(Alert.Coming coming) {
    return coming.etaS() == null ? null : coming.at().plusMillis(Math.round(coming.etaS() * 1_000));
  }
}
