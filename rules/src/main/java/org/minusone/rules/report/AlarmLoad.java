package org.minusone.rules.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.minusone.model.Level;
import org.minusone.model.Reading;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;

/**
 * What one operator would have heard, against ISA-18.2 / IEC 62682 (EEMUA 191). An announcement is
 * every signal that sounds: a forewarning, a level reached, silence, doubt; not its updates nor its
 * end. Days without a reading do not count.
 *
 * @param perDay by day of the site's zone, only days with readings
 * @param slots 10-minute slots of those days
 * @param crowdedSlots of them, with more than {@link #MOST_IN_SLOT} announcements
 * @param worstSlot the most in one
 * @param chattering sources (a rule at a sensor) with more than 5 transitions in 5 minutes
 * @param fleeting episodes that were active for less than 10 s
 * @param stale episodes that were active for more than 24 h
 * @param loudest sensors, the loudest first, ten at most
 * @param byLevel announcements by level
 */
public record AlarmLoad(
    SortedMap<LocalDate, Integer> perDay,
    int announcements,
    int slots,
    int crowdedSlots,
    int worstSlot,
    List<String> chattering,
    int fleeting,
    int stale,
    List<Source> loudest,
    Map<Level, Integer> byLevel) {
  /** ISA-18.2: one announcement in 10 minutes is very likely to be acceptable. */
  public static final int BUDGET_PER_DAY = 144;

  /** ISA-18.2: two in 10 minutes are the most that can be managed. */
  public static final int MOST_PER_DAY = 288;

  /** ISA-18.2: the peak of a 10-minute slot. */
  public static final int MOST_IN_SLOT = 10;

  private static final long SLOT_MS = 600_000;
  private static final int SLOTS_A_DAY = 144;
  private static final long CHATTER_MS = 300_000;
  private static final int CHATTER = 5;
  private static final long FLEETING_MS = 10_000;
  private static final long STALE_MS = 86_400_000;
  private static final int LOUDEST = 10;

  /**
   * @param share of all announcements
   */
  public record Source(String sensor, int announcements, double share) {}

  public double perDayMean() {
    return perDay.isEmpty() ? Double.NaN : (double) announcements / perDay.size();
  }

  public int worstDay() {
    return perDay.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  public long daysOverBudget() {
    return perDay.values().stream().filter(n -> n > BUDGET_PER_DAY).count();
  }

  /** Target: under 1 %. */
  public double crowdedShare() {
    return slots == 0 ? Double.NaN : (double) crowdedSlots / slots;
  }

  /** Target: at most 5 %. */
  public double loudestShare() {
    return loudest.stream().mapToDouble(Source::share).sum();
  }

  /** Whether it sounds. */
  static boolean isAnnounced(Signal signal) {
    return signal.signal() != SignalKind.CLEARED && signal.signal() != SignalKind.UPDATED;
  }

  public static AlarmLoad of(List<Signal> signals, Iterable<Reading> readings, ZoneId zone) {
    TreeSet<LocalDate> days = new TreeSet<>();
    long lastDay = Long.MIN_VALUE;
    for (Reading reading : readings) {
      long hour = Math.floorDiv(reading.timeMs(), 3_600_000L);
      if (hour != lastDay) { // a day's first reading of an hour is enough to know the day
        lastDay = hour;
        days.add(day(reading.timeMs(), zone));
      }
    }
    SortedMap<LocalDate, Integer> perDay = new TreeMap<>();
    days.forEach(day -> perDay.put(day, 0));
    Map<Long, Integer> bySlot = new HashMap<>();
    Map<String, Integer> bySensor = new TreeMap<>();
    Map<Level, Integer> byLevel = new EnumMap<>(Level.class);
    int announced = 0;
    for (Signal signal : signals) {
      if (isAnnounced(signal)) {
        announced++;
        long ms = signal.time().toEpochMilli();
        perDay.merge(day(ms, zone), 1, Integer::sum);
        bySlot.merge(Math.floorDiv(ms, SLOT_MS), 1, Integer::sum);
        bySensor.merge(signal.sensor().value(), 1, Integer::sum);
        if (signal.level() != null) {
          byLevel.merge(signal.level(), 1, Integer::sum);
        }
      }
    }
    int all = announced;
    List<Source> loudest =
        bySensor.entrySet().stream()
            .map(e -> new Source(e.getKey(), e.getValue(), (double) e.getValue() / all))
            .sorted(
                Comparator.comparingInt(Source::announcements)
                    .reversed()
                    .thenComparing(Source::sensor))
            .limit(LOUDEST)
            .toList();
    List<Episode> episodes = Episode.of(signals);
    return new AlarmLoad(
        perDay,
        announced,
        perDay.size() * SLOTS_A_DAY,
        (int) bySlot.values().stream().filter(n -> n > MOST_IN_SLOT).count(),
        bySlot.values().stream().mapToInt(Integer::intValue).max().orElse(0),
        chattering(signals),
        (int) episodes.stream().filter(e -> e.isOver() && e.activeMs() < FLEETING_MS).count(),
        (int) episodes.stream().filter(e -> e.isOver() && e.activeMs() > STALE_MS).count(),
        loudest,
        byLevel);
  }

  private static LocalDate day(long ms, ZoneId zone) {
    return Instant.ofEpochMilli(ms).atZone(zone).toLocalDate();
  }

  private static List<String> chattering(List<Signal> signals) {
    Map<String, Deque<Long>> last = new TreeMap<>();
    TreeSet<String> found = new TreeSet<>();
    for (Signal signal : signals) {
      if (signal.signal() == SignalKind.UPDATED) {
        continue;
      }
      String source = signal.sensor() + " " + signal.rule();
      Deque<Long> times = last.computeIfAbsent(source, s -> new ArrayDeque<>());
      long ms = signal.time().toEpochMilli();
      if (!times.isEmpty() && times.peekLast() == ms) {
        continue; // several levels left at once are one transition
      }
      times.addLast(ms);
      while (times.peekFirst() < ms - CHATTER_MS) {
        times.removeFirst();
      }
      if (times.size() > CHATTER) {
        found.add(source);
      }
    }
    return new ArrayList<>(found);
  }
}
