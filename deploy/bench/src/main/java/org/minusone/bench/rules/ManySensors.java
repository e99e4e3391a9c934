package org.minusone.bench.rules;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Stamp;
import org.minusone.model.port.SiteCatalog;
import org.minusone.rules.load.SiteLoader;

/** Fubao's rules over as many sensors as wanted, its families in their proportion. */
final class ManySensors implements SiteCatalog {
  private static final long FIRST_MS = 1_760_000_000_000L;
  private static final int INTERVAL_MS = 60_000;

  private final SiteVersion site;
  private final List<Sensor> sensors = new ArrayList<>();

  ManySensors(int count) {
    SiteVersion draft =
        SiteLoader.load(Path.of(System.getProperty("minusone.home"), "deploy/sites/fubao")).draft();
    List<Sensor> models =
        draft.sensors().values().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    Map<SensorId, Sensor> byId = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Sensor model = models.get((int) ((long) i * 7919 % models.size()));
      Sensor sensor =
          new Sensor(
              new SensorId("B-" + i),
              model.family(),
              model.name(),
              model.place(),
              model.hazardClass(),
              model.quantities());
      sensors.add(sensor);
      byId.put(sensor.id(), sensor);
    }
    site =
        new SiteVersion(
            draft.site(),
            1,
            Instant.EPOCH,
            "bench",
            draft.name(),
            draft.zone(),
            false,
            byId,
            draft.rules(),
            List.of());
  }

  /** The {@code i}-th reading: every sensor once, then every sensor again a minute later. */
  Reading reading(int i) {
    Sensor sensor = sensors.get(i % sensors.size());
    int round = i / sensors.size();
    Quantity quantity = quantity(sensor.family());
    long timeMs = FIRST_MS + (long) round * INTERVAL_MS + i % sensors.size() % INTERVAL_MS;
    // Up and down by a fortieth of the resting value: work for the forecast, no news.
    double value = resting(quantity) * (1 + (i * 31L % 11 - 5) / 200.0);
    return Reading.number(
        new SensorKey(site.site(), sensor.id()),
        sensor.family(),
        quantity,
        timeMs,
        timeMs + 40,
        Stamp.OWN,
        value);
  }

  private static Quantity quantity(Family family) {
    return switch (family) {
      case FLOOD_POINT -> Quantity.DEPTH;
      case ELECTRICAL -> Quantity.RESIDUAL_CURRENT;
      case FIRE_FACILITY -> Quantity.PRESSURE;
      case HAZMAT_STORAGE -> Quantity.TEMPERATURE;
      case SMOKE -> Quantity.OBSCURATION;
    };
  }

  private static double resting(Quantity quantity) {
    return switch (quantity) {
      case RESIDUAL_CURRENT -> 40;
      case PRESSURE -> 0.3;
      case TEMPERATURE -> 22;
      case OBSCURATION -> 0.01;
      default -> 1;
    };
  }

  @Override
  public Optional<SiteVersion> live(SiteId id) {
    return id.base().equals(site.site()) ? Optional.of(site) : Optional.empty();
  }

  @Override
  public Optional<Run> run(SiteId id) {
    return Optional.empty();
  }

  @Override
  public Collection<SiteVersion> sites() {
    return List.of(site);
  }

  @Override
  public Collection<Run> runs() {
    return List.of();
  }
}
