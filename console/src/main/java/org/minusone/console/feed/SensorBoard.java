package org.minusone.console.feed;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.minusone.model.Alert;
import org.minusone.model.AlertState;
import org.minusone.model.Family;
import org.minusone.model.Provisional;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.port.SiteCatalog;

/** Registry, latest values, open alerts and live rules, put together per sensor. */
public final class SensorBoard {
  private final SiteCatalog catalog;
  private final LatestValues values;
  private final AlertBook alerts;
  private final InstantSource clock;

  public SensorBoard(
      SiteCatalog catalog, LatestValues values, AlertBook alerts, InstantSource clock) {
    this.catalog = catalog;
    this.values = values;
    this.alerts = alerts;
    this.clock = clock;
  }

  /** All sensors of a site, or all that a run has heard from, by id. Empty for an unknown site. */
  public List<SensorView> views(SiteId site) {
    Optional<SiteVersion> live = catalog.live(site);
    if (live.isEmpty()) {
      return List.of();
    }
    Map<SensorId, List<Alert>> open = new HashMap<>();
    for (Alert alert : alerts.open(site)) {
      open.computeIfAbsent(alert.sensor(), s -> new ArrayList<>()).add(alert);
    }
    TreeMap<SensorId, SensorView> views = new TreeMap<>();
    LimitTable limits = new LimitTable(live.get().rules());
    Instant now = clock.instant();
    for (SensorId id : ids(site, live.get())) {
      views.put(id, view(site, live.get(), id, open.getOrDefault(id, List.of()), limits, now));
    }
    return List.copyOf(views.values());
  }

  /** One sensor; empty when neither the registry nor the readings know it. */
  public Optional<SensorView> view(SiteId site, SensorId id) {
    return catalog
        .live(site)
        .filter(live -> ids(site, live).contains(id))
        .map(
            live ->
                view(
                    site,
                    live,
                    id,
                    alerts.open(new SensorKey(site, id)),
                    new LimitTable(live.rules()),
                    clock.instant()));
  }

  /** Those that are nearest to a limit, none in alert or in doubt; the nearest first. */
  public static List<SensorView> nearest(List<SensorView> views, int count) {
    return views.stream()
        .filter(view -> view.state() == SensorState.NORMAL && view.nearest().isPresent())
        .sorted(
            Comparator.comparingDouble((SensorView view) -> view.nearest().getAsDouble())
                .thenComparing(SensorView::id))
        .limit(count)
        .toList();
  }

  /** How many are in each state; every state is named. */
  public static Map<SensorState, Integer> count(List<SensorView> views) {
    Map<SensorState, Integer> counts = new EnumMap<>(SensorState.class);
    for (SensorState state : SensorState.values()) {
      counts.put(state, 0);
    }
    views.forEach(view -> counts.merge(view.state(), 1, Integer::sum));
    return counts;
  }

  /** How many are heard from: seen and not stale. */
  public static int reporting(Map<SensorState, Integer> counts) {
    return counts.get(SensorState.NORMAL)
        + counts.get(SensorState.SUSPECT)
        + counts.get(SensorState.ALERT);
  }

  /**
   * A run has no silence, and only those sensors that it replays. A site has those of its registry
   * and those that were taken in beside it and heard from.
   */
  private Set<SensorId> ids(SiteId site, SiteVersion live) {
    Set<SensorId> ids = new LinkedHashSet<>();
    if (!site.isRun()) {
      ids.addAll(live.sensors().keySet());
      for (Provisional one : catalog.provisional(site)) {
        if (one.admitted() && SensorId.isValid(one.name())) {
          SensorId id = new SensorId(one.name());
          if (values.sensor(site, id).isPresent()) {
            ids.add(id);
          }
        }
      }
    } else {
      values.sensors(site).forEach(sensor -> ids.add(sensor.id()));
    }
    return ids;
  }

  private SensorView view(
      SiteId site,
      SiteVersion live,
      SensorId id,
      List<Alert> open,
      LimitTable limits,
      Instant now) {
    Optional<Sensor> sensor = live.sensor(id);
    Optional<LatestValues.OfSensor> latest = values.sensor(site, id);
    Family family = sensor.map(Sensor::family).orElseGet(() -> latest.orElseThrow().family());
    Instant arrival = latest.map(LatestValues.OfSensor::lastArrival).orElse(null);
    List<SensorView.Value> quantities =
        quantities(family, sensor, latest).stream()
            .map(
                q ->
                    value(
                        q,
                        latest.flatMap(l -> l.value(q)),
                        limits.of(id, sensor.orElse(null), family, q)))
            .toList();
    SensorState state =
        SensorState.of(
            open.stream().anyMatch(SensorBoard::isDanger),
            arrival != null,
            isQuiet(site, family, arrival, open, now),
            quantities.stream().anyMatch(value -> value.flag() == QualityFlag.FAIL));
    return new SensorView(
        id,
        family,
        sensor.map(Sensor::name).orElseGet(() -> Text.same(id.value())),
        sensor.map(Sensor::place).orElse(null),
        sensor.map(Sensor::hazardClass).orElse(null),
        state,
        arrival,
        worst(open).map(Alert::id).orElse(null),
        sensor.isEmpty() && !site.isRun(),
        quantities);
  }

  private static boolean isQuiet(
      SiteId site, Family family, Instant arrival, List<Alert> open, Instant now) {
    return open.stream().anyMatch(alert -> isSilence(alert) || alert.silentSince() != null)
        || (!site.isRun() && arrival != null && arrival.plus(family.silentAfter()).isBefore(now));
  }

  private static List<Quantity> quantities(
      Family family, Optional<Sensor> sensor, Optional<LatestValues.OfSensor> latest) {
    Set<Quantity> own = new LinkedHashSet<>(sensor.map(Sensor::quantities).orElseGet(List::of));
    family.quantities().stream()
        .filter(q -> latest.isPresent() && latest.get().value(q).isPresent())
        .forEach(own::add);
    return List.copyOf(own);
  }

  private static SensorView.Value value(
      Quantity quantity, Optional<Latest> latest, List<Limits.Limit> limits) {
    Optional<Limits.Margin> margin =
        latest
            .filter(l -> l.flag() != QualityFlag.FAIL)
            .flatMap(l -> Limits.margin(limits, l.value()));
    return new SensorView.Value(
        quantity,
        quantity.unit(),
        latest.map(Latest::number).orElse(null),
        latest.map(Latest::word).orElse(null),
        latest.map(l -> Instant.ofEpochMilli(l.timeMs())).orElse(null),
        latest.map(Latest::flag).orElse(null),
        limits.stream().map(Limits.Limit::view).toList(),
        margin.map(Limits.Margin::distance).orElse(null),
        margin.map(Limits.Margin::share).orElse(null));
  }

  /**
   * Only silence of the whole sensor watches no quantity; where one quantity is silent, it lives.
   */
  private static boolean isSilence(Alert alert) {
    return alert.quantity() == null && alert.state() == AlertState.ACTIVE;
  }

  private static boolean isDanger(Alert alert) {
    return alert.quantity() != null
        && alert.kind() != Rule.Kind.SILENT
        && !alert.rule().equals(Rule.QUALITY)
        && (alert.state() == AlertState.ACTIVE || alert.state() == AlertState.FOREWARNED);
  }

  private static Optional<Alert> worst(List<Alert> open) {
    return open.stream()
        .max(
            Comparator.comparing(SensorBoard::isDanger)
                .thenComparing(Alert::severity, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Alert::startedAt)
                .thenComparing(Alert::id));
  }

  /**
   * The limits of each family and quantity, looked up once per rules; a sensor's own where an
   * override makes them so.
   */
  private static final class LimitTable {
    private final List<Rule> rules;
    private final Map<Family, Map<Quantity, List<Limits.Limit>>> table =
        new EnumMap<>(Family.class);

    LimitTable(List<Rule> rules) {
      this.rules = rules;
    }

    /**
     * @param registered null for a sensor that the registry does not know
     */
    List<Limits.Limit> of(SensorId id, Sensor registered, Family family, Quantity quantity) {
      boolean own =
          rules.stream()
              .filter(rule -> rule.family() == family && rule.quantity() == quantity)
              .anyMatch(rule -> !rule.overridesAt(id, registered).isEmpty());
      return own
          ? Limits.of(here(id, registered), family, quantity)
          : table
              .computeIfAbsent(family, f -> new EnumMap<>(Quantity.class))
              .computeIfAbsent(quantity, q -> Limits.of(rules, family, q));
    }

    private List<Rule> here(SensorId id, Sensor registered) {
      return rules.stream().flatMap(rule -> rule.at(id, registered).stream()).toList();
    }
  }
}
