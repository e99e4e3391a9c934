package org.minusone.console.feed;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minusone.model.Family;
import org.minusone.model.Run;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SeriesReader;
import org.minusone.model.port.SiteCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the series once for the latest values of each site and of the newest runs, so that a console
 * that was just started does not call a sensor never seen that was seen yesterday.
 */
public final class LatestFill {
  private static final Logger LOG = LoggerFactory.getLogger(LatestFill.class);

  /** What is kept of a site (CONTRACTS §3: 90 days). */
  private static final Duration SITE = Duration.ofDays(90);

  /** A run's readings have the times of their recording, which may be years back. */
  private static final Duration RUN = Duration.ofDays(3_650);

  private static final int MOST_RUNS = 8;

  private final SiteCatalog catalog;
  private final SeriesReader series;
  private final LatestValues values;
  private final Instant startedAt;
  private final Set<SiteId> filled = new HashSet<>();
  private volatile boolean failing;

  /**
   * @param startedAt of the console: it has heard all of a run that was opened later
   */
  public LatestFill(
      SiteCatalog catalog, SeriesReader series, LatestValues values, Instant startedAt) {
    this.startedAt = startedAt;
    this.catalog = catalog;
    this.series = series;
    this.values = values;
  }

  /** Whether the store could not be asked last time. */
  public boolean isFailing() {
    return failing;
  }

  /** Fills what is not filled yet; blocks while the store answers. */
  public synchronized void work() {
    boolean failed = false;
    for (SiteId site : wanted()) {
      failed |= !filled.contains(site) && !fill(site);
    }
    failing = failed;
  }

  private boolean fill(SiteId site) {
    Map<SensorId, Family> families = new HashMap<>();
    catalog
        .live(site)
        .ifPresent(
            live -> live.sensors().forEach((id, sensor) -> families.put(id, sensor.family())));
    try {
      values.fill(site, series.latest(site, site.isRun() ? RUN : SITE), families);
      filled.add(site);
      return true;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        LOG.warn(
            "the latest values of {} cannot be had from the series yet: {}", site, e.toString());
      }
      return false;
    }
  }

  private List<SiteId> wanted() {
    List<SiteId> wanted = new ArrayList<>(catalog.sites().stream().map(SiteVersion::site).toList());
    catalog.runs().stream()
        .filter(run -> run.startedAt().isBefore(startedAt))
        .sorted(Comparator.comparing(Run::startedAt).reversed())
        .limit(MOST_RUNS)
        .forEach(run -> wanted.add(run.site()));
    return wanted;
  }
}
