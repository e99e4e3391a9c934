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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.minusone.model.AlertEvent;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
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

  private final KnownDeliveries known = new KnownDeliveries();
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
    List<Change> changes = new ArrayList<>();
    known.begin(partition);
    for (Delivery d : recorded) {
      Delivery now = DeliveryLifecycle.recovered(d, clock.instant());
      known.put(partition, now);
      if (now != d) {
        changes.add(new Change(partition, now));
      }
    }
    return changes;
  }

  void release(int partition) {
    known.release(partition);
  }

  /**
   * What an event brings. What is known already is nothing new, however often it is read.
   *
   * @return what is to be recorded
   */
  List<Change> follow(int partition, NotificationPipeline.Plan plan) {
    List<Change> changes = new ArrayList<>();
    for (Delivery d : plan.deliveries()) {
      if (known.get(partition, d.id()) == null) {
        changes.add(new Change(partition, d));
      }
    }
    AlertEvent resend = plan.resend();
    Delivery before = resend == null ? null : known.get(partition, resend.note());
    if (before != null && before.alert().equals(resend.alert().id())) {
      Delivery after = DeliveryLifecycle.asked(before, resend, clock.instant());
      if (after != before) {
        changes.add(new Change(partition, after));
      }
    }
    return changes;
  }

  void put(Change change) {
    known.put(change.partition(), change.delivery());
  }

  /**
   * Those whose time has come, the worst first, then the oldest.
   *
   * @param room how many more of a receiver may begin
   */
  List<Change> due(ToIntFunction<String> room) {
    return known.due(clock.instant(), room);
  }

  Change attempting(Change due) {
    return new Change(due.partition(), DeliveryLifecycle.attempting(due.delivery()));
  }

  /** As it is now: it may have been asked for again meanwhile. */
  private Delivery now(Change attempted) {
    return known.get(attempted.partition(), attempted.delivery().id());
  }

  /** Back to where it was before it was to be attempted. */
  Change notBegun(Change attempted) {
    return new Change(
        attempted.partition(), DeliveryLifecycle.notBegun(now(attempted), clock.instant()));
  }

  /** Whether nothing newer is known of it. */
  boolean isCurrent(Change change) {
    return change.delivery().equals(known.get(change.partition(), change.delivery().id()));
  }

  Change after(Change attempted, Outcome outcome) {
    return new Change(
        attempted.partition(),
        DeliveryLifecycle.after(
            now(attempted), outcome, clock.instant(), random.nextDouble(), config.giveUpAfter()));
  }

  /** Summaries of what a flood held back; each with the deliveries it stands for. */
  List<Change> summaries() {
    List<Change> changes = new ArrayList<>();
    Instant now = clock.instant();
    known.forEachHeld(
        (partition, deliveries) -> {
          String receiver = deliveries.get(0).receiver();
          Instant last = lastSummary.getOrDefault(receiver, Instant.MIN);
          if (last.isBefore(now.minus(BETWEEN_SUMMARIES))) {
            lastSummary.put(receiver, now);
            changes.addAll(summary(partition, deliveries, now));
          }
        });
    return changes;
  }

  private static List<Change> summary(int partition, List<Delivery> held, Instant now) {
    List<Delivery> told = held.subList(0, Math.min(held.size(), MOST_LINES));
    Delivery newest = told.get(told.size() - 1);
    List<Text> lines = new ArrayList<>();
    for (Delivery d : told) {
      lines.add(
          new Text(
              Texts.line(d.event(), Texts.Language.ZH), Texts.line(d.event(), Texts.Language.EN)));
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
            null,
            List.of());
    List<Change> changes = new ArrayList<>();
    changes.add(new Change(partition, summary));
    for (Delivery d : told) {
      changes.add(new Change(partition, d.over(DeliveryState.SUMMARISED, null, now)));
    }
    return changes;
  }

  /** Forgets those over long ago. @return them, for tombstones */
  Collection<Change> forgotten() {
    Instant before = clock.instant().minus(REMEMBERED);
    return known.forgetIf(d -> d.state().isOver() && d.endedAt().isBefore(before));
  }

  Message message(Change c) {
    Delivery d = c.delivery();
    List<Message.Earlier> earlier = new ArrayList<>();
    for (Delivery other : known.ofSameAlert(c.partition(), d)) {
      if (other.eventAt().isBefore(d.eventAt())) {
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
    return known.counts();
  }

  /** What finding the due ones cost so far, see {@link Agenda#looks}. */
  long looks() {
    return known.looks();
  }
}
