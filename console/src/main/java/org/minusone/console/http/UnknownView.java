package org.minusone.console.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.minusone.console.feed.SensorBoard;
import org.minusone.console.feed.SensorView;
import org.minusone.console.quarantine.Rejections;
import org.minusone.console.quarantine.UnknownSensors;
import org.minusone.model.Family;
import org.minusone.model.Provisional;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.port.SiteCatalog;

/** Sensors that send and that nobody registered: as ingest wrote them down, and as it refused. */
final class UnknownView {
  private final SensorBoard board;
  private final SiteCatalog catalog;
  private final Rejections rejections;

  UnknownView(SensorBoard board, SiteCatalog catalog, Rejections rejections) {
    this.board = board;
    this.catalog = catalog;
    this.rejections = rejections;
  }

  /**
   * @param family null where its topic names none
   * @param gateway null on a topic of its own
   * @param admitted whether its readings are taken
   * @param firstHeard null where only rejections tell of it
   * @param lastHeard null where it was not heard since the console follows
   * @param rejected how many readings of it were refused, as far as the console remembers
   * @param yaml a line for the site's sensors file
   */
  record Unknown(
      String name,
      Family family,
      String gateway,
      boolean admitted,
      Instant firstHeard,
      Instant lastHeard,
      long rejected,
      String yaml) {}

  /** Those heard last come first. */
  List<Unknown> of(SiteId site) {
    Map<String, UnknownSensors.Refused> refused = new TreeMap<>();
    rejections.unknownSensors(site.value()).forEach(one -> refused.put(one.name(), one));
    List<Unknown> found = new ArrayList<>();
    for (Provisional one : catalog.provisional(site)) {
      if (isRegistered(site, one.name())) {
        continue;
      }
      UnknownSensors.Refused of = refused.remove(one.name());
      Instant heard = heard(site, one.name()).orElse(null);
      found.add(
          new Unknown(
              one.name(),
              one.family(),
              one.gateway(),
              one.admitted(),
              one.firstHeard(),
              later(heard, of == null ? null : of.last()),
              of == null ? 0 : of.count(),
              yaml(one.name(), one.family(), one.gateway())));
    }
    for (UnknownSensors.Refused one : refused.values()) {
      if (!isRegistered(site, one.name())) {
        found.add(
            new Unknown(
                one.name(),
                one.family(),
                one.gateway(),
                false,
                null,
                one.last(),
                one.count(),
                yaml(one.name(), one.family(), one.gateway())));
      }
    }
    found.sort(
        Comparator.comparing(
                Unknown::lastHeard, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .reversed()
            .thenComparing(Unknown::name));
    return found;
  }

  private boolean isRegistered(SiteId site, String name) {
    return catalog
        .live(site)
        .filter(
            live ->
                (SensorId.isValid(name) && live.sensor(new SensorId(name)).isPresent())
                    || live.aliases().containsKey(name))
        .isPresent();
  }

  private Optional<Instant> heard(SiteId site, String name) {
    return SensorId.isValid(name)
        ? board.view(site, new SensorId(name)).map(SensorView::lastArrival)
        : Optional.empty();
  }

  private static Instant later(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }

  /**
   * What stands for the place is for the engineer to fill in. A name that is no id becomes an
   * alias.
   */
  private static String yaml(String name, Family family, String gateway) {
    boolean isId = SensorId.isValid(name);
    StringBuilder line = new StringBuilder("  - {id: ").append(isId ? name : "NEW-ID");
    if (!isId) {
      line.append(", aliases: [").append(quoted(name)).append(']');
    }
    line.append(", community: COMMUNITY, x: 0, y: 0");
    if (family != null) {
      line.append(", quantities: [")
          .append(family.quantities().stream().map(Quantity::id).collect(Collectors.joining(", ")))
          .append(']');
    }
    line.append(", name: {zh: ").append(quoted(name)).append(", en: ").append(quoted(name));
    line.append('}');
    if (gateway != null) {
      line.append(", gateway: ").append(gateway);
    }
    return line.append('}').toString();
  }

  private static String quoted(String name) {
    return "\"" + name.replaceAll("\\p{Cntrl}", "?").replaceAll("([\"\\\\])", "\\\\$1") + "\"";
  }
}
