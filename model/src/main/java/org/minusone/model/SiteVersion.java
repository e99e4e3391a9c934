package org.minusone.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All of a site as it is at one version: what {@code site apply} publishes and every role follows.
 *
 * @param version 1, 2, 3 … ; every signal names the one it was decided by
 * @param zone IANA name, {@code Asia/Shanghai}
 * @param demonstration whether its readings come from the simulator
 * @param admitsUnknown whether a sensor that is not registered is provisionally taken in where its
 *     topic names a family; otherwise it is rejected. Listed it is either way
 * @param gateways by id
 * @param codecs the first whose filter matches a topic counts
 * @param maintenance times in which sensors are out of service, in the order of their file
 * @param deadlines of crews, by the severity of what they are sent to; empty = the usual ones
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
    List<Crew> crews,
    boolean admitsUnknown,
    Map<String, Gateway> gateways,
    List<CodecChoice> codecs,
    List<Maintenance> maintenance,
    Map<Level, StepDeadlines> deadlines) {
  public SiteVersion {
    sensors = Map.copyOf(sensors);
    rules = List.copyOf(rules);
    crews = List.copyOf(crews);
    gateways = gateways == null ? Map.of() : Map.copyOf(gateways);
    codecs = codecs == null ? List.of() : List.copyOf(codecs);
    maintenance = maintenance == null ? List.of() : List.copyOf(maintenance);
    deadlines = deadlines == null ? Map.of() : Map.copyOf(deadlines);
  }

  /** A site whose crews have the usual time for each step. */
  public SiteVersion(
      SiteId site,
      int version,
      Instant appliedAt,
      String appliedBy,
      Text name,
      String zone,
      boolean demonstration,
      Map<SensorId, Sensor> sensors,
      List<Rule> rules,
      List<Crew> crews,
      boolean admitsUnknown,
      Map<String, Gateway> gateways,
      List<CodecChoice> codecs,
      List<Maintenance> maintenance) {
    this(
        site,
        version,
        appliedAt,
        appliedBy,
        name,
        zone,
        demonstration,
        sensors,
        rules,
        crews,
        admitsUnknown,
        gateways,
        codecs,
        maintenance,
        Map.of());
  }

  /** A site where nothing is out of service. */
  public SiteVersion(
      SiteId site,
      int version,
      Instant appliedAt,
      String appliedBy,
      Text name,
      String zone,
      boolean demonstration,
      Map<SensorId, Sensor> sensors,
      List<Rule> rules,
      List<Crew> crews,
      boolean admitsUnknown,
      Map<String, Gateway> gateways,
      List<CodecChoice> codecs) {
    this(
        site,
        version,
        appliedAt,
        appliedBy,
        name,
        zone,
        demonstration,
        sensors,
        rules,
        crews,
        admitsUnknown,
        gateways,
        codecs,
        List.of());
  }

  /** A site of registered sensors that all speak ThingsBoard's JSON, through any gateway. */
  public SiteVersion(
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
    this(
        site,
        version,
        appliedAt,
        appliedBy,
        name,
        zone,
        demonstration,
        sensors,
        rules,
        crews,
        false,
        Map.of(),
        List.of());
  }

  public Optional<Sensor> sensor(SensorId id) {
    return Optional.ofNullable(sensors.get(id));
  }

  public Optional<Rule> rule(String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }

  /** The rule as it is at {@code sensor}, overrides applied; empty where there is none. */
  public Optional<Rule> rule(String name, SensorId sensor) {
    return rule(name).flatMap(rule -> rule.at(sensor, sensors.get(sensor)));
  }

  /** Every name that payloads may call a sensor by when not by its id; a copy, made each time. */
  public Map<String, SensorId> aliases() {
    Map<String, SensorId> byAlias = new HashMap<>();
    sensors.values().forEach(s -> s.aliases().forEach(alias -> byAlias.put(alias, s.id())));
    return byAlias;
  }

  /** The same with others to be sent. */
  public SiteVersion withCrews(List<Crew> others, Map<Level, StepDeadlines> steps) {
    return new SiteVersion(
        site,
        version,
        appliedAt,
        appliedBy,
        name,
        zone,
        demonstration,
        sensors,
        rules,
        others,
        admitsUnknown,
        gateways,
        codecs,
        maintenance,
        steps);
  }

  /** The same, marked as a demonstration. */
  public SiteVersion asDemonstration() {
    return new SiteVersion(
        site,
        version,
        appliedAt,
        appliedBy,
        name,
        zone,
        true,
        sensors,
        rules,
        crews,
        admitsUnknown,
        gateways,
        codecs,
        maintenance,
        deadlines);
  }
}
