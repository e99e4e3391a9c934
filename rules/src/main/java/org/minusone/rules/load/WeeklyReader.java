package org.minusone.rules.load;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.Weekly;

/** {@code {days: [mon, fri], from: 22:00, to: 02:00}}; no {@code days} = each day. */
final class WeeklyReader {
  private WeeklyReader() {}

  /** Empty once why is among the problems. Leaves the section to be finished. */
  static Optional<Weekly> read(Section section, ZoneId zone) {
    Optional<List<DayOfWeek>> written =
        section
            .take("days")
            .map(d -> d.words("day", Arrays.asList(DayOfWeek.values()), WeeklyReader::day));
    Set<DayOfWeek> days =
        written.isEmpty() || written.get().isEmpty()
            ? EnumSet.allOf(DayOfWeek.class)
            : EnumSet.copyOf(written.get());
    Optional<LocalTime> from = section.require("from").flatMap(WeeklyReader::time);
    Optional<LocalTime> to = section.require("to").flatMap(WeeklyReader::time);
    boolean good = written.isEmpty() || !written.get().isEmpty();
    return !good || from.isEmpty() || to.isEmpty()
        ? Optional.empty()
        : Optional.of(new Weekly(days, from.get(), to.get(), zone));
  }

  /** {@code mon}. */
  static String day(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static Optional<LocalTime> time(Value value) {
    Optional<String> text = value.text();
    try {
      return text.map(LocalTime::parse);
    } catch (DateTimeException e) {
      value.error(
          "'" + value.name() + "' must be a time of day such as 02:30, not '" + text.get() + "'");
      return Optional.empty();
    }
  }
}
