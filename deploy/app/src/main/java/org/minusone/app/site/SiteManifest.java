package org.minusone.app.site;

import java.time.Instant;
import java.util.Set;

/**
 * Which entities make up a version; it arrives after them and makes the version live.
 *
 * @param entries {@code kind/id/hash}
 */
record SiteManifest(int version, Instant appliedAt, String appliedBy, Set<String> entries) {
  SiteManifest {
    entries = Set.copyOf(entries);
  }
}
