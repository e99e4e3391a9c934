package org.minusone.rules.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minusone.model.Level;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;

/**
 * The part of an alert in which a level was reached.
 *
 * @param signals of the whole alert, forewarnings included
 * @param startMs of the first level reached
 * @param endMs of its last end; {@code Long.MAX_VALUE} when it was still active
 */
record Episode(List<Signal> signals, Level worst, long startMs, long endMs) {
  boolean isOver() {
    return endMs != Long.MAX_VALUE;
  }

  long activeMs() {
    return endMs - startMs;
  }

  Signal first() {
    return signals.get(0);
  }

  /** Whether a level was left, and not a forewarning ended. */
  private static boolean isOfLevel(Signal cleared) {
    return cleared.cause() == null || !FORECAST_ENDS.contains(cleared.cause());
  }

  private static final Set<String> FORECAST_ENDS = Set.of("withdrawn", "expired", "gap");

  /** Those in which a level was reached, in the order of their first signals. */
  static List<Episode> of(List<Signal> signals) {
    Map<String, List<Signal>> byAlert = new LinkedHashMap<>();
    for (Signal signal : signals) {
      byAlert.computeIfAbsent(signal.alert(), a -> new ArrayList<>()).add(signal);
    }
    List<Episode> episodes = new ArrayList<>();
    for (List<Signal> own : byAlert.values()) {
      long start = Long.MAX_VALUE;
      long end = Long.MAX_VALUE;
      Level worst = null;
      for (Signal signal : own) {
        Level level = signal.level();
        if (signal.signal().isReached()) {
          start = Math.min(start, signal.time().toEpochMilli());
          end = Long.MAX_VALUE;
          worst = worst == null || level.isAtLeast(worst) ? level : worst;
        } else if (signal.signal() == SignalKind.CLEARED && worst != null && isOfLevel(signal)) {
          end = signal.time().toEpochMilli();
        }
      }
      if (worst != null) {
        episodes.add(new Episode(List.copyOf(own), worst, start, end));
      }
    }
    return episodes;
  }
}
