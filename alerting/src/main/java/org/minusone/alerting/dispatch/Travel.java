package org.minusone.alerting.dispatch;

import java.time.Duration;
import org.minusone.model.Crew;
import org.minusone.model.JobState;
import org.minusone.model.Place;

/**
 * How long a crew takes, as long as it has not said so itself: from its base, by an electric
 * scooter. Our own defaults (D): 15 km/h, a way a third longer than the straight line, two minutes
 * until it has answered and one until it has left.
 */
final class Travel {
  private static final double METRES_PER_S = 15 / 3.6;
  private static final double DETOUR = 1.33;
  private static final Duration TO_ANSWER = Duration.ofMinutes(2);
  private static final Duration TO_LEAVE = Duration.ofMinutes(1);

  private Travel() {}

  /**
   * @param state of the job: what still lies before the way
   * @return null where the crew has no base, or the place is not known
   */
  static Duration time(Crew crew, Place to, JobState state) {
    Crew.Base from = crew.base();
    if (from == null || to == null) {
      return null;
    }
    double metres = StrictMath.hypot(to.x() - from.x(), to.y() - from.y()) * DETOUR;
    Duration way = Duration.ofSeconds((long) (metres / METRES_PER_S));
    return switch (state) {
      case UNASSIGNED, DISPATCHED -> way.plus(TO_ANSWER).plus(TO_LEAVE);
      case ACCEPTED -> way.plus(TO_LEAVE);
      case EN_ROUTE -> way;
      case ARRIVED, RESOLVED, CANCELLED -> null;
    };
  }
}
