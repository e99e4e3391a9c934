package org.minusone.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.port.RunLog;
import org.minusone.model.port.SiteCatalog;

/**
 * A site with one sensor a family, as catalog and log of runs. The catalog shows what the log was
 * given only after {@link #follow}: as in life it lags a moment.
 */
public final class TestSite implements SiteCatalog, RunLog {
  public static final SiteId FUBAO = new SiteId("fubao");
  public static final SiteId RUN = new SiteId("fubao@r17");

  private final SiteVersion version;
  private final Map<SiteId, Run> followed = new LinkedHashMap<>();

  /** All that was written, in order. */
  public final List<Run> written = new ArrayList<>();

  public TestSite() {
    Map<SensorId, Sensor> sensors = new LinkedHashMap<>();
    add(sensors, "H-07", Family.HAZMAT_STORAGE);
    add(sensors, "F-03", Family.FLOOD_POINT);
    add(sensors, "E-100", Family.ELECTRICAL);
    add(sensors, "P-1", Family.FIRE_FACILITY);
    add(sensors, "S-1", Family.SMOKE);
    version =
        new SiteVersion(
            FUBAO,
            1,
            Instant.EPOCH,
            "test",
            new Text("福保", "Fubao"),
            "Asia/Shanghai",
            false,
            sensors,
            List.of(),
            List.of());
  }

  private static void add(Map<SensorId, Sensor> sensors, String id, Family family) {
    SensorId sensor = new SensorId(id);
    sensors.put(
        sensor, new Sensor(sensor, family, new Text(id, id), null, null, family.quantities()));
  }

  /** The catalog catches up with the log. */
  public synchronized void follow() {
    written.forEach(run -> followed.put(run.site(), run));
  }

  @Override
  public Optional<SiteVersion> live(SiteId site) {
    return site.base().equals(FUBAO) ? Optional.of(version) : Optional.empty();
  }

  @Override
  public synchronized Optional<Run> run(SiteId site) {
    return Optional.ofNullable(followed.get(site));
  }

  @Override
  public Collection<SiteVersion> sites() {
    return List.of(version);
  }

  @Override
  public synchronized Collection<Run> runs() {
    return List.copyOf(followed.values());
  }

  @Override
  public synchronized void put(Run run) {
    written.add(run);
  }
}
