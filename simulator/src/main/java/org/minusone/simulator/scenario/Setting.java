package org.minusone.simulator.scenario;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.minusone.model.SensorId;
import org.minusone.model.SiteVersion;

/**
 * What a scenario starts from.
 *
 * @param newest the newest reading known of each sensor; empty on a first start
 * @param inAlert sensors with an open alert: the story leaves them in peace
 */
public record Setting(
    SiteVersion site, long seed, Map<SensorId, Instant> newest, Set<SensorId> inAlert) {
  public Setting {
    Objects.requireNonNull(site);
    newest = Map.copyOf(newest);
    inAlert = Set.copyOf(inAlert);
  }

  /** A first start: nothing is known of any sensor. */
  public static Setting first(SiteVersion site, long seed) {
    return new Setting(site, seed, Map.of(), Set.of());
  }

  /** The newest reading known of a sensor, epoch milliseconds; {@code Long.MIN_VALUE} if none. */
  long newestMs(SensorId sensor) {
    Instant known = newest.get(sensor);
    return known == null ? Long.MIN_VALUE : known.toEpochMilli();
  }

  /** Its zone; where it names none that exists, the one it was built for. */
  ZoneId zone() {
    String zone = site.zone();
    return zone != null && ZoneId.getAvailableZoneIds().contains(zone)
        ? ZoneId.of(zone)
        : ZoneId.of("Asia/Shanghai");
  }
}
