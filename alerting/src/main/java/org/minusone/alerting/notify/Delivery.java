package org.minusone.alerting.notify;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.minusone.model.AlertEvent;
import org.minusone.model.SiteId;

/**
 * One event on its way to one receiver. Its record on the topic {@code deliveries} is written
 * before each attempt and after it.
 *
 * @param id {@code event id>receiver}: the same whoever plans it again
 * @param alert id; of a summary that of the newest it tells of
 * @param eventAt when the event was decided
 * @param event null once it is over, and for a summary
 * @param summary one line for each event it tells of; empty for a single one
 * @param attempts begun
 * @param possiblyTwice an attempt's outcome was lost, and it was made again under the same id
 * @param plannedAt wall time
 * @param nextAt when the next attempt may begin; null when over or held
 * @param endedAt null before it is over
 * @param error what the last failed attempt said; null where none did
 */
public record Delivery(
    String id,
    SiteId site,
    String receiver,
    String alert,
    String eventId,
    Instant eventAt,
    AlertEvent event,
    List<String> summary,
    DeliveryState state,
    int attempts,
    boolean possiblyTwice,
    Instant plannedAt,
    Instant nextAt,
    Instant endedAt,
    String error) {

  public Delivery {
    Objects.requireNonNull(id);
    Objects.requireNonNull(state);
    summary = summary == null ? List.of() : List.copyOf(summary);
  }

  static String id(String event, String receiver) {
    return event + ">" + receiver;
  }

  static Delivery planned(AlertEvent event, String receiver, boolean held, Instant now) {
    return new Delivery(
        id(event.id(), receiver),
        event.alert().site(),
        receiver,
        event.alert().id(),
        event.id(),
        event.at(),
        event,
        List.of(),
        held ? DeliveryState.HELD : DeliveryState.PLANNED,
        0,
        false,
        now,
        held ? null : now,
        null,
        null);
  }

  /** Without what only a further attempt would need. */
  Delivery over(DeliveryState end, String why, Instant now) {
    return new Delivery(
        id,
        site,
        receiver,
        alert,
        eventId,
        eventAt,
        null,
        List.of(),
        end,
        attempts,
        possiblyTwice,
        plannedAt,
        null,
        now,
        why);
  }

  Delivery with(DeliveryState next, int count, boolean twice, Instant when, String lastError) {
    return new Delivery(
        id, site, receiver, alert, eventId, eventAt, event, summary, next, count, twice, plannedAt,
        when, null, lastError);
  }
}
