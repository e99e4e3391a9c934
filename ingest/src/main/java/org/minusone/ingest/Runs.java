package org.minusone.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.minusone.ingest.decode.OpenRuns;
import org.minusone.model.Rejected;
import org.minusone.model.RejectionReason;
import org.minusone.model.Run;
import org.minusone.model.SiteId;
import org.minusone.model.port.RunLog;
import org.minusone.model.port.SiteCatalog;

/**
 * The runs as ingest knows them (CONTRACTS §1): those of the catalog, and before them those opened
 * and ended here, because the catalog follows what we write only a moment later and the run's first
 * readings are already waiting.
 *
 * <p>Owned by the one thread that decodes.
 */
final class Runs implements OpenRuns {
  private static final int MOST_UNKNOWN = 1_000;
  private static final int MOST_WAITS_A_MINUTE = 3;
  private static final long WAIT_MS = 2_000;
  private static final long LOOK_MS = 20;

  private final SiteCatalog catalog;
  private final RunLog log;
  private final Duration idle;
  private final Instant since;
  private final boolean shared;
  private final Map<SiteId, Run> ours = new HashMap<>();

  /** Runs that were waited for once, and did not come. */
  private final Set<SiteId> unknown =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<SiteId, Boolean> eldest) {
              return size() > MOST_UNKNOWN;
            }
          });

  private long waitMinute;
  private int waitsInIt;
  private final Map<SiteId, Instant> lastArrival = new HashMap<>();

  /**
   * @param since when this process began: a run's arrivals before that are unknown to it
   * @param shared whether other instances open runs, too
   */
  Runs(SiteCatalog catalog, RunLog log, Duration idle, Instant since, boolean shared) {
    this.shared = shared;
    this.catalog = catalog;
    this.log = log;
    this.idle = idle;
    this.since = since;
  }

  /** The run of that name, open or ended; empty if it was never opened. */
  Optional<Run> find(SiteId site) {
    Run own = ours.get(site);
    return own == null ? catalog.run(site) : Optional.of(own);
  }

  /**
   * Of instances that share a subscription one opens a run, and another may have its first readings
   * before it hears of that: waits for the catalog, once for each name and seldom, so that invented
   * names do not hold up the rest.
   */
  void awaitKnown(SiteId site, long nowMs) throws InterruptedException {
    if (!shared || find(site).isPresent() || unknown.contains(site)) {
      return;
    }
    if (waitMinute != nowMs / 60_000) {
      waitMinute = nowMs / 60_000;
      waitsInIt = 0;
    }
    if (++waitsInIt > MOST_WAITS_A_MINUTE) {
      return;
    }
    for (long waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      if (find(site).isPresent()) {
        return;
      }
    }
    unknown.add(site);
  }

  @Override
  public boolean isOpen(SiteId site) {
    return find(site).map(Run::isOpen).orElse(false);
  }

  /** A reading of an open run arrived. */
  void arrived(SiteId site, Instant at) {
    lastArrival.put(site, at);
  }

  /** Why a run cannot be opened under that name; empty if it can. */
  Optional<Rejected> objection(SiteId site) {
    if (catalog.live(site.base()).isEmpty()) {
      return Optional.of(
          new Rejected(RejectionReason.UNKNOWN_SITE, "no such site: " + site.base()));
    }
    return find(site)
        .map(
            used ->
                new Rejected(
                    RejectionReason.RUN_CLOSED,
                    "the run's name "
                        + site.run().orElse("")
                        + " was used before (opened "
                        + used.startedAt()
                        + "): all its readings would be duplicates; choose another"));
  }

  /** Opens it once the log has it. */
  void open(SiteId site, double speed, Instant now) throws Exception {
    Run run = new Run(site, speed, now, null);
    log.put(run);
    ours.put(site, run);
    lastArrival.put(site, now);
  }

  /** Ends it, if it is open, once the log has that. */
  void end(SiteId site, Instant now) throws Exception {
    Optional<Run> run = find(site).filter(Run::isOpen);
    if (run.isPresent()) {
      Run ended = new Run(site, run.get().speed(), run.get().startedAt(), now);
      log.put(ended);
      ours.put(site, ended);
      lastArrival.remove(site);
    }
  }

  /** Open runs whose last arrival lies further back than a run may be idle. */
  List<SiteId> idleAt(Instant now) {
    forgetKnown();
    List<SiteId> found = new ArrayList<>();
    for (Run run : catalog.runs()) {
      if (isOpen(run.site()) && isIdle(run, now)) {
        found.add(run.site());
      }
    }
    return found;
  }

  private boolean isIdle(Run run, Instant now) {
    Instant before = run.startedAt().isAfter(since) ? run.startedAt() : since;
    return lastArrival.getOrDefault(run.site(), before).plus(idle).isBefore(now);
  }

  /** What the catalog has caught up with need not be kept here. */
  private void forgetKnown() {
    ours.values().removeIf(run -> catalog.run(run.site()).filter(run::equals).isPresent());
  }
}
