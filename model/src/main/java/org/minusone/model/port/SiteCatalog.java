package org.minusone.model.port;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.minusone.model.Provisional;
import org.minusone.model.Run;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;

/**
 * The live version of every site and the runs, as the topic {@code site} has them. Cheap: asked on
 * every reading.
 */
public interface SiteCatalog {
  /** The live version of a site; of a run, its base site's. Empty before the first arrives. */
  Optional<SiteVersion> live(SiteId site);

  /** The run of that name; empty if it was never opened or {@code site} is no run. */
  Optional<Run> run(SiteId site);

  Collection<SiteVersion> sites();

  Collection<Run> runs();

  /** Sensors of a site that send and are not registered, as far as they were written down. */
  default Collection<Provisional> provisional(SiteId site) {
    return List.of();
  }
}
