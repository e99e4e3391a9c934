package org.minusone.alerting.lifecycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.minusone.alerting.dispatch.JobLifecycle;
import org.minusone.alerting.dispatch.JobStep;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.AlertState;

/**
 * What follows at once from what happened to an alert: a worse level ends shelving, one that comes
 * and goes is marked, and one that is over takes back the jobs that nobody had accepted.
 */
final class Consequences {
  private static final Set<String> FOR_ALL = Set.of("run-ended", "retired");

  private Consequences() {}

  /** Who sends a crew to what is over has a reason. */
  private static boolean isByHand(List<AlertEvent> decided) {
    AlertEvent first = decided.get(0);
    return first.kind() == AlertEventKind.REASSIGNED && first.command() != null;
  }

  /** {@code decided} and what follows from it, as events after it. */
  static List<AlertEvent> of(Episode before, List<AlertEvent> decided, Instant now) {
    if (decided.isEmpty()) {
      return decided;
    }
    AlertEvent last = decided.get(decided.size() - 1);
    Alert alert = last.alert();
    Draft draft = new Draft(alert);
    List<AlertEvent> events = new ArrayList<>(decided);
    if (last.signal() != null && Shelving.isOverBy(before, alert.worst())) {
      events.add(draft.event(AlertEventKind.UNSHELVED, now, last.signal()));
    }
    if (Chattering.begins(alert)) {
      draft.chattering = true;
      events.add(draft.event(AlertEventKind.CHATTERING, now, last.time()));
    }
    if (alert.state() == AlertState.CLOSED && !isByHand(decided)) {
      boolean all = FOR_ALL.contains(String.valueOf(alert.closedBecause()));
      for (JobStep step : JobLifecycle.over(alert, all, last.time())) {
        events.add(draft.event(step, now, null));
      }
    }
    return events;
  }
}
