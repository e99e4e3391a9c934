package org.minusone.rules.load;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.minusone.model.Crew;
import org.minusone.model.Family;
import org.minusone.model.Sensor;

/** Whether at every hour of the week somebody can be sent to whatever is installed. Pure. */
final class Cover {
  /** Any week without a change of the clocks: from Monday, in steps of a quarter of an hour. */
  private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);

  private static final Duration STEP = Duration.ofMinutes(15);
  private static final int STEPS = 7 * 24 * 4;

  private Cover() {}

  /** A line for each community and family that is not covered; none where there are no crews. */
  static List<String> gaps(List<Crew> all, Collection<Sensor> sensors, ZoneId zone) {
    // The district stands behind the crews, not in for one that is missing.
    List<Crew> crews = all.stream().filter(crew -> !crew.district()).toList();
    List<String> gaps = new ArrayList<>();
    if (crews.isEmpty()) {
      return gaps;
    }
    Map<String, Set<Family>> installed = new TreeMap<>();
    for (Sensor sensor : sensors) {
      if (sensor.place() != null && sensor.place().community() != null) {
        installed
            .computeIfAbsent(sensor.place().community().zh(), c -> EnumSet.noneOf(Family.class))
            .add(sensor.family());
      }
    }
    installed.forEach(
        (community, families) -> {
          for (Family family : families) {
            List<Crew> able = crews.stream().filter(c -> c.covers(family, community)).toList();
            String where = family.id() + " in " + community;
            if (able.isEmpty()) {
              gaps.add("no crew is sent for " + where);
            } else {
              gap(at -> able.stream().anyMatch(crew -> !crew.onDuty(at).isEmpty()), where, zone)
                  .forEach(gaps::add);
            }
          }
        });
    return gaps;
  }

  /** One line, of the first gap and how many more there are; none where there is none. */
  private static List<String> gap(Predicate<Instant> covered, String where, ZoneId zone) {
    ZonedDateTime monday = MONDAY.atStartOfDay(zone);
    int begin = 0;
    while (begin < STEPS && !covered.test(monday.plus(STEP.multipliedBy(begin)).toInstant())) {
      begin++;
    }
    if (begin == STEPS) {
      return List.of("no crew for " + where + " is ever on duty");
    }
    // From an hour at which somebody is there, so that no gap is cut in two by the week's end.
    ZonedDateTime first = null;
    ZonedDateTime end = null;
    int gaps = 0;
    boolean before = true;
    for (int i = begin; i <= begin + STEPS; i++) {
      ZonedDateTime at = monday.plus(STEP.multipliedBy(i));
      boolean now = covered.test(at.toInstant());
      if (before && !now) {
        gaps++;
        first = first == null ? at : first;
      } else if (!before && now && end == null) {
        end = at;
      }
      before = now;
    }
    if (first == null) {
      return List.of();
    }
    String rest = gaps == 1 ? "" : ", and at other times (" + gaps + " in a week)";
    return List.of(
        "no crew for %s is on duty from %s to %s%s".formatted(where, hour(first), hour(end), rest));
  }

  private static String hour(ZonedDateTime at) {
    return WeeklyReader.day(at.getDayOfWeek()) + " " + at.toLocalTime();
  }
}
