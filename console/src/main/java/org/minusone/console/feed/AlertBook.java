package org.minusone.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.minusone.model.Alert;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;

/**
 * Every alert as of its newest event. An event whose revision is already known is no news: alerting
 * announces again after a crash. Bounded: beyond {@code most} alerts the oldest closed ones go; an
 * open one never does.
 */
public final class AlertBook {
  public static final int MOST_ALERTS = 20_000;
  static final int MOST_EVENTS = 5_000;
  private static final int MOST_COMMANDS = 20_000;

  /** Where an alert stands in the list, newest first. */
  public record Place(Instant startedAt, String id) {
    static final Comparator<Place> NEWEST_FIRST =
        Comparator.comparing(Place::startedAt).reversed().thenComparing(Place::id);

    static Place of(Alert alert) {
      return new Place(alert.startedAt(), alert.id());
    }
  }

  /**
   * @param next where to go on; null after the last
   * @param position everything up to it is in {@code items}
   */
  public record Page(List<Alert> items, Place next, Position position) {}

  /** An alert with its events, oldest first. */
  public record Told(Alert alert, List<JsonNode> events) {}

  /**
   * What became of a command.
   *
   * @param refused why it was not carried out; null where it was
   */
  public record Outcome(Alert alert, String refused) {}

  private record Carried(String alert, String refused) {}

  private static final class Entry {
    final AlertHistory history = new AlertHistory();
    Alert alert;
  }

  private final int most;
  private final EventLog log;
  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<SiteId, NavigableMap<Place, Entry>> all = new HashMap<>();
  private final Map<SiteId, NavigableMap<Place, Entry>> open = new HashMap<>();

  /** The open ones, and those to which a crew is still out. */
  private final Map<SiteId, NavigableMap<Place, Entry>> unfinished = new HashMap<>();

  private final NavigableMap<Place, Entry> closed = new TreeMap<>(Place.NEWEST_FIRST);

  /** Those that a crew was ever sent for. */
  private final Map<SiteId, NavigableMap<Place, Entry>> attended = new HashMap<>();

  private final Map<String, Carried> commands =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Carried> eldest) {
          return size() > MOST_COMMANDS;
        }
      };

  public AlertBook() {
    this(MOST_ALERTS, MOST_EVENTS);
  }

  AlertBook(int most, int mostEvents) {
    this.most = most;
    this.log = new EventLog(mostEvents);
  }

  /** The events as the stream passes them on. */
  public EventLog log() {
    return log;
  }

  /**
   * Takes a record of the topic {@code alerts}; empty when it is no news.
   *
   * @throws java.io.UncheckedIOException when it cannot be read; the position goes on
   */
  public Optional<AlertEvent> apply(int partition, long offset, byte[] json) {
    AlertEvent event;
    try {
      event = Json.read(json, AlertEvent.class);
    } catch (RuntimeException e) {
      log.pass(partition, offset);
      throw e;
    }
    synchronized (this) {
      Alert alert = event.alert();
      Entry entry = entries.get(alert.id());
      if (entry != null && entry.alert.revision() >= alert.revision()) {
        log.pass(partition, offset);
        return Optional.empty();
      }
      put(entry == null ? new Entry() : entry, event, json);
      if (event.command() != null) {
        boolean refused = event.kind() == AlertEventKind.REFUSED;
        commands.putIfAbsent(
            event.command(), new Carried(alert.id(), refused ? event.note() : null));
      }
      log.append(partition, offset, alert.site(), json);
      return Optional.of(event);
    }
  }

  private void put(Entry entry, AlertEvent event, byte[] json) {
    Alert alert = event.alert();
    entry.history.add(event.kind(), json);
    if (entry.alert != null) {
      Place old = Place.of(entry.alert);
      entries.remove(alert.id());
      of(all, alert.site()).remove(old);
      of(open, alert.site()).remove(old);
      of(unfinished, alert.site()).remove(old);
      of(attended, alert.site()).remove(old);
      closed.remove(old);
    }
    Place place = Place.of(alert);
    entry.alert = alert;
    entries.put(alert.id(), entry);
    of(all, alert.site()).put(place, entry);
    if (!alert.jobs().isEmpty()) {
      of(attended, alert.site()).put(place, entry);
    }
    if (alert.state().isOpen() || alert.hasOpenJob()) {
      of(unfinished, alert.site()).put(place, entry);
    }
    if (alert.state().isOpen()) {
      of(open, alert.site()).put(place, entry);
    } else {
      entry.history.pack();
      closed.put(place, entry);
      if (entries.size() > most) {
        Place oldest = closed.lastKey();
        Alert gone = closed.remove(oldest).alert;
        entries.remove(gone.id());
        of(all, gone.site()).remove(oldest);
        of(attended, gone.site()).remove(oldest);
        of(unfinished, gone.site()).remove(oldest);
      }
    }
  }

  private static NavigableMap<Place, Entry> of(
      Map<SiteId, NavigableMap<Place, Entry>> map, SiteId site) {
    return map.computeIfAbsent(site, s -> new TreeMap<>(Place.NEWEST_FIRST));
  }

  /**
   * Newest first.
   *
   * @param openOnly also those that are over while a crew is out
   * @param after where the page before ended; null for the first
   */
  public synchronized Page page(SiteId site, boolean openOnly, Place after, int limit) {
    NavigableMap<Place, Entry> map =
        (openOnly ? unfinished : all).getOrDefault(site, new TreeMap<>(Place.NEWEST_FIRST));
    NavigableMap<Place, Entry> rest = after == null ? map : map.tailMap(after, false);
    List<Alert> items = new ArrayList<>();
    for (Entry entry : rest.values()) {
      if (items.size() == limit) {
        return new Page(items, Place.of(items.get(limit - 1)), log.end());
      }
      items.add(entry.alert);
    }
    return new Page(items, null, log.end());
  }

  /** The open ones, newest first. */
  public synchronized List<Alert> open(SiteId site) {
    NavigableMap<Place, Entry> map = open.get(site);
    return map == null ? List.of() : map.values().stream().map(entry -> entry.alert).toList();
  }

  /** The open ones of a sensor, newest first. */
  public List<Alert> open(SensorKey key) {
    return open(key.site()).stream().filter(a -> a.sensor().equals(key.sensor())).toList();
  }

  public synchronized Optional<Alert> alert(String id) {
    return Optional.ofNullable(entries.get(id)).map(entry -> entry.alert);
  }

  public synchronized Optional<Told> told(String id) {
    return Optional.ofNullable(entries.get(id))
        .map(entry -> new Told(entry.alert, entry.history.read()));
  }

  /** Those that a crew was ever sent for, newest first. */
  public synchronized List<Alert> attended(SiteId site) {
    NavigableMap<Place, Entry> map = attended.get(site);
    return map == null ? List.of() : map.values().stream().map(entry -> entry.alert).toList();
  }

  /** What became of the command with this idempotency key. */
  public synchronized Optional<Outcome> outcome(String commandKey) {
    return Optional.ofNullable(commands.get(commandKey))
        .flatMap(c -> alert(c.alert()).map(alert -> new Outcome(alert, c.refused())));
  }
}
