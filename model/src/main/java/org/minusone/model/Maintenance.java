package org.minusone.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
  public static final long NEVER = Long.MAX_VALUE;

  /**
   * On some days of each week, local time; one that ends at or before it starts ends on the next
   * day. Across a change of the clocks it lasts from the one wall time to the other.
   */
  public record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    public Weekly {
      days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    /** The end of the one that contains {@code atMs}; {@link #NEVER} where none does. */
    long endMs(long atMs) {
      LocalDate today = Instant.ofEpochMilli(atMs).atZone(zone).toLocalDate();
      for (int ago = 1; ago >= 0; ago--) {
        LocalDate day = today.minusDays(ago);
        if (days.contains(day.getDayOfWeek())) {
          LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
          long start = ms(ZonedDateTime.of(day, from, zone));
          long end = ms(ZonedDateTime.of(last, to, zone));
          if (start <= atMs && atMs < end) {
            return end;
          }
        }
      }
      return NEVER;
    }

    private static long ms(ZonedDateTime at) {
      return at.toInstant().toEpochMilli();
    }
  }

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
