package org.minusone.alerting.topology;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.minusone.model.Run;
import org.minusone.model.SiteId;
import org.minusone.model.port.InputFlow;
import org.minusone.model.port.SiteCatalog;

/**
 * Which runs are over here. A run that ended is over once all that was under way has surely
 * arrived: the input was current for {@link #SETTLED}, longer than a report of no lag is believed.
 * Its name stays known (a few bytes), for a straggler must not begin it anew; names are never used
 * twice (CONTRACTS §1).
 */
final class EndedRuns {
  static final Duration SETTLED = Duration.ofSeconds(6);

  private final KeyValueStore<String, Long> over;
  private final SiteCatalog sites;
  private final InputFlow input;
  private final InstantSource clock;

  /** Since when the input is current without a break; null while it is not. */
  private Instant currentSince;

  EndedRuns(
      KeyValueStore<String, Long> over, SiteCatalog sites, InputFlow input, InstantSource clock) {
    this.over = over;
    this.sites = sites;
    this.input = input;
    this.clock = clock;
  }

  boolean isOver(SiteId site) {
    return site.isRun() && over.get(site.value()) != null;
  }

  /** The runs to be closed now. Call it each second: it watches the input. */
  List<Run> due() {
    Instant now = clock.instant();
    if (!input.isCurrent()) {
      currentSince = null;
      return List.of();
    }
    currentSince = currentSince == null ? now : currentSince;
    Instant settled = now.minus(SETTLED);
    if (currentSince.isAfter(settled)) {
      return List.of();
    }
    return sites.runs().stream()
        .filter(run -> !run.isOpen() && !run.endedAt().isAfter(settled) && !isOver(run.site()))
        .toList();
  }

  void close(Run run) {
    over.put(run.site().value(), clock.millis());
  }
}
