package org.minusone.alerting.dispatch;

import java.time.Instant;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Job;

/**
 * One thing that happened to a job.
 *
 * @param after the job as it is then
 * @param at wall time; of a deadline, the deadline
 * @param note a message's text, or why it was declined; null otherwise
 */
public record JobStep(AlertEventKind kind, Job after, Instant at, String note) {
  /** The same at another time. */
  JobStep dated(Instant time) {
    return new JobStep(kind, after, time, note);
  }
}
