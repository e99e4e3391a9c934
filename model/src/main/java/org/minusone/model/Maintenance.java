package org.minusone.model;

import java.time.Instant;
import java.util.List;

/**
 * A time in which sensors are out of service (ISA-18.2 F and G): their signals are suppressed by
 * design. It lasts once, from {@code from} to {@code to}, or each week.
 *
 * @param id unique within the site
 * @param sensors those it is for, by id; empty = not asked
 * @param buildings empty = not asked
 * @param communities empty = not asked
 * @param families empty = all; narrows what the others say
 * @param from null where it is weekly without a beginning
 * @param to exclusive; null where it is weekly without an end
 * @param weekly null where it lasts once
 * @param by who answers for it
 */
public record Maintenance(
    String id,
    List<SensorId> sensors,
    List<String> buildings,
    List<String> communities,
    List<Family> families,
    Instant from,
    Instant to,
    Weekly weekly,
    Text reason,
    String by) {

  /** No such instant. */
  public static final long NEVER = Weekly.NEVER;

  public Maintenance {
    sensors = List.copyOf(sensors);
    buildings = List.copyOf(buildings);
    communities = List.copyOf(communities);
    families = List.copyOf(families);
  }

  /**
   * Whether it is for a sensor.
   *
   * @param registered null for one that the registry does not know: only its own id fits it
   */
  public boolean isFor(SensorId sensor, Family family, Sensor registered) {
    if (!families.isEmpty() && !families.contains(family)) {
      return false;
    }
    if (sensors.isEmpty() && buildings.isEmpty() && communities.isEmpty()) {
      return true;
    }
    Place place = registered == null ? null : registered.place();
    return sensors.contains(sensor)
        || place != null
            && (place.buildingId() != null && buildings.contains(place.buildingId())
                || place.communityId() != null && communities.contains(place.communityId()));
  }

  /**
   * The end of the time out of service that contains {@code atMs}, epoch ms; {@link #NEVER} where
   * the sensor is in service then.
   */
  public long endMs(long atMs) {
    boolean before = from != null && atMs < from.toEpochMilli();
    boolean after = to != null && atMs >= to.toEpochMilli();
    if (before || after) {
      return NEVER;
    }
    if (weekly == null) {
      return to.toEpochMilli();
    }
    long end = weekly.endMs(atMs);
    return end == NEVER || to == null ? end : Math.min(end, to.toEpochMilli());
  }
}
