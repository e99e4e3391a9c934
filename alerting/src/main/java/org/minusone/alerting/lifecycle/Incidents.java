package org.minusone.alerting.lifecycle;

import org.minusone.model.Family;
import org.minusone.model.Place;
import org.minusone.model.SensorId;

/**
 * Which alerts belong together: those of one place and cause. What burns, smells or sparks in one
 * building is one incident, so is water in the streets of one community; a hydrant without pressure
 * is no part of a fire.
 */
public final class Incidents {
  /** D: as far as one crew can look after, in the schematic metres of {@link Place}. */
  private static final double NEAR_M = 300;

  private Incidents() {}

  /**
   * The same for what belongs together: a building's, a community's; where the site's files name
   * none, the sensor's. Null for what stands for itself.
   */
  public static String key(Family family, Place place, SensorId sensor) {
    if (family == null || place == null) {
      return null;
    }
    return switch (family) {
      case SMOKE, ELECTRICAL, HAZMAT_STORAGE -> key("fire", place.buildingId(), sensor);
      case FIRE_FACILITY -> key("water-supply", place.buildingId(), sensor);
      case FLOOD_POINT -> key("flood", place.communityId(), sensor);
    };
  }

  /** Whether one crew can attend to both: water rises at several points of a community. */
  public static boolean areNear(Place a, Place b) {
    return Math.hypot(a.x() - b.x(), a.y() - b.y()) <= NEAR_M;
  }

  private static String key(String cause, String place, SensorId sensor) {
    return cause + "/" + (place == null ? "sensor " + sensor : place);
  }
}
