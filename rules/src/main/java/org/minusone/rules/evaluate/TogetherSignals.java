package org.minusone.rules.evaluate;

import java.time.Instant;
import java.util.List;
import org.minusone.model.Group;
import org.minusone.model.Level;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;

/** How a {@code together} rule words a signal: at the member that was first, with what it read. */
final class TogetherSignals {
  private TogetherSignals() {}

  static Signal of(
      SiteId site,
      String alert,
      PlaceState.Member first,
      String rule,
      int version,
      SignalKind kind,
      Level level,
      long atMs,
      String cause,
      Group group,
      boolean late,
      boolean delayed,
      long arrivalMs) {
    return new Signal(
        alert,
        site,
        first.sensor(),
        first.family(),
        rule,
        version,
        first.quantity(),
        kind,
        Instant.ofEpochMilli(atMs),
        level,
        null,
        first.value(),
        first.word(),
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        cause,
        late,
        delayed,
        arrivalMs,
        List.of(),
        group == null ? NO_GROUP : group);
  }

  /** Marks it as ours where there are no members to tell, so that it is never taken for one. */
  private static final Group NO_GROUP = new Group("together", "", null, 0, 0, List.of());
}
