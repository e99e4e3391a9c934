package org.minusone.alerting.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.minusone.alerting.lifecycle.AlertLifecycle;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.AlertState;
import org.minusone.model.Level;
import org.minusone.model.Shelf;
import org.minusone.model.SiteId;

/**
 * To whom an event goes: relevant, awake, in time → routed → held back in a flood. What stops has a
 * reason, which is the metric's label. The floods it knows are those it saw: after a start it takes
 * ten minutes to see one whole.
 */
public final class NotificationPipeline {
  private final List<Route> routes;
  private final Predicate<String> summarises;
  private final Duration patience;
  private final Map<SiteId, Flood> floods = new HashMap<>();

  /**
   * @param summarises whether a receiver, by its name, can be told of several events at once
   * @param patience an event older than that is told to nobody any more
   */
  public NotificationPipeline(List<Route> routes, Predicate<String> summarises, Duration patience) {
    this.routes = List.copyOf(routes);
    this.summarises = summarises;
    this.patience = patience;
  }

  /** Why an event goes to nobody. */
  public enum Dropped {
    /** A run never pages a person (CONTRACTS §1). */
    RUN,
    /** The alert about its gateway or site tells it. */
    FOLDED,
    /** Somebody put it aside. */
    SHELVED,
    /** It was decided too long ago: this process, or its input, was away. */
    TOO_OLD,
    /** Closed by a person: that the danger is gone was told when it went. */
    TOLD_ALREADY,
    /** No route wants it. */
    NO_ROUTE;

    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * @param resend the event itself, where it asks for a delivery to be made again; null otherwise
   * @param dropped null where it goes to somebody
   */
  public record Plan(List<Delivery> deliveries, AlertEvent resend, Dropped dropped) {
    private static Plan none(Dropped why) {
      return new Plan(List.of(), null, why);
    }
  }

  public Plan plan(AlertEvent event, Instant now) {
    boolean flood = floods.computeIfAbsent(event.alert().site(), s -> new Flood()).after(event);
    Dropped dropped = dropped(event, now);
    if (dropped != null) {
      return Plan.none(dropped);
    }
    if (event.kind() == AlertEventKind.RESEND) {
      return new Plan(List.of(), event, null);
    }
    Set<String> to = new LinkedHashSet<>();
    for (Route route : routes) {
      if (route.matches(event)) {
        to.addAll(route.to());
      }
    }
    if (to.isEmpty()) {
      return Plan.none(Dropped.NO_ROUTE);
    }
    boolean held = flood && !isUrgent(event);
    List<Delivery> deliveries = new ArrayList<>();
    for (String receiver : to) {
      deliveries.add(Delivery.planned(event, receiver, held && summarises.test(receiver), now));
    }
    return new Plan(deliveries, null, null);
  }

  private Dropped dropped(AlertEvent event, Instant now) {
    if (event.alert().site().isRun()) {
      return Dropped.RUN;
    }
    boolean asked = event.kind() == AlertEventKind.RESEND;
    if (event.alert().foldedInto() != null && !asked) {
      return Dropped.FOLDED;
    }
    if (isPutAside(event) && !asked) {
      return Dropped.SHELVED;
    }
    if (isEndTold(event) || isNoNews(event)) {
      return Dropped.TOLD_ALREADY;
    }
    return event.at().isBefore(now.minus(patience)) ? Dropped.TOO_OLD : null;
  }

  /**
   * Its danger was told to be over before: somebody acknowledged it, or a newer one stands for it.
   */
  private static boolean isEndTold(AlertEvent event) {
    return event.kind() == AlertEventKind.CLOSED
        && (event.command() != null
            || AlertLifecycle.SUPERSEDED.equals(event.alert().closedBecause()));
  }

  /** Nothing is told of it, but for the end of what was told before it was put aside. */
  private static boolean isPutAside(AlertEvent event) {
    Shelf shelf = event.alert().shelf();
    boolean over = event.kind() == AlertEventKind.CLEARED || event.kind() == AlertEventKind.CLOSED;
    return shelf != null && !(over && shelf.at().isAfter(event.alert().startedAt()));
  }

  /**
   * The end of shelving is news where its time is over and the danger is not: otherwise somebody
   * has it in hand, or the worse level that ended it is told.
   */
  private static boolean isNoNews(AlertEvent event) {
    AlertState state = event.alert().state();
    boolean lasts = state == AlertState.ACTIVE || state == AlertState.FOREWARNED;
    return event.kind() == AlertEventKind.UNSHELVED
        && (event.by() != null
            || event.signal() != null
            || event.alert().isAcknowledged()
            || !lasts);
  }

  /** Level 1 and 2, and whatever is about a crew, is told at once, flood or not. */
  private static boolean isUrgent(AlertEvent event) {
    Level severity = event.alert().severity();
    return event.job() != null || severity != null && severity.isAtLeast(Level.ALARM);
  }
}
