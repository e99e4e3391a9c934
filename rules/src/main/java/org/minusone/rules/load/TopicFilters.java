package org.minusone.rules.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.SiteId;

/** MQTT topic filters (MQTT 5, 4.7) as a site may name them. Pure. */
final class TopicFilters {
  private static final int LONGEST = 256;
  private static final String OURS = "sites";
  private static final String GATEWAYS = "gateways";
  private static final String READINGS = "readings";

  private TopicFilters() {}

  /** What is wrong with {@code filter}; {@code site} null = not known, so not asked for. */
  static Optional<String> problem(String filter, SiteId site) {
    return form(filter).or(() -> reach(filter, site));
  }

  private static Optional<String> form(String filter) {
    if (filter.isEmpty() || filter.length() > LONGEST) {
      return Optional.of("a topic filter has 1 to " + LONGEST + " characters");
    }
    if (filter.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("a topic filter has no control characters");
    }
    String[] levels = filter.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      boolean last = i == levels.length - 1;
      if (levels[i].contains("#") && !(last && levels[i].equals("#"))) {
        return Optional.of("'#' stands alone on the last level of a topic filter: " + filter);
      }
      if (levels[i].contains("+") && !levels[i].equals("+")) {
        return Optional.of("'+' stands alone on a level of a topic filter: " + filter);
      }
    }
    return Optional.empty();
  }

  /** A site speaks for its own topics and for trees that nobody else has by default. */
  private static Optional<String> reach(String filter, SiteId site) {
    String[] levels = filter.split("/", -1);
    if (filter.startsWith("$")) {
      return Optional.of("'" + filter + "' is the broker's own: no filter begins with '$'");
    }
    if (levels[0].equals("#") || levels[0].equals("+")) {
      return Optional.of(
          "'" + filter + "' takes in every tree, other sites' too: begin with a level by name");
    }
    if (!levels[0].equals(OURS)) {
      return Optional.empty();
    }
    boolean own = levels.length > 2 && (site == null || levels[1].equals(site.value()));
    return own
        ? Optional.empty()
        : Optional.of(
            "'%s' is not this site's: its topics are under sites/%s/"
                .formatted(filter, site == null ? "{site}" : site));
  }

  /** Why no reading comes on what a filter of ours, free of problems, takes in. */
  static Optional<String> fruitless(String filter) {
    String[] levels = filter.split("/", -1);
    if (!levels[0].equals(OURS)) {
      return Optional.empty();
    }
    List<String> third = new ArrayList<>(List.of(GATEWAYS));
    for (Family family : Family.values()) {
      third.add(family.id());
    }
    String kind = levels[2];
    if (!kind.equals("#") && !kind.equals("+") && !third.contains(kind)) {
      return Optional.of(Value.unknown("family", kind, third));
    }
    return overlap(levels, new String[] {OURS, "+", "+", "+", READINGS})
        ? Optional.empty()
        : Optional.of(
            "no reading comes there: topics are sites/{site}/{family}/{sensor}/readings and"
                + " sites/{site}/gateways/{gateway}/readings");
  }

  /** Whether some topic is taken in by both. */
  private static boolean overlap(String[] a, String[] b) {
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      if (a[i].equals("#") || b[i].equals("#")) {
        return true;
      }
      if (!a[i].equals("+") && !b[i].equals("+") && !a[i].equals(b[i])) {
        return false;
      }
    }
    return a.length == b.length;
  }

  /** Whether every topic that {@code narrow} takes in, {@code wide} does as well. */
  static boolean covers(String wide, String narrow) {
    return covers(wide.split("/", -1), narrow.split("/", -1));
  }

  private static boolean covers(String[] wide, String[] narrow) {
    for (int i = 0; i < wide.length; i++) {
      if (wide[i].equals("#")) {
        return true;
      }
      if (i == narrow.length || narrow[i].equals("#")) {
        return false;
      }
      if (!wide[i].equals("+") && !wide[i].equals(narrow[i])) {
        return false;
      }
    }
    return wide.length == narrow.length;
  }
}
