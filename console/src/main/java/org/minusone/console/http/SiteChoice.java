package org.minusone.console.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import org.minusone.console.feed.LatestValues;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SiteCatalog;

/** Which site or run a request means: {@code site=}, else the first site. */
public final class SiteChoice {
  private final SiteCatalog catalog;
  private final LatestValues values;
  private final InstantSource clock;

  public SiteChoice(SiteCatalog catalog, LatestValues values, InstantSource clock) {
    this.catalog = catalog;
    this.values = values;
    this.clock = clock;
  }

  SiteId of(Context context) {
    Optional<SiteId> named = named(context);
    if (named.isPresent()) {
      return named.get();
    }
    return first().orElseThrow(() -> new Problem(503, "no-site", "no site has a version yet"));
  }

  /** The first site by id; empty before one is live. */
  public Optional<SiteId> first() {
    return catalog.sites().stream()
        .map(SiteVersion::site)
        .filter(site -> !site.isRun())
        .min(Comparator.naturalOrder());
  }

  /** The site that {@code site=} names; empty without it. */
  Optional<SiteId> named(Context context) {
    String text = context.queryParam("site");
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    if (SiteId.isValid(text)) {
      SiteId site = new SiteId(text);
      boolean isKnown =
          catalog.live(site).isPresent()
              && (!site.isRun() || catalog.run(site).isPresent() || values.knows(site));
      if (isKnown) {
        return Optional.of(site);
      }
    }
    throw Problem.notFound("no such site or run: " + text);
  }

  /** Now; for a run its newest event time, by which its countdowns go (CONTRACTS §1). */
  public Instant now(SiteId site) {
    return site.isRun() ? values.newest(site).orElseGet(clock::instant) : clock.instant();
  }
}
