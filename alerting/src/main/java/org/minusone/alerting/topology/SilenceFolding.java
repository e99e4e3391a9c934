package org.minusone.alerting.topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;
import org.minusone.alerting.lifecycle.Input;
import org.minusone.alerting.lifecycle.SilentSite;
import org.minusone.alerting.topology.Kept.Where;
import org.minusone.model.Alert;
import org.minusone.model.Family;
import org.minusone.model.Group;
import org.minusone.model.Level;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SiteCatalog;

/**
 * Carries out what {@link SilentSite} says: opens and closes the alert about a gateway or site, and
 * folds the single ones into it. What is known follows from the open alerts in the store, so after
 * a crash in between it is brought to where it should be by {@link #settle}.
 */
final class SilenceFolding {
  private final KeyValueStore<String, Kept> store;
  private final SiteCatalog catalog;
  private final Deciding deciding;
  private final Map<SiteId, SilentSite> sites = new HashMap<>();

  /** Decides, announces and keeps. */
  @FunctionalInterface
  interface Deciding {
    boolean decide(AlertKey key, Kept before, Input news, Where where);
  }

  SilenceFolding(KeyValueStore<String, Kept> store, SiteCatalog catalog, Deciding deciding) {
    this.store = store;
    this.catalog = catalog;
    this.deciding = deciding;
  }

  static boolean isFold(Alert alert) {
    return alert.rule().equals(Rule.GATEWAY_SILENT) || alert.rule().equals(Rule.SITE_SILENT);
  }

  private static boolean isSingle(Kept kept) {
    return kept.episode().isSilence() && !isFold(kept.episode().alert());
  }

  /** An alert of the store, at the start. */
  void restore(List<Kept> open) {
    List<Kept> sorted = new ArrayList<>(open);
    sorted.sort(Comparator.comparing((Kept k) -> k.episode().alert().startedAt()));
    for (Kept kept : sorted) {
      Alert alert = kept.episode().alert();
      if (isFold(alert)) {
        site(alert.site()).folded(keyOf(alert), alert.id());
      } else if (isSingle(kept)) {
        silent(alert);
      }
    }
  }

  private static String keyOf(Alert alert) {
    return alert.rule().equals(Rule.SITE_SILENT) ? SilentSite.SITE : alert.sensor().value();
  }

  private SilentSite site(SiteId id) {
    SilentSite site = sites.computeIfAbsent(id, s -> new SilentSite());
    site.follow(catalog.live(id).orElse(null));
    return site;
  }

  private void silent(Alert a) {
    site(a.site()).silent(a.sensor(), a.id(), a.rule(), a.level(), a.startedAt());
  }

  /** What a signal about silence is told with: the alert that stands for it too, or null. */
  String foldFor(Signal signal) {
    return signal.signal() == SignalKind.SILENT && signal.quantity() == null
        ? site(signal.site()).foldOf(signal.sensor())
        : null;
  }

  /** After something happened to an alert. */
  void after(Kept kept, Signal cause, Where where) {
    Alert alert = kept.episode().alert();
    if (!isSingle(kept)) {
      return;
    }
    SilentSite site = site(alert.site());
    if (alert.state().isOpen() && alert.level() != null) {
      silent(alert);
    } else {
      site.over(alert.sensor(), alert.id());
    }
    site.gatewayOf(alert.sensor())
        .ifPresent(
            gateway -> turn(site, alert.site(), gateway, alert.family(), cause.time(), where));
    turn(site, alert.site(), SilentSite.SITE, alert.family(), cause.time(), where);
  }

  /** Brings everything to where it should be; tells who joined or left what is folded. */
  void settle(Instant now) {
    for (Map.Entry<SiteId, SilentSite> entry : sites.entrySet()) {
      SilentSite site = site(entry.getKey());
      for (String key : site.keys()) {
        turn(site, entry.getKey(), key, null, now, null);
      }
      refold(site, now, null);
      for (String key : site.folds()) {
        Kept kept = kept(site.fold(key));
        Group group = site.group(key);
        if (kept != null && !group.equals(kept.episode().alert().group())) {
          AlertKey alert = AlertKey.parse(site.fold(key));
          deciding.decide(alert, kept, new Input.Regrouped(group, now), null);
        }
      }
    }
  }

  /** The run is over: its alerts are closed by others. */
  void forget(SiteId run) {
    sites.remove(run);
  }

  private void turn(
      SilentSite site, SiteId id, String key, Family family, Instant at, Where where) {
    SiteVersion live = catalog.live(id).orElse(null);
    if (live == null || site.due(key).isEmpty()) {
      return;
    }
    switch (site.due(key).get()) {
      case FOLD -> {
        SensorId about = new SensorId(key.equals(SilentSite.SITE) ? id.base().value() : key);
        SensorKey sensor = new SensorKey(id, about);
        String rule = SilentSite.ruleOf(key);
        AlertKey alert = new AlertKey(id, about, rule, at.toEpochMilli());
        long newest = ClosedAlerts.newestStart(store, alert);
        long start = Math.max(alert.start(), newest == Long.MIN_VALUE ? newest : newest + 1);
        String name = Signal.alertId(sensor, rule, start);
        Signal told = signal(name, sensor, live, SignalKind.SILENT, at, family, site.group(key));
        deciding.decide(AlertKey.parse(name), null, new Input.Told(told), where);
        site.folded(key, name);
      }
      case UNFOLD -> {
        String name = site.fold(key);
        Kept kept = kept(name);
        site.unfolded(key);
        if (kept != null) {
          SensorKey sensor = new SensorKey(id, kept.episode().alert().sensor());
          Signal told = signal(name, sensor, live, SignalKind.CLEARED, at, family, null);
          deciding.decide(AlertKey.parse(name), kept, new Input.Told(told), where);
        }
      }
    }
    refold(site, at, where);
  }

  /** Every single one belongs where it should. */
  private void refold(SilentSite site, Instant at, Where where) {
    site.openAlerts()
        .forEach(
            (sensor, alerts) -> {
              String into = site.foldOf(sensor);
              for (String alert : alerts) {
                Kept kept = kept(alert);
                if (kept != null && !Objects.equals(kept.episode().alert().foldedInto(), into)) {
                  Input news = new Input.Folded(into, at);
                  deciding.decide(AlertKey.parse(alert), kept, news, where);
                }
              }
            });
  }

  private Kept kept(String alert) {
    return store.get(AlertKey.parse(alert).text());
  }

  private static Signal signal(
      String alert,
      SensorKey about,
      SiteVersion live,
      SignalKind kind,
      Instant at,
      Family family,
      Group group) {
    return new Signal(
        alert,
        about.site(),
        about.sensor(),
        family,
        AlertKey.parse(alert).rule(),
        live.version(),
        null,
        kind,
        at,
        Level.WARN,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        kind == SignalKind.CLEARED ? "reporting" : null,
        false,
        false,
        at.toEpochMilli(),
        List.of(),
        group);
  }
}
