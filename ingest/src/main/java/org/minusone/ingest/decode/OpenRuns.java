package org.minusone.ingest.decode;

import org.minusone.model.SiteId;

/** Which runs admit readings now. */
@FunctionalInterface
public interface OpenRuns {
  /**
   * @param run of the form {@code site@run}
   */
  boolean isOpen(SiteId run);
}
