package org.minusone.alerting.dispatch;

import java.time.Duration;
import org.minusone.model.JobState;
import org.minusone.model.Level;

/**
 * How long each step of a job may take before it is overdue, by severity. Our own defaults (D): the
 * first column after the ageing of unassigned calls in AWARE CAD (1, 5 and 15 min for priorities 1
 * to 3; LOOK.md), the others what a subdistrict of three by two kilometres allows.
 *
 * <pre>
 *            accept   set out   arrive   ask again (nobody left)
 * critical   1 min    3 min     10 min   1 min
 * alarm      2 min    5 min     15 min   5 min
 * warn       5 min   10 min     30 min  15 min
 * notice    15 min   30 min     60 min  30 min
 * </pre>
 */
public final class Deadlines {
  private Deadlines() {}

  /** How long a job may stay in {@code state}; null where nothing is waited for. */
  public static Duration of(JobState state, Level severity) {
    return switch (state) {
      case DISPATCHED -> minutes(severity, 1, 2, 5, 15);
      case ACCEPTED -> minutes(severity, 3, 5, 10, 30);
      case EN_ROUTE -> minutes(severity, 10, 15, 30, 60);
      case UNASSIGNED -> minutes(severity, 1, 5, 15, 30);
      case ARRIVED, RESOLVED, CANCELLED -> null;
    };
  }

  private static Duration minutes(Level severity, int critical, int alarm, int warn, int notice) {
    return Duration.ofMinutes(
        switch (severity == null ? Level.WARN : severity) {
          case CRITICAL -> critical;
          case ALARM -> alarm;
          case WARN -> warn;
          case NOTICE -> notice;
        });
  }
}
