package org.minusone.alerting.dispatch;

import java.time.Duration;
import java.util.Map;
import org.minusone.model.JobState;
import org.minusone.model.Level;
import org.minusone.model.StepDeadlines;

/**
 * How long each step of a job may take before it is overdue, by severity: as the site's files say,
 * else our own defaults (D): the first column after the ageing of unassigned calls in AWARE CAD (1,
 * 5 and 15 min for priorities 1 to 3; LOOK.md), the others what a subdistrict of three by two
 * kilometres allows.
 *
 * <pre>
 *            accept   set out   arrive   ask again (nobody left)
 * critical   1 min    3 min     10 min   1 min
 * alarm      2 min    5 min     15 min   5 min
 * warn       5 min   10 min     30 min  15 min
 * notice    15 min   30 min     60 min  30 min
 * </pre>
 *
 * @param written what the site's files say; empty = the defaults
 */
public record Deadlines(Map<Level, StepDeadlines> written) {
  /** How long a job may stay in {@code state}; null where nothing is waited for. */
  public Duration of(JobState state, Level severity) {
    Level level = severity == null ? Level.WARN : severity;
    Duration own = own(state, written.get(level));
    return own != null ? own : usual(state, level);
  }

  private static Duration own(JobState state, StepDeadlines own) {
    if (own == null) {
      return null;
    }
    return switch (state) {
      case DISPATCHED -> own.accept();
      case ACCEPTED -> own.setOut();
      case EN_ROUTE -> own.arrive();
      case UNASSIGNED -> own.askAgain();
      case ARRIVED, RESOLVED, CANCELLED -> null;
    };
  }

  private static Duration usual(JobState state, Level level) {
    return switch (state) {
      case DISPATCHED -> minutes(level, 1, 2, 5, 15);
      case ACCEPTED -> minutes(level, 3, 5, 10, 30);
      case EN_ROUTE -> minutes(level, 10, 15, 30, 60);
      case UNASSIGNED -> minutes(level, 1, 5, 15, 30);
      case ARRIVED, RESOLVED, CANCELLED -> null;
    };
  }

  private static Duration minutes(Level level, int critical, int alarm, int warn, int notice) {
    return Duration.ofMinutes(
        switch (level) {
          case CRITICAL -> critical;
          case ALARM -> alarm;
          case WARN -> warn;
          case NOTICE -> notice;
        });
  }
}
