package org.minusone.alerting.topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.minusone.alerting.lifecycle.Due;
import org.minusone.alerting.lifecycle.Incidents;
import org.minusone.model.Alert;
import org.minusone.model.AlertState;
import org.minusone.model.Job;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;

/**
 * What is known across alerts, as it follows from the store: which crew is how busy, which
 * incidents go on where, and what falls due when. Built anew when a task starts.
 */
final class OpenAlerts {
  private record Facts(String key, SiteId site, String place, Alert alert, Instant due) {}

  private record Moment(Instant at, String key) implements Comparable<Moment> {
    @Override
    public int compareTo(Moment other) {
      return Comparator.comparing(Moment::at).thenComparing(Moment::key).compare(this, other);
    }
  }

  private final Map<String, Facts> known = new HashMap<>();
  private final Map<String, Map<String, Facts>> places = new HashMap<>();
  private final Map<SiteId, Map<String, Integer>> busy = new HashMap<>();
  private final TreeSet<Moment> moments = new TreeSet<>();
  private final Map<String, Facts> wantCrew = new LinkedHashMap<>();

  /**
   * After something happened to it, or when it is read from the store.
   *
   * @param site null while it is not known
   */
  void put(String key, Alert alert, SiteVersion site) {
    forget(key);
    if (!alert.state().isOpen() && !alert.hasOpenJob()) {
      return;
    }
    String cause = alert.incident() == null ? null : cause(alert);
    String place = cause == null ? null : alert.site() + "/" + cause;
    Facts facts = new Facts(key, alert.site(), place, alert, Due.next(alert, site));
    known.put(key, facts);
    if (place != null) {
      places.computeIfAbsent(place, p -> new LinkedHashMap<>()).put(key, facts);
    }
    count(facts, 1);
    if (Due.wantsCrew(alert, site)) {
      wantCrew.put(key, facts);
    }
    if (facts.due() != null) {
      moments.add(new Moment(facts.due(), key));
    }
  }

  void forget(String key) {
    Facts old = known.remove(key);
    wantCrew.remove(key);
    if (old == null) {
      return;
    }
    if (old.place() != null) {
      Map<String, Facts> there = places.get(old.place());
      there.remove(key);
      if (there.isEmpty()) {
        places.remove(old.place());
      }
    }
    count(old, -1);
    if (old.due() != null) {
      moments.remove(new Moment(old.due(), key));
    }
  }

  private void count(Facts facts, int more) {
    for (Job job : facts.alert().jobs()) {
      if (job.state().isOpen() && job.crew() != null) {
        Map<String, Integer> crews = busy.computeIfAbsent(facts.site(), s -> new HashMap<>());
        if (crews.merge(job.crew(), more, Integer::sum) == 0) {
          crews.remove(job.crew());
        }
      }
    }
  }

  /** Open jobs by crew id. */
  Map<String, Integer> busy(SiteId site) {
    return busy.getOrDefault(site, Map.of());
  }

  /**
   * The incident that goes on where an alert begins; null where there is none. One whose alerts are
   * all over, though not acknowledged, goes on no more, unless a crew is still at it.
   *
   * @param cause from {@link Incidents#key}; may be null
   */
  String incident(SiteId site, String cause) {
    return places.getOrDefault(site + "/" + cause, Map.of()).values().stream()
        .map(Facts::alert)
        .filter(
            a ->
                a.state() == AlertState.ACTIVE
                    || a.state() == AlertState.FOREWARNED
                    || a.hasOpenJob())
        .min(Comparator.comparing(Alert::startedAt))
        .map(Alert::incident)
        .orElse(null);
  }

  /**
   * Whether a crew that was asked or sent for another alert of the incident attends to this one,
   * too: it is near, and was not back before this one stood where it stands.
   *
   * @param key its own
   */
  boolean isAttended(Alert alert, String key) {
    String cause = cause(alert);
    return alert.incident() != null
        && places.getOrDefault(alert.site() + "/" + cause, Map.of()).values().stream()
            .filter(f -> !f.key().equals(key))
            .map(Facts::alert)
            .filter(other -> alert.incident().equals(other.incident()))
            .filter(other -> Incidents.areNear(alert.place(), other.place()))
            .flatMap(other -> other.jobs().stream())
            .anyMatch(job -> Due.attends(job, alert));
  }

  static String cause(Alert alert) {
    return Incidents.key(alert.family(), alert.place(), alert.sensor());
  }

  /**
   * Something of an alert is due.
   *
   * @param at since when
   */
  record Owed(Alert alert, Instant at) {}

  /** The longest due first. */
  List<Owed> due(Instant now) {
    List<Owed> due = new ArrayList<>();
    for (Moment moment : moments) {
      if (moment.at().isAfter(now)) {
        break;
      }
      due.add(new Owed(known.get(moment.key()).alert(), moment.at()));
    }
    Set<String> asked = new HashSet<>();
    for (Facts facts : wantCrew.values()) {
      // One at a time for each incident, or two would be sent before either is known.
      if (!isAttended(facts.alert(), facts.key())
          && asked.add(String.valueOf(facts.alert().incident()))) {
        due.add(new Owed(facts.alert(), facts.alert().startedAt()));
      }
    }
    return due;
  }
}
