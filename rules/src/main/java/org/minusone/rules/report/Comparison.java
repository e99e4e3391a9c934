package org.minusone.rules.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minusone.model.Signal;
import org.minusone.rules.backtest.Backtest;

/**
 * What other rules would say about the same readings. Signals are held against those of the same
 * sensor, rule, quantity, kind and level (whatever its limit): the same at the same instant; moved
 * where the nearest one that is left lies within {@link #NEAR}; else only on one side.
 *
 * @param changes by rule and signal, where anything differs or not
 * @param onlyHere the first of those that the other rules do not give
 * @param onlyThere the first of those that only the other rules give
 */
public record Comparison(
    List<Change> changes, List<Signal> onlyHere, List<Signal> onlyThere, List<Moved> moved) {
  /** Two signals further apart are about two things (D). */
  public static final Duration NEAR = Duration.ofHours(1);

  private static final int SHOWN = 20;

  /**
   * @param earlierS seconds by which the other rules' signal comes earlier; negative: later
   */
  public record Moved(Signal here, Signal there, double earlierS) {}

  /**
   * @param movedMedianS median of by how much the moved ones come earlier with the other rules,
   *     seconds; {@code NaN} where none moved
   */
  public record Change(
      String rule,
      String signal,
      int same,
      int moved,
      double movedMedianS,
      int onlyHere,
      int onlyThere) {
    public boolean isNone() {
      return moved == 0 && onlyHere == 0 && onlyThere == 0;
    }
  }

  public boolean isNone() {
    return changes.stream().allMatch(Change::isNone);
  }

  private static final class Tally {
    int same;
    int onlyHere;
    int onlyThere;
    final List<Double> movedS = new ArrayList<>();
  }

  public static Comparison of(List<Signal> here, List<Signal> there) {
    Map<String, List<Signal>> a = bySource(here);
    Map<String, List<Signal>> b = bySource(there);
    TreeMap<String, Boolean> sources = new TreeMap<>();
    a.keySet().forEach(k -> sources.put(k, true));
    b.keySet().forEach(k -> sources.put(k, true));
    Map<String, Tally> tallies = new TreeMap<>();
    List<Signal> onlyHere = new ArrayList<>();
    List<Signal> onlyThere = new ArrayList<>();
    List<Moved> moved = new ArrayList<>();
    for (String source : sources.keySet()) {
      List<Signal> left = new ArrayList<>(a.getOrDefault(source, List.of()));
      List<Signal> right = new ArrayList<>(b.getOrDefault(source, List.of()));
      Signal any = left.isEmpty() ? right.get(0) : left.get(0);
      Tally tally = tallies.computeIfAbsent(group(any), g -> new Tally());
      tally.same += dropEqual(left, right);
      for (Signal one : List.copyOf(left)) {
        Signal nearest =
            right.stream()
                .min(Comparator.comparingLong((Signal s) -> Math.abs(ms(s) - ms(one))))
                .filter(s -> Math.abs(ms(s) - ms(one)) <= NEAR.toMillis())
                .orElse(null);
        if (nearest != null) {
          left.remove(one);
          right.remove(nearest);
          double earlierS = (ms(one) - ms(nearest)) / 1000.0;
          tally.movedS.add(earlierS);
          moved.add(new Moved(one, nearest, earlierS));
        }
      }
      tally.onlyHere += left.size();
      tally.onlyThere += right.size();
      onlyHere.addAll(left);
      onlyThere.addAll(right);
    }
    List<Change> changes = new ArrayList<>();
    tallies.forEach(
        (group, t) -> {
          String[] parts = group.split("\t");
          t.movedS.sort(null);
          double median = t.movedS.isEmpty() ? Double.NaN : t.movedS.get((t.movedS.size() - 1) / 2);
          changes.add(
              new Change(
                  parts[0], parts[1], t.same, t.movedS.size(), median, t.onlyHere, t.onlyThere));
        });
    onlyHere.sort(Backtest.ORDER);
    onlyThere.sort(Backtest.ORDER);
    moved.sort(
        Comparator.comparingDouble((Moved m) -> -Math.abs(m.earlierS))
            .thenComparing(Moved::here, Backtest.ORDER));
    return new Comparison(List.copyOf(changes), first(onlyHere), first(onlyThere), first(moved));
  }

  private static <T> List<T> first(List<T> all) {
    return List.copyOf(all.subList(0, Math.min(SHOWN, all.size())));
  }

  private static int dropEqual(List<Signal> left, List<Signal> right) {
    Map<Long, Signal> byTime = new LinkedHashMap<>();
    right.forEach(s -> byTime.putIfAbsent(ms(s), s));
    int same = 0;
    for (Signal one : List.copyOf(left)) {
      Signal twin = byTime.remove(ms(one));
      if (twin != null) {
        left.remove(one);
        right.remove(twin);
        same++;
      }
    }
    return same;
  }

  private static long ms(Signal signal) {
    return signal.time().toEpochMilli();
  }

  private static String group(Signal s) {
    return s.rule() + "\t" + s.signal().id();
  }

  private static Map<String, List<Signal>> bySource(List<Signal> signals) {
    Map<String, List<Signal>> bySource = new TreeMap<>();
    for (Signal s : signals) {
      String source =
          group(s)
              + "\t"
              + s.sensor()
              + "\t"
              + s.quantity()
              + "\t"
              + (s.level() == null ? s.limit() : s.level());
      bySource.computeIfAbsent(source, k -> new ArrayList<>()).add(s);
    }
    return bySource;
  }
}
