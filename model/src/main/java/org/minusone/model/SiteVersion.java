package org.minusone.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All of a site as it is at one version: what {@code site apply} publishes and every role follows.
 *
 * @param version 1, 2, 3 … ; every signal names the one it was decided by
 * @param zone IANA name, {@code Asia/Shanghai}
 * @param demonstration whether its readings come from the simulator
 */
public record SiteVersion(
    SiteId site,
    int version,
    Instant appliedAt,
    String appliedBy,
    Text name,
    String zone,
    boolean demonstration,
    Map<SensorId, Sensor> sensors,
    List<Rule> rules,
    List<Crew> crews) {
  public SiteVersion {
    sensors = Map.copyOf(sensors);
    rules = List.copyOf(rules);
    crews = List.copyOf(crews);
  }

  public Optional<Sensor> sensor(SensorId id) {
    return Optional.ofNullable(sensors.get(id));
  }

  public Optional<Rule> rule(String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }
}
