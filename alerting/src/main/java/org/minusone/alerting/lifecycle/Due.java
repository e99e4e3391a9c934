package org.minusone.alerting.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.minusone.alerting.dispatch.JobLifecycle;
import org.minusone.alerting.dispatch.JobStep;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.AlertState;
import org.minusone.model.Job;
import org.minusone.model.JobState;
import org.minusone.model.Rule;
import org.minusone.model.SiteVersion;

/**
 * What the passing of time does to an alert: shelving ends, an acknowledged one that lasts is told
 * again, a crew's step is overdue. By the wall clock, also over a restart: what fell due meanwhile
 * comes then, each with its own time. Alerting tells itself by a command: what a clock brought
 * about is on a topic like anything else, and the same when it is read again.
 */
public final class Due {
  private Due() {}

  /**
   * When something falls due next; null = nothing will.
   *
   * @param site null while it is not known
   */
  public static Instant next(Alert alert, SiteVersion site) {
    return Stream.concat(
            Stream.of(shelvedUntil(alert), reAlarmAt(alert, site)),
            alert.jobs().stream().filter(j -> j.state().isOpen()).map(Job::dueAt))
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }

  /**
   * @param by wall time up to which everything is due that is
   */
  static List<AlertEvent> decide(Alert alert, Instant by, Surroundings around, Instant now) {
    Draft draft = new Draft(alert);
    List<AlertEvent> events = new ArrayList<>();
    Instant reAlarm = reAlarmAt(alert, around.site());
    Instant until = shelvedUntil(alert);
    if (until != null && !until.isAfter(by)) {
      draft.shelf = null;
      events.add(draft.event(AlertEventKind.UNSHELVED, now, until));
    }
    if (reAlarm != null && !reAlarm.isAfter(by)) {
      draft.unacknowledge();
      events.add(draft.event(AlertEventKind.REALARMED, now, reAlarm));
    }
    if (wantsCrew(alert, around.site()) && !around.attended()) {
      for (JobStep step :
          new JobLifecycle(alert, around.site(), around.busy())
              .open(alert.level() == null, Asked.checklist(alert, around), alert.rule(), by)) {
        events.add(draft.event(step, now, null));
      }
    }
    if (around.site() != null) {
      Alert last = alert;
      for (Job job : alert.jobs()) {
        if (job.state().isOpen()) {
          // Of the alert as the job before left it, or two would be given to one crew.
          for (JobStep step : new JobLifecycle(last, around.site(), around.busy()).due(job, by)) {
            AlertEvent event = draft.event(step, now, null);
            events.add(event);
            last = event.alert();
          }
        }
      }
    }
    return events;
  }

  /**
   * Whether its rule sends a crew and none was sent: read off its state, so that it cannot be lost.
   * Never in a run. One job for an incident, see {@link Surroundings#attended}.
   *
   * @param site null while it is not known
   */
  public static boolean wantsCrew(Alert alert, SiteVersion site) {
    boolean attended = alert.jobs().stream().anyMatch(job -> attends(job, alert));
    if (site == null || attended || alert.site().isRun() || alert.shelf() != null) {
      return false;
    }
    Rule.Dispatch wanted = site.rule(alert.rule()).map(r -> r.response().dispatch()).orElse(null);
    if (wanted == null) {
      return false;
    }
    boolean reached =
        alert.level() != null && wanted.at() != null && alert.level().isAtLeast(wanted.at());
    return reached || wanted.forewarned() && alert.state() == AlertState.FOREWARNED;
  }

  /** Whether it is under way, or ended when the alert stood where it stands already. */
  public static boolean attends(Job job, Alert alert) {
    Instant since = alert.levelAt() == null ? alert.startedAt() : alert.levelAt();
    return job.state().isOpen()
        || job.state() == JobState.RESOLVED && !job.endedAt().isBefore(since);
  }

  /** Null where it is not put aside, or over: then the shelf waits for a next episode. */
  private static Instant shelvedUntil(Alert alert) {
    return alert.shelf() == null || !alert.state().isOpen() ? null : alert.shelf().until();
  }

  private static Instant reAlarmAt(Alert alert, SiteVersion site) {
    boolean lasts = alert.state() == AlertState.ACTIVE && alert.isAcknowledged();
    if (site == null || !lasts || alert.shelf() != null) {
      return null;
    }
    Duration after =
        site.rule(alert.rule()).map(Rule::response).map(Rule.Response::reAlarm).orElse(null);
    return after == null ? null : alert.acknowledgedAt().plus(after);
  }
}
