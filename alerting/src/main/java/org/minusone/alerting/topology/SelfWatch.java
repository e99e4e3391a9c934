package org.minusone.alerting.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.minusone.alerting.self.SelfCheck;
import org.minusone.alerting.self.SelfCheck.Finding;
import org.minusone.alerting.self.Trouble;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.HealthBoard;
import org.minusone.model.port.SiteCatalog;

/**
 * Has our own trouble told as an alert of every site, as any rule's: by signals on {@code signals},
 * from one task only.
 *
 * <p>Nothing twice: an episode's start is kept first and told at the next tick, when what was kept
 * is committed. A task that starts tells what is open again, under the same id.
 */
final class SelfWatch {
  /** What the roles that start with this one may take for it (D). */
  private static final Duration START = Duration.ofSeconds(20);

  private final KeyValueStore<String, Long> kept;
  private final SiteCatalog sites;
  private final HealthBoard board;
  private final Runnable commit;
  private final Consumer<Signal> tell;
  private final Map<Trouble, Watched> watched = new EnumMap<>(Trouble.class);
  private Instant missedFrom;

  /** One trouble as this task has seen it so far. */
  private static final class Watched {
    Instant badSince;
    Instant calmSince;
    Finding last;
    final Set<SiteId> told = new HashSet<>();
    boolean over;
  }

  /**
   * @param kept start of the open episode in epoch ms, by rule
   * @param commit asks for what was kept to be committed before the next tick
   */
  SelfWatch(
      KeyValueStore<String, Long> kept,
      SiteCatalog sites,
      HealthBoard board,
      Runnable commit,
      Consumer<Signal> tell) {
    this.kept = kept;
    this.sites = sites;
    this.board = board;
    this.commit = commit;
    this.tell = tell;
  }

  /** Each second. */
  void tick(Instant now) {
    missedFrom = missedFrom == null ? now.plus(START) : missedFrom;
    for (Trouble trouble : Trouble.values()) {
      Watched w = watched.computeIfAbsent(trouble, t -> new Watched());
      Optional<Finding> found = SelfCheck.of(trouble, board.latest(), missedFrom, now);
      w.last = found.orElse(w.last);
      w.badSince = found.isEmpty() ? null : w.badSince == null ? now : w.badSince;
      w.calmSince = found.isPresent() ? null : w.calmSince == null ? now : w.calmSince;
      follow(trouble, w, now);
    }
  }

  private void follow(Trouble trouble, Watched w, Instant now) {
    Long start = kept.get(trouble.rule());
    if (start == null) {
      if (w.badSince != null && !w.badSince.plus(trouble.patience()).isAfter(now)) {
        kept.put(trouble.rule(), now.toEpochMilli());
        commit.run();
      }
    } else if (w.over) {
      kept.delete(trouble.rule());
      w.over = false;
      w.told.clear();
    } else if (w.calmSince != null && !w.calmSince.plus(Trouble.CALM).isAfter(now)) {
      sites.sites().forEach(site -> tell.accept(signal(trouble, w, site, start, now)));
      w.over = true;
      commit.run();
    } else {
      for (SiteVersion site : sites.sites()) {
        if (w.told.add(site.site())) {
          tell.accept(signal(trouble, w, site, start, null));
        }
      }
    }
  }

  /**
   * @param clearedAt null while it lasts
   */
  private static Signal signal(
      Trouble trouble, Watched w, SiteVersion site, long startMs, Instant clearedAt) {
    SensorKey about = new SensorKey(site.site(), new SensorId(site.site().value()));
    Instant at = clearedAt == null ? Instant.ofEpochMilli(startMs) : clearedAt;
    boolean timed = trouble == Trouble.LAG && w.last != null && clearedAt == null;
    return new Signal(
        Signal.alertId(about, trouble.rule(), startMs),
        site.site(),
        about.sensor(),
        null,
        trouble.rule(),
        site.version(),
        null,
        clearedAt == null ? SignalKind.valueOf(trouble.level().name()) : SignalKind.CLEARED,
        at,
        trouble.level(),
        timed ? (double) SelfCheck.LAG.toSeconds() : null,
        timed ? (double) w.last.lasts().toSeconds() : null,
        w.last == null ? null : w.last.part(),
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        clearedAt == null ? null : "inside",
        false,
        false,
        at.toEpochMilli(),
        List.of(),
        null);
  }
}
