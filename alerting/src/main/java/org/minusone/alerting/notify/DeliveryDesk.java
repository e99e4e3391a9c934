package org.minusone.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SiteCatalog;

/**
 * The deliveries of some partitions, as their records say, and what is to be done with them next.
 * Used by one thread. Over ones stay known for {@link #REMEMBERED}: whoever reads an event again
 * must not plan it again.
 */
final class DeliveryDesk {
  static final Duration REMEMBERED = Duration.ofDays(2);
  private static final Duration BETWEEN_SUMMARIES = Duration.ofSeconds(60);
  private static final int MOST_LINES = 50;

  private final Map<Integer, Map<String, Delivery>> partitions = new HashMap<>();
  private final Map<String, Instant> lastSummary = new HashMap<>();
  private final SiteCatalog sites;
  private final NotifyConfig config;
  private final InstantSource clock;
  private final Random random;

  DeliveryDesk(NotifyConfig config, SiteCatalog sites, InstantSource clock, Random random) {
    this.config = config;
    this.sites = sites;
    this.clock = clock;
    this.random = random;
  }

  /** A delivery that was changed and must be recorded in its partition. */
  record Change(int partition, Delivery delivery) {}

  /** Takes a partition over with what its records say. @return what is to be recorded at once */
  List<Change> take(int partition, Collection<Delivery> recorded) {
    Map<String, Delivery> all = new LinkedHashMap<>();
    List<Change> changes = new ArrayList<>();
    for (Delivery d : recorded) {
      Delivery now = DeliveryLifecycle.recovered(d, clock.instant());
      all.put(now.id(), now);
      if (now != d) {
        changes.add(new Change(partition, now));
      }
    }
    partitions.put(partition, all);
    return changes;
  }

  void release(int partition) {
    partitions.remove(partition);
  }

  boolean has(int partition) {
    return partitions.containsKey(partition);
  }

  boolean knows(int partition, String id) {
    return partitions.getOrDefault(partition, Map.of()).containsKey(id);
  }

  void put(Change change) {
    partitions.get(change.partition()).put(change.delivery().id(), change.delivery());
  }

  /** Those whose time has come, the worst first, then the oldest. */
  List<Change> due() {
    Instant now = clock.instant();
    List<Change> due = new ArrayList<>();
    partitions.forEach(
        (partition, all) -> {
          for (Delivery d : all.values()) {
            if (DeliveryLifecycle.isDue(d, now)) {
              due.add(new Change(partition, d));
            }
          }
        });
    due.sort(
        Comparator.comparingInt((Change c) -> rank(c.delivery()))
            .thenComparing(c -> c.delivery().plannedAt()));
    return due;
  }

  private static int rank(Delivery d) {
    return d.event() == null || d.event().alert().severity() == null
        ? 5
        : d.event().alert().severity().number();
  }

  Change attempting(Change due) {
    return new Change(due.partition(), DeliveryLifecycle.attempting(due.delivery()));
  }

  /** Back to where it was before it was to be attempted. */
  Change notBegun(Change attempted) {
    return new Change(
        attempted.partition(), DeliveryLifecycle.notBegun(attempted.delivery(), clock.instant()));
  }

  /** Whether nothing newer is known of it. */
  boolean isCurrent(Change change) {
    Map<String, Delivery> all = partitions.getOrDefault(change.partition(), Map.of());
    return change.delivery().equals(all.get(change.delivery().id()));
  }

  /** Null where the partition is another instance's by now: that one makes the attempt again. */
  Change after(Change attempted, Outcome outcome) {
    if (!has(attempted.partition())) {
      return null;
    }
    return new Change(
        attempted.partition(),
        DeliveryLifecycle.after(
            attempted.delivery(),
            outcome,
            clock.instant(),
            random.nextDouble(),
            config.giveUpAfter()));
  }

  /** Summaries of what a flood held back; each with the deliveries it stands for. */
  List<Change> summaries() {
    List<Change> changes = new ArrayList<>();
    Instant now = clock.instant();
    partitions.forEach(
        (partition, all) -> {
          Map<String, List<Delivery>> held = new LinkedHashMap<>();
          for (Delivery d : all.values()) {
            if (d.state() == DeliveryState.HELD) {
              held.computeIfAbsent(d.receiver(), r -> new ArrayList<>()).add(d);
            }
          }
          held.forEach(
              (receiver, deliveries) -> {
                Instant last = lastSummary.getOrDefault(receiver, Instant.MIN);
                if (last.isBefore(now.minus(BETWEEN_SUMMARIES))) {
                  lastSummary.put(receiver, now);
                  changes.addAll(summary(partition, deliveries, now));
                }
              });
        });
    return changes;
  }

  private static List<Change> summary(int partition, List<Delivery> held, Instant now) {
    List<Delivery> told = held.subList(0, Math.min(held.size(), MOST_LINES));
    Delivery newest = told.get(told.size() - 1);
    List<String> lines = new ArrayList<>();
    for (Delivery d : told) {
      lines.add(
          Texts.line(d.event(), Texts.Language.ZH)
              + " / "
              + Texts.line(d.event(), Texts.Language.EN));
    }
    Delivery summary =
        new Delivery(
            Delivery.id("summary/" + newest.eventId(), newest.receiver()),
            newest.site(),
            newest.receiver(),
            newest.alert(),
            "summary/" + newest.eventId(),
            newest.eventAt(),
            null,
            lines,
            DeliveryState.PLANNED,
            0,
            false,
            now,
            now,
            null,
            null);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change(partition, summary));
    for (Delivery d : told) {
      changes.add(new Change(partition, d.over(DeliveryState.SUMMARISED, null, now)));
    }
    return changes;
  }

  /** Forgets those over long ago. @return their ids by partition, for tombstones */
  List<Change> forgotten() {
    Instant before = clock.instant().minus(REMEMBERED);
    List<Change> gone = new ArrayList<>();
    partitions.forEach(
        (partition, all) ->
            all.values()
                .removeIf(
                    d -> {
                      boolean old = d.state().isOver() && d.endedAt().isBefore(before);
                      if (old) {
                        gone.add(new Change(partition, d));
                      }
                      return old;
                    }));
    return gone;
  }

  Message message(Change c) {
    Delivery d = c.delivery();
    List<Message.Earlier> earlier = new ArrayList<>();
    for (Delivery other : partitions.getOrDefault(c.partition(), Map.of()).values()) {
      boolean before = other.eventAt().isBefore(d.eventAt());
      if (before && other.alert().equals(d.alert()) && other.receiver().equals(d.receiver())) {
        earlier.add(new Message.Earlier(other.eventId(), other.eventAt()));
      }
    }
    earlier.sort(Comparator.comparing(Message.Earlier::sent));
    ZoneId zone =
        sites.live(d.site()).map(SiteVersion::zone).map(ZoneId::of).orElse(ZoneOffset.UTC);
    String link = config.console() == null ? null : config.console() + "/alerts/" + d.alert();
    return new Message(d.id(), d.event(), d.summary(), zone, link, earlier);
  }

  /** How many are in each state now. */
  Map<DeliveryState, Long> counts() {
    Map<DeliveryState, Long> counts = new HashMap<>();
    partitions.values().stream()
        .flatMap(all -> all.values().stream())
        .forEach(d -> counts.merge(d.state(), 1L, Long::sum));
    return counts;
  }
}
