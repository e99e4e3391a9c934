package org.minusone.alerting.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.minusone.model.Alert;
import org.minusone.model.SiteVersion;

/**
 * What is known around an alert when something reaches it.
 *
 * @param site the live version of its site; null while it is not known, then name, place and
 *     guidance stay empty and nobody is sent
 * @param busy open jobs of the site by crew id
 * @param incident the id of the open incident that an alert joins which begins here; null = it is
 *     the first of its own
 * @param last the episode of the same sensor and rule before one that begins; null = none
 * @param attended whether a crew is asked or sent already for another alert of the incident
 */
public record Surroundings(
    SiteVersion site, Map<String, Integer> busy, String incident, Alert last, boolean attended) {
  public Surroundings {
    busy = Map.copyOf(busy);
  }

  public static Surroundings of(SiteVersion site) {
    return new Surroundings(site, Map.of(), null, null, false);
  }

  /** Of the episode before, see {@link Alert#turns}. */
  List<Instant> turns() {
    return last == null ? List.of() : last.turns();
  }
}
