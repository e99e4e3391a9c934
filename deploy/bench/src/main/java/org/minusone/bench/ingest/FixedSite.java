package org.minusone.bench.ingest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.minusone.model.Run;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SiteCatalog;
import org.minusone.rules.load.SiteLoader;

/** Fubao as its files say, and no runs. */
record FixedSite(SiteVersion site) implements SiteCatalog {

  static FixedSite fubao() {
    SiteVersion draft =
        SiteLoader.load(Path.of(System.getProperty("minusone.home"), "deploy/sites/fubao")).draft();
    return new FixedSite(
        new SiteVersion(
            draft.site(),
            1,
            Instant.EPOCH,
            "bench",
            draft.name(),
            draft.zone(),
            false,
            draft.sensors(),
            draft.rules(),
            draft.crews()));
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
