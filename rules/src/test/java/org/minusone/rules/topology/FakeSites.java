package org.minusone.rules.topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.Rule;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SiteCatalog;

/** A catalog that says what it was told. */
final class FakeSites implements SiteCatalog {
  private final Map<SiteId, SiteVersion> live = new HashMap<>();
  private final Map<SiteId, Run> runs = new HashMap<>();

  void apply(SiteId site, int version, Instant at, List<Rule> rules, String... sensors) {
    Map<SensorId, Sensor> registry = new HashMap<>();
    for (String sensor : sensors) {
      SensorId id = new SensorId(sensor);
      registry.put(id, new Sensor(id, Family.HAZMAT_STORAGE, null, null, null, List.of()));
    }
    apply(site, version, at, rules, registry);
  }

  void apply(
      SiteId site, int version, Instant at, List<Rule> rules, Map<SensorId, Sensor> registry) {
    live.put(
        site,
        new SiteVersion(
            site, version, at, "test", null, "Asia/Shanghai", false, registry, rules, List.of()));
  }

  void apply(SiteVersion version) {
    live.put(version.site(), version);
  }

  /** From now on what nobody registered is taken in. */
  void admitUnknown(SiteId site) {
    SiteVersion v = live.get(site);
    live.put(
        site,
        new SiteVersion(
            site,
            v.version(),
            v.appliedAt(),
            v.appliedBy(),
            v.name(),
            v.zone(),
            v.demonstration(),
            v.sensors(),
            v.rules(),
            v.crews(),
            true,
            v.gateways(),
            v.codecs()));
  }

  void run(SiteId site, double speed, Instant endedAt) {
    runs.put(site, new Run(site, speed, Instant.EPOCH, endedAt));
  }

  @Override
  public Optional<SiteVersion> live(SiteId site) {
    return Optional.ofNullable(live.get(site.base()));
  }

  @Override
  public Optional<Run> run(SiteId site) {
    return Optional.ofNullable(runs.get(site));
  }

  @Override
  public Collection<SiteVersion> sites() {
    return new ArrayList<>(live.values());
  }

  @Override
  public Collection<Run> runs() {
    return new ArrayList<>(runs.values());
  }
}
