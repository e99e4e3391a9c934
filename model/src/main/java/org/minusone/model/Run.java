package org.minusone.model;

import java.time.Instant;

/**
 * A replay, simulation or trial: opened, and some time ended (CONTRACTS §1).
 *
 * @param site {@code fubao@r17}
 * @param speed how many times faster than recorded; 1 = as recorded; infinity is written as 0
 *     ({@code max})
 * @param endedAt null while it goes on
 */
public record Run(SiteId site, double speed, Instant startedAt, Instant endedAt) {
  public boolean isOpen() {
    return endedAt == null;
  }
}
