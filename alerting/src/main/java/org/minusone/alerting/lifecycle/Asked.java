package org.minusone.alerting.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.minusone.alerting.dispatch.JobLifecycle;
import org.minusone.alerting.dispatch.JobStep;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.AlertState;
import org.minusone.model.Command;
import org.minusone.model.Rule;
import org.minusone.model.Shelf;
import org.minusone.model.Text;

/**
 * What commands do to an alert; the table is {@link AlertLifecycle}'s. Each ends in an event that
 * carries its id, also where it is refused, but for what is true already.
 */
final class Asked {
  /** OPC UA's MaxTimeShelved; a day is our own default (D). */
  static final Duration LONGEST_SHELF = Duration.ofHours(24);

  private Asked() {}

  static List<AlertEvent> decide(Episode before, Command c, Surroundings around, Instant now) {
    if (before == null || before.knows(c) || AlertLifecycle.refusal(before, c).isPresent()) {
      return List.of();
    }
    return lastCarriesTheCommand(of(before.alert(), c, around, now));
  }

  /** Who waits for a command's outcome takes the first event that carries it for all of it. */
  private static List<AlertEvent> lastCarriesTheCommand(List<AlertEvent> events) {
    List<AlertEvent> marked = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      AlertEvent event = events.get(i);
      marked.add(i == events.size() - 1 ? event : event.withoutCommand());
    }
    return marked;
  }

  private static List<AlertEvent> of(Alert alert, Command c, Surroundings around, Instant now) {
    Draft draft = new Draft(alert);
    return switch (c.kind()) {
      case COMMENT -> List.of(draft.event(AlertEventKind.COMMENTED, now, c));
      case ACKNOWLEDGE -> acknowledge(alert, draft, c, now);
      case SHELVE -> shelve(draft, c, now);
      case UNSHELVE -> {
        if (alert.shelf() == null) {
          yield refuse(draft, c, "not-shelved", now);
        }
        draft.shelf = null;
        yield List.of(draft.event(AlertEventKind.UNSHELVED, now, c));
      }
      case RESET -> reset(alert, draft, c, now);
      case DISPATCH, ACCEPT, DECLINE, EN_ROUTE, ARRIVE, RESOLVE, MESSAGE, SEEN ->
          job(alert, draft, c, around, now);
      case RESEND ->
          c.more().delivery() == null
              ? refuse(draft, c, "delivery-wanted", now)
              : List.of(draft.event(AlertEventKind.RESEND, now, c, c.more().delivery(), null));
      case DUE -> Due.decide(alert, c.at(), around, now);
      case RETRY -> List.of();
    };
  }

  private static List<AlertEvent> acknowledge(Alert alert, Draft draft, Command c, Instant now) {
    if (alert.isAcknowledged()) {
      return List.of();
    }
    AlertEvent acknowledged = acknowledged(draft, c, now);
    if (draft.state != AlertState.CLEARED || draft.latched) {
      return List.of(acknowledged);
    }
    draft.close(AlertLifecycle.RECOVERED);
    return List.of(acknowledged, draft.event(AlertEventKind.CLOSED, now, c));
  }

  private static AlertEvent acknowledged(Draft draft, Command c, Instant now) {
    draft.acknowledgedAt = c.at();
    draft.acknowledgedBy = c.by();
    return draft.event(AlertEventKind.ACKNOWLEDGED, now, c);
  }

  private static List<AlertEvent> shelve(Draft draft, Command c, Instant now) {
    Instant until = c.more().until();
    if (until == null || c.note() == null || c.note().isBlank()) {
      return refuse(draft, c, "end-and-reason-wanted", now);
    }
    if (!until.isAfter(c.at()) || until.isAfter(c.at().plus(LONGEST_SHELF))) {
      return refuse(draft, c, until.isAfter(c.at()) ? "end-out-of-range" : "end-in-the-past", now);
    }
    draft.shelf = new Shelf(c.by(), c.at(), until, c.note());
    return List.of(draft.event(AlertEventKind.SHELVED, now, c));
  }

  /** Whoever resets it has seen it. */
  private static List<AlertEvent> reset(Alert alert, Draft draft, Command c, Instant now) {
    if (alert.state() != AlertState.CLEARED) {
      return refuse(draft, c, "not-cleared", now);
    }
    List<AlertEvent> events = new ArrayList<>();
    if (!alert.isAcknowledged()) {
      events.add(acknowledged(draft, c, now));
    }
    draft.close("reset");
    events.add(draft.event(AlertEventKind.CLOSED, now, c));
    return events;
  }

  private static List<AlertEvent> job(
      Alert alert, Draft draft, Command c, Surroundings around, Instant now) {
    if (around.site() == null) {
      return refuse(draft, c, "site-unknown", now);
    }
    JobLifecycle.Answer answer =
        new JobLifecycle(alert, around.site(), around.busy()).asked(c, checklist(alert, around));
    if (answer.refused() != null) {
      return refuse(draft, c, answer.refused(), now);
    }
    List<AlertEvent> events = new ArrayList<>();
    for (JobStep step : answer.steps()) {
      events.add(draft.event(step, now, c));
    }
    return events;
  }

  static List<Text> checklist(Alert alert, Surroundings around) {
    Optional<Rule> rule =
        around.site() == null ? Optional.empty() : around.site().rule(alert.rule());
    return rule.map(r -> r.response().dispatch()).map(Rule.Dispatch::checklist).orElse(List.of());
  }

  private static List<AlertEvent> refuse(Draft draft, Command c, String why, Instant now) {
    return List.of(draft.event(AlertEventKind.REFUSED, now, c, why, c.more().job()));
  }
}
