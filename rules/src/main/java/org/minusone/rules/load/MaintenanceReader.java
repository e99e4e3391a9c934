package org.minusone.rules.load;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.minusone.model.Family;
import org.minusone.model.Maintenance;
import org.minusone.model.SensorId;
import org.minusone.model.Text;
import org.minusone.model.Weekly;

/** {@code maintenance.yaml}: what is out of service, and when. */
final class MaintenanceReader {
  /** Nobody services a sensor for longer at a stretch: the end was forgotten. D. */
  private static final Duration LONG = Duration.ofDays(7);

  private final SiteNames site;
  private final ZoneId zone;
  private final Instant now;
  private final List<Maintenance> windows = new ArrayList<>();
  private final Map<String, Value> seen = new HashMap<>();

  /**
   * @param zone that times without an offset are in
   * @param now to tell what is over
   */
  MaintenanceReader(SiteNames site, ZoneId zone, Instant now) {
    this.site = site;
    this.zone = zone;
    this.now = now;
  }

  List<Maintenance> windows() {
    return windows;
  }

  void read(Value root) {
    Optional<Section> top = root.section();
    if (top.isEmpty()) {
      return;
    }
    top.get().require("maintenance").ifPresent(list -> list.items().forEach(this::window));
    top.get().finish();
  }

  private void window(Value item) {
    Optional<Section> read = item.as("window").section();
    if (read.isEmpty()) {
      return;
    }
    Section section = read.get();
    Optional<String> id = section.require("id").flatMap(this::id);
    List<SensorId> sensors =
        names(section, "sensors").stream().filter(SensorId::isValid).map(SensorId::new).toList();
    List<String> buildings = names(section, "buildings");
    List<String> communities = names(section, "communities");
    List<Family> families =
        section
            .take("families")
            .map(value -> value.words("family", Arrays.asList(Family.values()), Family::id))
            .orElse(List.of());
    boolean aimed =
        List.of("sensors", "buildings", "communities", "families").stream().anyMatch(section::has);
    if (!aimed) {
      section
          .whole()
          .error("what is out of service? one of sensors, buildings, communities, families");
    }
    Optional<Value> weeklyAt = section.take("weekly");
    Optional<Weekly> weekly = weeklyAt.flatMap(this::weekly);
    Optional<Value> fromAt = weeklyAt.isPresent() ? section.take("from") : section.require("from");
    Optional<Value> toAt = weeklyAt.isPresent() ? section.take("to") : section.require("to");
    Optional<Instant> from = fromAt.flatMap(this::instant);
    Optional<Instant> to = toAt.flatMap(this::instant);
    Optional<Text> reason = section.require("reason").flatMap(Value::bilingual);
    Optional<String> by = section.require("by").flatMap(Value::text);
    section.finish();
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      toAt.get().error("'to' must be after 'from'");
      return;
    }
    to.filter(end -> !end.isAfter(now))
        .ifPresent(end -> toAt.get().warning("this window is over: it can be taken out"));
    if (weeklyAt.isEmpty()
        && from.isPresent()
        && to.isPresent()
        && Duration.between(from.get(), to.get()).compareTo(LONG) > 0) {
      toAt.get().warning("longer than a week: nothing at these sensors is told meanwhile");
    }
    boolean timed = weeklyAt.isPresent() ? weekly.isPresent() : from.isPresent() && to.isPresent();
    boolean meant =
        !(sensors.isEmpty() && buildings.isEmpty() && communities.isEmpty())
            || !families.isEmpty()
                && !section.has("sensors")
                && !section.has("buildings")
                && !section.has("communities");
    if (id.isPresent() && timed && meant && reason.isPresent() && by.isPresent()) {
      Maintenance window =
          new Maintenance(
              id.get(),
              sensors,
              buildings,
              communities,
              families,
              from.orElse(null),
              to.orElse(null),
              weekly.orElse(null),
              reason.get(),
              by.get());
      windows.add(window);
      if (site.known()
          && site.sensors().values().stream().noneMatch(s -> window.isFor(s.id(), s.family(), s))) {
        section.whole().warning("no sensor of this site is in '" + id.get() + "'");
      }
    }
  }

  private Optional<String> id(Value value) {
    Optional<String> id = Places.id(value);
    if (id.isEmpty()) {
      return id;
    }
    Value first = seen.putIfAbsent(id.get(), value);
    if (first != null) {
      value.error("duplicate window '" + id.get() + "', first at " + first.placeFrom(value));
      return Optional.empty();
    }
    return id;
  }

  private List<String> names(Section section, String key) {
    Optional<Value> written = section.take(key);
    if (written.isEmpty()) {
      return List.of();
    }
    if (written.get().isList() && written.get().items().isEmpty()) {
      written.get().error("'" + key + "' names none");
    }
    String kind =
        switch (key) {
          case "sensors" -> "sensor";
          case "buildings" -> "building";
          default -> "community";
        };
    if (!site.known()) {
      return List.of(); // then no name can be told from a wrong one
    }
    return written.get().words(kind, site.of(key), Function.identity());
  }

  /** {@code 2026-12-01T09:00} in the site's zone, or with an offset of its own. */
  private Optional<Instant> instant(Value value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String t = text.get();
    try {
      boolean offset = t.endsWith("Z") || t.lastIndexOf('+') > 0 || t.lastIndexOf('-') > 9;
      return Optional.of(
          offset
              ? OffsetDateTime.parse(t).toInstant()
              : LocalDateTime.parse(t).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      value.error(
          "'"
              + value.name()
              + "' must be a time such as 2026-12-01T09:00 (in "
              + zone
              + ") or 2026-12-01T09:00+08:00, not '"
              + t
              + "'");
      return Optional.empty();
    }
  }

  private Optional<Weekly> weekly(Value value) {
    Optional<Section> read = value.section();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Section section = read.get();
    Optional<Value> days = section.require("days");
    Optional<Weekly> weekly = WeeklyReader.read(section, zone);
    section.finish();
    if (days.isEmpty()) {
      return Optional.empty();
    }
    if (weekly.isPresent()
        && weekly.get().days().size() == DayOfWeek.values().length
        && weekly.get().from().equals(weekly.get().to())) {
      value.error("all day on every day is no window: switch the rules off by an override");
      return Optional.empty();
    }
    if (weekly.isPresent() && weekly.get().from().equals(weekly.get().to())) {
      value.warning("'to' is 'from': a whole day, to " + weekly.get().to() + " of the next");
    }
    return weekly;
  }
}
