package org.minusone.console.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.minusone.model.Alert;
import org.minusone.model.AlertState;
import org.minusone.model.Family;
import org.minusone.model.Job;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.Text;

/**
 * A job with what a crew must know of its alert, so that a phone needs one answer.
 *
 * @param unit of limit and value; empty for a word
 * @param expectedCrossingAt when the limit is expected to be crossed; null where none is
 * @param marginS how long before that the crew is there, negative for after it, seconds; null where
 *     one of the two is not known
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
    Text guidance) {

  static JobView of(Job job, Alert a) {
    Instant crossing = a.coming().isEmpty() ? null : expected(a.coming().get(0));
    Long margin =
        crossing == null || job.expectedArrivalAt() == null || !job.state().isOpen()
            ? null
            : (Long) Duration.between(job.expectedArrivalAt(), crossing).toSeconds();
    return new JobView(
        job,
        a.id(),
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
        a.guidance());
  }

  private static Instant expected(Alert.Coming coming) {
    return coming.etaS() == null ? null : coming.at().plusMillis(Math.round(coming.etaS() * 1_000));
  }
}
