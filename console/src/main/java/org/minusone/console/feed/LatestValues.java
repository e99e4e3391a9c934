package org.minusone.console.feed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.port.SeriesReader.Point;

/**
 * The newest value of every sensor and quantity, and when each sensor last arrived. By event time:
 * a late reading replaces nothing. Bounded by the sensors there are and by {@link #MOST_SITES}.
 */
public final class LatestValues {
  /** Sites and runs; the run that was quiet longest goes first. */
  static final int MOST_SITES = 24;

  /** A value that is newer than the one before. */
  public record Change(SensorId sensor, Quantity quantity, Latest latest) {}

  /** One sensor's. */
  public static final class OfSensor {
    private final SensorId id;
    private final Family family;
    private final Map<Quantity, Latest> values = new ConcurrentHashMap<>();
    private final AtomicLong arrivalMs = new AtomicLong(Long.MIN_VALUE);

    private OfSensor(SensorId id, Family family) {
      this.id = id;
      this.family = family;
    }

    public SensorId id() {
      return id;
    }

    public Family family() {
      return family;
    }

    public Optional<Latest> value(Quantity quantity) {
      return Optional.ofNullable(values.get(quantity));
    }

    public Collection<Quantity> quantities() {
      return values.keySet();
    }

    /** Null before the first. */
    public Instant lastArrival() {
      long ms = arrivalMs.get();
      return ms == Long.MIN_VALUE ? null : Instant.ofEpochMilli(ms);
    }

    /** Whether it is now the newest. */
    private boolean put(Quantity quantity, Latest latest) {
      return values
          .merge(quantity, latest, (old, now) -> now.timeMs() > old.timeMs() ? now : old)
          .equals(latest);
    }
  }

  private static final class OfSite {
    final Map<SensorId, OfSensor> sensors = new ConcurrentHashMap<>();
    final Map<SensorId, Map<Quantity, Latest>> changes = new ConcurrentHashMap<>();
    final AtomicLong newestMs = new AtomicLong(Long.MIN_VALUE);
    final AtomicLong arrivalMs = new AtomicLong(Long.MIN_VALUE);
  }

  private final Map<SiteId, OfSite> sites = new ConcurrentHashMap<>();

  /** Takes a reading as it arrives on the topic. */
  public void accept(Reading reading) {
    OfSite site = site(reading.site());
    OfSensor sensor =
        site.sensors.computeIfAbsent(reading.sensor(), id -> new OfSensor(id, reading.family()));
    sensor.arrivalMs.accumulateAndGet(reading.arrivalMs(), Math::max);
    site.arrivalMs.accumulateAndGet(reading.arrivalMs(), Math::max);
    site.newestMs.accumulateAndGet(reading.timeMs(), Math::max);
    Latest latest = new Latest(reading.timeMs(), reading.value(), reading.word(), reading.flag());
    if (sensor.put(reading.quantity(), latest)) {
      // In one step: drain() may take the map away, and what is put into it afterwards is lost.
      site.changes.compute(
          reading.sensor(),
          (id, changed) -> {
            Map<Quantity, Latest> all = changed == null ? new EnumMap<>(Quantity.class) : changed;
            all.put(reading.quantity(), latest);
            return all;
          });
    }
  }

  /**
   * Fills in what the series knows; what arrived meanwhile stays. A point's own time stands in for
   * its arrival, which the series does not keep.
   *
   * @param families of the sensors the registry knows; others are found by what they measure
   */
  public void fill(
      SiteId siteId, Map<SensorId, Map<Quantity, Point>> points, Map<SensorId, Family> families) {
    OfSite site = site(siteId);
    points.forEach(
        (id, quantities) -> {
          Family family =
              families.containsKey(id) ? families.get(id) : familyOf(quantities.keySet());
          OfSensor sensor = site.sensors.computeIfAbsent(id, s -> new OfSensor(s, family));
          quantities.forEach(
              (quantity, point) -> {
                long ms = point.time().toEpochMilli();
                sensor.put(quantity, new Latest(ms, point.value(), point.word(), point.flag()));
                sensor.arrivalMs.accumulateAndGet(ms, Math::max);
                site.newestMs.accumulateAndGet(ms, Math::max);
              });
        });
  }

  /** The family whose quantities hold all of these, the first in our order. */
  private static Family familyOf(Collection<Quantity> quantities) {
    for (Family family : Family.values()) {
      if (family.quantities().containsAll(quantities)) {
        return family;
      }
    }
    return Family.FLOOD_POINT;
  }

  private OfSite site(SiteId id) {
    OfSite site = sites.get(id);
    if (site != null) {
      return site;
    }
    if (sites.size() >= MOST_SITES) {
      sites.entrySet().stream()
          .filter(e -> e.getKey().isRun())
          .min(Comparator.comparingLong(e -> e.getValue().arrivalMs.get()))
          .ifPresent(e -> sites.remove(e.getKey()));
    }
    return sites.computeIfAbsent(id, s -> new OfSite());
  }

  public boolean knows(SiteId site) {
    return sites.containsKey(site);
  }

  public Optional<OfSensor> sensor(SiteId site, SensorId id) {
    OfSite values = sites.get(site);
    return values == null ? Optional.empty() : Optional.ofNullable(values.sensors.get(id));
  }

  public Collection<OfSensor> sensors(SiteId site) {
    OfSite values = sites.get(site);
    return values == null ? List.of() : values.sensors.values();
  }

  /** The newest event time of a site or run: a run's now. */
  public Optional<Instant> newest(SiteId site) {
    OfSite values = sites.get(site);
    return values == null || values.newestMs.get() == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(values.newestMs.get()));
  }

  /** The newest of each quantity of a sensor. */
  public Stream<Change> newest(SiteId site, SensorId id) {
    return sensor(site, id).stream()
        .flatMap(one -> one.values.entrySet().stream())
        .map(each -> new Change(id, each.getKey(), each.getValue()));
  }

  /** What changed since this was last asked. For one caller only. */
  public List<Change> drain(SiteId site) {
    OfSite values = sites.get(site);
    if (values == null) {
      return List.of();
    }
    List<Change> drained = new ArrayList<>();
    for (SensorId sensor : List.copyOf(values.changes.keySet())) {
      Map<Quantity, Latest> changed = values.changes.remove(sensor);
      if (changed != null) {
        changed.forEach((quantity, latest) -> drained.add(new Change(sensor, quantity, latest)));
      }
    }
    return drained;
  }
}
