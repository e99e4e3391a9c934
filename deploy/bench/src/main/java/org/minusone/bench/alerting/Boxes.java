package org.minusone.bench.alerting;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.port.SiteCatalog;

/** A site of so many electrical boxes, each in a building of its own, and what is said of them. */
final class Boxes implements SiteCatalog {
  static final SiteId SITE = new SiteId("bench");
  private static final String RULE = "cable-temperature";

  private final SiteVersion version;

  Boxes(int count) {
    Map<SensorId, Sensor> sensors = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String building = "b" + i;
      Place place =
          new Place(new Text("福保", "Fubao"), Text.same(building), "1", i, i, "fubao", building);
      sensors.put(
          id(i),
          new Sensor(
              id(i),
              Family.ELECTRICAL,
              new Text("配电箱 " + i, "Box " + i),
              place,
              null,
              List.of(Quantity.TEMPERATURE)));
    }
    Rule rule =
        new Rule(
            RULE,
            Family.ELECTRICAL,
            Quantity.TEMPERATURE,
            new Rule.Threshold(
                Rule.Direction.ABOVE,
                Map.of(
                    Level.WARN,
                    new Rule.Limit(60, Duration.ZERO),
                    Level.ALARM,
                    new Rule.Limit(70, Duration.ZERO)),
                new Rule.Deadband(3, false),
                Duration.ZERO,
                null),
            null,
            new Text("断电，查接头", "Cut the power; look at the terminals"),
            "GB 14287.3 (GK)");
    version =
        new SiteVersion(
            SITE,
            1,
            Instant.EPOCH,
            "bench",
            Text.same("Bench"),
            "Asia/Shanghai",
            false,
            sensors,
            List.of(rule),
            List.of());
  }

  private static SensorId id(int i) {
    return new SensorId("E-" + i);
  }

  /** The alarm of a box that began then. */
  static Signal alarm(int box, Instant at) {
    SensorKey key = new SensorKey(SITE, id(box));
    return new Signal(
        Signal.alertId(key, RULE, at.toEpochMilli()),
        SITE,
        id(box),
        Family.ELECTRICAL,
        RULE,
        1,
        Quantity.TEMPERATURE,
        SignalKind.ALARM,
        at,
        Level.ALARM,
        70.0,
        71.5,
        null,
        null,
        null,
        null,
        null,
        0.02,
        40,
        null,
        null,
        false,
        false,
        at.toEpochMilli());
  }

  @Override
  public Optional<SiteVersion> live(SiteId site) {
    return Optional.of(version);
  }

  @Override
  public Optional<Run> run(SiteId site) {
    return Optional.empty();
  }

  @Override
  public Collection<SiteVersion> sites() {
    return List.of(version);
  }

  @Override
  public Collection<Run> runs() {
    return List.of();
  }
}
