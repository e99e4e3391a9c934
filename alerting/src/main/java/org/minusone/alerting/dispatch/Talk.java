package org.minusone.alerting.dispatch;

import java.time.Instant;
import java.util.List;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Command;
import org.minusone.model.Job;

/**
 * What the centre and a crew say to each other about a job, and whether the other side has seen it.
 */
final class Talk {
  private Talk() {}

  static JobStep message(Job job, Command c) {
    Draft draft = new Draft(job);
    if (isOfCrew(c)) {
      draft.said = new Job.Said(c.at(), c.by(), afterWhatWaits(job.said(), c.note()));
    } else {
      draft.said = null; // Who answers has seen it.
      if (job.crew() != null) {
        draft.toldAt = c.at();
        draft.seenAt = null;
      }
    }
    return new JobStep(AlertEventKind.MESSAGE, draft.job(), c.at(), c.note());
  }

  /** A step, or none where it is seen already or not all of it was on display. */
  static List<JobStep> seen(Job job, Instant at, Command c) {
    Draft draft = new Draft(job);
    boolean isNews;
    if (isOfCrew(c)) {
      isNews = job.seenAt() == null && isWhoIsAsked(c, job) && covers(c, job.toldAt());
      draft.seenAt = at;
    } else {
      isNews = job.said() != null && covers(c, job.said().at());
      draft.said = null;
    }
    return isNews ? List.of(new JobStep(AlertEventKind.SEEN, draft.job(), at, null)) : List.of();
  }

  /** Nothing that nobody has seen is displaced by what comes after it. */
  private static String afterWhatWaits(Job.Said waiting, String text) {
    return waiting == null ? text : waiting.text() + "\n" + text;
  }

  /** A screen of somebody else of the crew is none of theirs; one of the crew's own is. */
  static boolean isWhoIsAsked(Command c, Job job) {
    return c.more().member() == null
        || job.member() == null
        || c.more().member().equals(job.member());
  }

  /** Whether the last word was on display. */
  private static boolean covers(Command c, Instant word) {
    return word != null && c.more().until() != null && !c.more().until().isBefore(word);
  }

  /** Not the centre's, for the crew. */
  static boolean isOfCrew(Command c) {
    return c.more().crew() != null && c.kind() != Command.Kind.DISPATCH;
  }
}
