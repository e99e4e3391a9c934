package org.minusone.rules.load;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;

/**
 * What rules and maintenance windows of a site may name. Where no site is known every well-formed
 * name will do.
 *
 * @param sensors by id
 */
public record SiteNames(
    boolean known, Map<String, Sensor> sensors, Set<String> buildings, Set<String> communities) {
  public static final SiteNames UNKNOWN = new SiteNames(false, Map.of(), Set.of(), Set.of());

  static SiteNames of(Map<SensorId, Sensor> sensors, Places places) {
    Map<String, Sensor> byId = new LinkedHashMap<>();
    sensors.forEach((id, sensor) -> byId.put(id.value(), sensor));
    return new SiteNames(places.isKnown(), byId, places.buildingIds(), places.communityIds());
  }

  /** Of what an override or window may be for; empty = any. */
  Collection<String> of(String key) {
    return switch (key) {
      case "sensor", "sensors" -> sensors.keySet();
      case "building", "buildings" -> buildings;
      case "community", "communities" -> communities;
      case "hazard_class" -> SensorsReader.HAZARD_CLASSES;
      default -> throw new IllegalArgumentException(key);
    };
  }
}
