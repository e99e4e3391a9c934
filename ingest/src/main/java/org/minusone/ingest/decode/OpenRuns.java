package org.minusone.ingest.decode;

import org.minusone.model.SiteId;

/** Which runs admit readings now. */
@FunctionalInterface
public interface OpenRuns {
  /**
   * Whether {@code run} was opened and has not ended.
   *
   * @param run of the form {@code site@run}
   */
  boolean isOpen(SiteId run);
}
