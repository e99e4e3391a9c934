package org.minusone.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * On some days of each week, local time; one that ends at or before it starts ends on the next day.
 * Across a change of the clocks it lasts from the one wall time to the other.
 */
public record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
  /** No such instant. */
  public static final long NEVER = Long.MAX_VALUE;

  public Weekly {
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
  }

  public boolean contains(Instant at) {
    return endMs(at.toEpochMilli()) != NEVER;
  }

  /** The end of the one that contains {@code atMs}; {@link #NEVER} where none does. */
  long endMs(long atMs) {
    LocalDate today = Instant.ofEpochMilli(atMs).atZone(zone).toLocalDate();
    for (int ago = 1; ago >= 0; ago--) {
      LocalDate day = today.minusDays(ago);
      if (days.contains(day.getDayOfWeek())) {
        LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
        long start = ms(ZonedDateTime.of(day, from, zone));
        long end = ms(ZonedDateTime.of(last, to, zone));
        if (start <= atMs && atMs < end) {
          return end;
        }
      }
    }
    return NEVER;
  }

  private static long ms(ZonedDateTime at) {
    return at.toInstant().toEpochMilli();
  }
}
