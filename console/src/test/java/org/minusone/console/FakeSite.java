package org.minusone.console;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.minusone.model.Calibration;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.Provisional;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.port.SiteCatalog;

/** A site of invented places, in the numbers of the real one. */
final class FakeSite implements SiteCatalog {
  static final SiteId FUBAO = new SiteId("fubao");

  private static final List<Text> COMMUNITIES =
      List.of(
          new Text("石厦社区", "Shixia"),
          new Text("福保社区", "Fubao"),
          new Text("新港社区", "Xingang"),
          new Text("明月社区", "Mingyue"),
          new Text("益田社区", "Yitian"));

  final List<Run> runs = new CopyOnWriteArrayList<>();
  final List<Provisional> provisional = new CopyOnWriteArrayList<>();
  private volatile SiteVersion version;

  FakeSite() {
    this(1);
  }

  /**
   * @param share 1 for all 1,295; 10 for a tenth
   */
  FakeSite(int share) {
    Map<SensorId, Sensor> sensors = new LinkedHashMap<>();
    add(sensors, "F-", 12, share, Family.FLOOD_POINT, "易涝点", "Flood point");
    add(sensors, "E-", 500, share, Family.ELECTRICAL, "配电箱", "Distribution board");
    add(sensors, "W-", 104, share, Family.FIRE_FACILITY, "消防设施", "Fire facility");
    add(sensors, "H-", 22, share, Family.HAZMAT_STORAGE, "危化品仓", "Hazmat store");
    add(sensors, "S-", 657, share, Family.SMOKE, "烟感", "Smoke detector");
    version =
        new SiteVersion(
            FUBAO,
            1,
            Instant.parse("2026-01-01T00:00:00Z"),
            "test",
            new Text("福保街道", "Fubao Subdistrict"),
            "Asia/Shanghai",
            true,
            sensors,
            rules(),
            List.of());
  }

  /** A catalog to which nothing was published yet. */
  static FakeSite empty() {
    FakeSite site = new FakeSite(100);
    site.version = null;
    return site;
  }

  private static void add(
      Map<SensorId, Sensor> sensors,
      String prefix,
      int count,
      int share,
      Family family,
      String zh,
      String en) {
    int width = count > 99 ? 3 : 2;
    for (int i = 1; i <= Math.max(2, count / share); i++) {
      SensorId id = new SensorId(prefix + String.format("%0" + width + "d", i));
      Text community = COMMUNITIES.get(i % COMMUNITIES.size());
      boolean isOutdoors = family == Family.FLOOD_POINT;
      Place place =
          new Place(
              community,
              isOutdoors ? null : new Text((i % 40 + 1) + " 栋", "Block " + (i % 40 + 1)),
              isOutdoors ? null : String.valueOf(i % 30 + 1),
              (i * 137) % 2400,
              (i * 311) % 1800);
      sensors.put(
          id,
          new Sensor(
              id,
              family,
              new Text(community.zh() + i + "号" + zh, en + " " + i + ", " + community.en()),
              place,
              family == Family.HAZMAT_STORAGE ? "flammable-liquid" : null,
              family.quantities(),
              isOutdoors ? "gw-yitian-1" : null,
              isOutdoors ? Set.of("70B3D57ED005" + (1000 + i)) : Set.of(),
              isOutdoors ? Map.of(Quantity.DEPTH, new Calibration("inch", 1.02, -0.5)) : Map.of(),
              isOutdoors
                  ? new Sensor.Equipment(
                      "Rainwell US-40",
                      LocalDate.parse("2024-05-06"),
                      "ER18505",
                      LocalDate.parse("2026-03-02"))
                  : null));
    }
  }

  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    rules.add(
        threshold(
            "hazmat-temperature",
            Family.HAZMAT_STORAGE,
            Quantity.TEMPERATURE,
            Rule.Direction.ABOVE,
            Map.of(Level.WARN, 28.0, Level.ALARM, 30.0, Level.CRITICAL, 35.0)));
    rules.add(
        threshold(
            "hazmat-humidity",
            Family.HAZMAT_STORAGE,
            Quantity.HUMIDITY,
            Rule.Direction.ABOVE,
            Map.of(Level.WARN, 75.0, Level.ALARM, 80.0)));
    rules.add(
        threshold(
            "flood-depth",
            Family.FLOOD_POINT,
            Quantity.DEPTH,
            Rule.Direction.ABOVE,
            Map.of(Level.NOTICE, 10.0, Level.WARN, 15.0, Level.ALARM, 27.0, Level.CRITICAL, 40.0)));
    rules.add(
        threshold(
            "residual-current",
            Family.ELECTRICAL,
            Quantity.RESIDUAL_CURRENT,
            Rule.Direction.ABOVE,
            Map.of(Level.WARN, 200.0, Level.ALARM, 300.0)));
    rules.add(
        threshold(
            "cable-temperature",
            Family.ELECTRICAL,
            Quantity.TEMPERATURE,
            Rule.Direction.ABOVE,
            Map.of(Level.WARN, 60.0, Level.ALARM, 70.0, Level.CRITICAL, 85.0)));
    rules.add(
        threshold(
            "voltage-low",
            Family.ELECTRICAL,
            Quantity.VOLTAGE,
            Rule.Direction.BELOW,
            Map.of(Level.WARN, 198.0)));
    rules.add(
        threshold(
            "voltage-high",
            Family.ELECTRICAL,
            Quantity.VOLTAGE,
            Rule.Direction.ABOVE,
            Map.of(Level.WARN, 235.4, Level.ALARM, 250.0, Level.CRITICAL, 270.0)));
    rules.add(
        threshold(
            "hydrant-pressure",
            Family.FIRE_FACILITY,
            Quantity.PRESSURE,
            Rule.Direction.BELOW,
            Map.of(Level.ALARM, 0.14)));
    rules.add(
        threshold(
            "smoke-obscuration",
            Family.SMOKE,
            Quantity.OBSCURATION,
            Rule.Direction.ABOVE,
            Map.of(Level.WARN, 0.07, Level.ALARM, 0.15)));
    for (Family family : Family.values()) {
      rules.add(
          new Rule(
              family.id() + "-silent",
              family,
              null,
              new Rule.Silent(family.silentAfter(), Level.NOTICE),
              null,
              new Text("检查供电与网络", "Check power and network"),
              "D"));
    }
    return rules;
  }

  private static Rule threshold(
      String name,
      Family family,
      Quantity quantity,
      Rule.Direction direction,
      Map<Level, Double> limits) {
    Map<Level, Rule.Limit> levels = new LinkedHashMap<>();
    limits.forEach((level, limit) -> levels.put(level, new Rule.Limit(limit, Duration.ZERO)));
    return new Rule(
        name,
        family,
        quantity,
        new Rule.Threshold(
            direction,
            levels,
            new Rule.Deadband(1, false),
            Duration.ofSeconds(60),
            new Rule.Forecast(
                List.of(levels.containsKey(Level.ALARM) ? Level.ALARM : Level.WARN),
                Duration.ofMinutes(15),
                Duration.ofMinutes(2),
                "gated-damped-holt")),
        null,
        new Text(
            "派人到现场查看\n切断热源，开启通风\n禁止明火",
            "Send somebody to look\nCut the heat, ventilate\nNo open fire"),
        "DOMAIN §2");
  }

  @Override
  public Optional<SiteVersion> live(SiteId site) {
    return Optional.ofNullable(version).filter(v -> v.site().equals(site.base()));
  }

  @Override
  public Optional<Run> run(SiteId site) {
    return runs.stream().filter(run -> run.site().equals(site)).findFirst();
  }

  @Override
  public Collection<SiteVersion> sites() {
    return version == null ? List.of() : List.of(version);
  }

  @Override
  public Collection<Provisional> provisional(SiteId site) {
    return provisional.stream().filter(one -> one.site().equals(site)).toList();
  }

  @Override
  public Collection<Run> runs() {
    return runs;
  }
}
