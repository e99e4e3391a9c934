package org.minusone.alerting.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.minusone.model.AlertEvent;
import org.minusone.model.SiteId;
import org.minusone.model.Text;

/**
 * One event on its way to one receiver. Its record on the topic {@code deliveries} is written
 * before each attempt and after it.
 *
 * @param id {@code event id>receiver}: the same whoever plans it again
 * @param alert id; of a summary that of the newest it tells of
 * @param eventAt when the event was decided
 * @param event null once nobody can want it sent again, and for a summary
 * @param summary one line for each event it tells of; empty for a single one
 * @param attempts begun, since it was asked for last
 * @param possiblyTwice an attempt's outcome was lost, and it was made again under the same id
 * @param plannedAt wall time
 * @param nextAt when the next attempt may begin; null when over or held
 * @param endedAt null before it is over
 * @param error what the last failed attempt said; null where none did
 * @param resends what a person asked for after it had failed, the oldest first
 */
public record Delivery(
    String id,
    SiteId site,
    String receiver,
    String alert,
    String eventId,
    Instant eventAt,
    AlertEvent event,
    List<Text> summary,
    DeliveryState state,
    int attempts,
    boolean possiblyTwice,
    Instant plannedAt,
    Instant nextAt,
    Instant endedAt,
    String error,
    List<Resend> resends) {
  /**
   * Somebody wants it sent again.
   *
   * @param event the id of the event that says so: read again, it is nothing new
   * @param at wall time at which its attempts began anew
   * @param attempts that had failed before
   * @param error what the last of them said
   */
  public record Resend(String event, String by, Instant at, int attempts, String error) {}

  public Delivery {
    Objects.requireNonNull(id);
    Objects.requireNonNull(state);
    summary = summary == null ? List.of() : List.copyOf(summary);
    resends = resends == null ? List.of() : List.copyOf(resends);
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
        null,
        List.of());
  }

  /** Without what only a further attempt would need, unless it failed: it may be sent again. */
  Delivery over(DeliveryState end, String why, Instant now) {
    return new Delivery(
        id,
        site,
        receiver,
        alert,
        eventId,
        eventAt,
        end.isFailed() ? event : null,
        end.isFailed() ? summary : List.of(),
        end,
        attempts,
        possiblyTwice,
        plannedAt,
        null,
        now,
        why,
        resends);
  }

  Delivery with(DeliveryState next, int count, boolean twice, Instant when, String lastError) {
    return new Delivery(
        id, site, receiver, alert, eventId, eventAt, event, summary, next, count, twice, plannedAt,
        when, null, lastError, resends);
  }

  /** When the patience began that it is tried with. */
  Instant since() {
    return resends.isEmpty() ? plannedAt : resends.get(resends.size() - 1).at();
  }

  boolean isAskedForBy(AlertEvent resend) {
    return resends.stream().anyMatch(r -> r.event().equals(resend.id()));
  }

  /**
   * Somebody wants it sent again.
   *
   * @param anew whether its attempts begin anew; else they go on
   */
  Delivery askedForAgain(AlertEvent resend, boolean anew, Instant now) {
    List<Resend> all = new ArrayList<>(resends);
    all.add(new Resend(resend.id(), resend.by(), now, attempts, error));
    return new Delivery(
        id,
        site,
        receiver,
        alert,
        eventId,
        eventAt,
        event == null && summary.isEmpty() ? resend : event,
        summary,
        anew ? DeliveryState.PLANNED : state,
        anew ? 0 : attempts,
        possiblyTwice,
        plannedAt,
        anew ? now : nextAt,
        null,
        error,
        all);
  }
}
