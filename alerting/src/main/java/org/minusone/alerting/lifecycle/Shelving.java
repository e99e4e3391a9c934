package org.minusone.alerting.lifecycle;

import java.time.Instant;
import org.minusone.model.Alert;
import org.minusone.model.Level;
import org.minusone.model.Shelf;

/**
 * How far putting aside reaches: until its end, for the sensor and rule, up to the level that was
 * known when it was put aside. What comes and goes would come back as a new alert at each turn; a
 * worse level was not what somebody had seen.
 */
final class Shelving {
  private Shelving() {}

  /**
   * What a new episode has of the one before.
   *
   * @param last null = none
   * @param reached null = only forewarned
   * @param at event time at which the new one begins
   * @return null where it is not put aside
   */
  static Shelf kept(Alert last, Level reached, Instant at) {
    Shelf shelf = last == null ? null : last.shelf();
    boolean lasts = shelf != null && shelf.until().isAfter(at);
    boolean worse =
        reached != null
            && (last == null || last.worst() == null || !last.worst().isAtLeast(reached));
    return lasts && !worse ? shelf : null;
  }

  /** Whether reaching {@code worst} takes an alert back that is put aside. */
  static boolean isOverBy(Episode before, Level worst) {
    if (before == null || before.alert().shelf() == null || worst == null) {
      return false;
    }
    Level known = before.alert().worst();
    return known == null || !known.isAtLeast(worst);
  }
}
