package org.minusone.app.summary;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Level;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;

/**
 * Counts alert events, each once however often it is announced, and pairs forewarnings with their
 * crossings.
 */
public final class AlertTally {
  private final Set<String> seen = new HashSet<>();
  private final Set<String> cleared = new HashSet<>();
  private final Map<String, Open> open = new LinkedHashMap<>();
  private final List<Foreseen> done = new ArrayList<>();
  private long forewarned;
  private long raised;
  private long escalated;

  private record Open(Level level, Foreseen foreseen) {}

  /**
   * @param forewarned alerts that began as a forewarning
   * @param raised alerts whose first level was reached
   * @param escalated times a higher level was reached
   * @param cleared alerts whose danger is gone
   */
  public record Counts(long forewarned, long raised, long escalated, long cleared) {}

  public synchronized void add(AlertEvent event) {
    if (!seen.add(event.id())) {
      return;
    }
    switch (event.kind()) {
      case FOREWARNED -> forewarned++;
      case RAISED -> raised++;
      case ESCALATED -> escalated++;
      case CLEARED, CLOSED -> cleared.add(event.alert().id());
      case UPDATED,
          EASED,
          WITHDRAWN,
          ACKNOWLEDGED,
          COMMENTED,
          SILENT,
          REPORTING,
          FOLDED,
          UNFOLDED -> {
        // Told by the console, not by the summary.
      }
    }
    if (event.signal() != null) {
      pair(event.signal(), event.kind());
    }
  }

  private void pair(Signal signal, AlertEventKind kind) {
    if (signal.signal() == SignalKind.FOREWARNED && signal.limit() != null) {
      open.putIfAbsent(
          signal.alert() + "|" + signal.limit(),
          new Open(
              signal.level(),
              new Foreseen(
                  signal.alert(),
                  signal.sensor(),
                  signal.quantity(),
                  signal.limit(),
                  signal.time(),
                  null,
                  null)));
    } else if (kind == AlertEventKind.RAISED || kind == AlertEventKind.ESCALATED) {
      open.entrySet()
          .removeIf(
              entry -> {
                Open one = entry.getValue();
                boolean crossed =
                    one.foreseen().alert().equals(signal.alert())
                        && signal.level().isAtLeast(one.level());
                if (crossed) {
                  done.add(one.foreseen().crossed(signal.time()));
                }
                return crossed;
              });
    }
  }

  public synchronized Counts counts() {
    return new Counts(forewarned, raised, escalated, cleared.size());
  }

  /** The crossed ones in the order of their crossing, then those not crossed yet. */
  public synchronized List<Foreseen> foreseen() {
    List<Foreseen> all = new ArrayList<>(done);
    open.values().forEach(one -> all.add(one.foreseen()));
    return all;
  }
}
