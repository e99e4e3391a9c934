package org.minusone.alerting.notify;

import java.util.List;
import java.util.Set;
import org.minusone.model.AlertEvent;
import org.minusone.model.AlertEventKind;
import org.minusone.model.Family;
import org.minusone.model.Level;

/**
 * Which events go to which receivers; every route that matches counts.
 *
 * @param atLeast severity; null = any
 * @param families empty = any
 * @param communities ids; empty = any
 * @param sites ids; empty = any
 * @param events kinds; empty = {@link #USUAL}
 * @param to names of receivers
 */
public record Route(
    Level atLeast,
    List<Family> families,
    List<String> communities,
    List<String> sites,
    Set<AlertEventKind> events,
    List<String> to) {
  /** What somebody outside must know: danger, its end, and a crew that is missing. */
  public static final Set<AlertEventKind> USUAL =
      Set.of(
          AlertEventKind.FOREWARNED,
          AlertEventKind.RAISED,
          AlertEventKind.ESCALATED,
          AlertEventKind.REALARMED,
          AlertEventKind.UNSHELVED,
          AlertEventKind.CLEARED,
          AlertEventKind.CLOSED,
          AlertEventKind.UNASSIGNED);

  public Route {
    families = List.copyOf(families);
    communities = List.copyOf(communities);
    sites = List.copyOf(sites);
    events = events.isEmpty() ? USUAL : Set.copyOf(events);
    to = List.copyOf(to);
  }

  boolean matches(AlertEvent event) {
    Level severity = event.alert().severity();
    String community = event.alert().place() == null ? null : event.alert().place().communityId();
    return events.contains(event.kind())
        && (atLeast == null || severity != null && severity.isAtLeast(atLeast))
        && (families.isEmpty() || families.contains(event.alert().family()))
        && (communities.isEmpty() || community != null && communities.contains(community))
        && (sites.isEmpty() || sites.contains(event.alert().site().value()));
  }
}
