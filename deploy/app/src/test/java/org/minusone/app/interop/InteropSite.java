package org.minusone.app.interop;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.minusone.model.Family;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.port.RunLog;
import org.minusone.model.port.SiteCatalog;

/** A site of many sensors, H-01 to H-40, one for each story. */
final class InteropSite implements SiteCatalog, RunLog {
  private final SiteVersion version =
      new SiteVersion(
          new SiteId("fubao"),
          1,
          Instant.EPOCH,
          "test",
          new Text("福保", "Fubao"),
          "Asia/Shanghai",
          false,
          sensors(),
          List.of(),
          List.of());

  private static Map<SensorId, Sensor> sensors() {
    return IntStream.rangeClosed(1, 40)
        .mapToObj(i -> "H-%02d".formatted(i))
        .map(
            id ->
                new Sensor(
                    new SensorId(id),
                    Family.HAZMAT_STORAGE,
                    new Text(id, id),
                    null,
                    null,
                    Family.HAZMAT_STORAGE.quantities()))
        .collect(Collectors.toMap(Sensor::id, Function.identity()));
  }

  @Override
  public Optional<SiteVersion> live(SiteId site) {
    return site.base().equals(version.site()) ? Optional.of(version) : Optional.empty();
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

  @Override
  public void put(Run run) {
    throw new UnsupportedOperationException("no runs here");
  }
}
