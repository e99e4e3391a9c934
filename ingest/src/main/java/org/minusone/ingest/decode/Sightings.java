package org.minusone.ingest.decode;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.minusone.model.Family;
import org.minusone.model.Provisional;
import org.minusone.model.SiteId;
import org.minusone.model.port.SensorSightings;

/**
 * Tells of each sensor that nobody registered: once, and when it is admitted or no longer. Of no
 * more than a bound an hour: invented names fill neither our memory nor the list that an engineer
 * reads.
 */
final class Sightings {
  private static final int MOST_REMEMBERED = 10_000;
  private static final int MOST_AN_HOUR = 1_000;
  private static final long HOUR_MS = 3_600_000;

  private record Name(SiteId site, String sensor) {}

  private final SensorSightings out;
  private final Map<Name, Boolean> told =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  private long hour = Long.MIN_VALUE;
  private int inThatHour;

  Sightings(SensorSightings out) {
    this.out = out;
  }

  /**
   * @param family by its topic; null where that names none
   * @param gateway null on a topic of its own
   */
  void heard(
      SiteId site, String sensor, Family family, String gateway, boolean admitted, long arrivalMs) {
    Name name = new Name(site, sensor);
    if (Boolean.valueOf(admitted).equals(told.get(name))) {
      return;
    }
    if (hour != arrivalMs / HOUR_MS) {
      hour = arrivalMs / HOUR_MS;
      inThatHour = 0;
    }
    if (++inThatHour > MOST_AN_HOUR) {
      return;
    }
    told.put(name, admitted);
    out.heard(
        new Provisional(site, sensor, family, gateway, admitted, Instant.ofEpochMilli(arrivalMs)));
  }
}
