package org.minusone.simulator.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;

/**
 * All sensors' reports in order of time: each sensor's usual ones at its family's period, spread
 * evenly over it, and those of the episodes. A value depends on sensor and time alone, so where a
 * usual report falls into an episode it shows the episode too; of two at the same millisecond one
 * goes out.
 */
final class Timeline implements Iterator<Report> {
  /** Gives the episodes that begin in a cycle; empty where nothing happens. */
  @FunctionalInterface
  interface Cycles {
    /**
     * What begins in a cycle.
     *
     * @param cycle 0, 1, 2 …
     * @param zeroMs when that cycle begins, epoch milliseconds
     */
    List<Episode> of(long cycle, long zeroMs);
  }

  private static final long NEVER = Long.MAX_VALUE;

  private final Background background;
  private final PriorityQueue<Cursor> queue = new PriorityQueue<>();
  private final Map<SensorId, List<Episode>> episodes = new HashMap<>();
  private final Map<SensorId, Long> last = new HashMap<>();
  private final Cycles cycles;
  private final long zeroMs;
  private final long cycleMs;
  private long cycle;
  private long nextCycleMs;

  /**
   * @param sensors in a fixed order: it decides who reports when
   * @param cycleMs between the beginnings of two cycles
   */
  Timeline(Background background, List<Sensor> sensors, long zeroMs, long cycleMs, Cycles cycles) {
    this.background = background;
    this.zeroMs = zeroMs;
    this.cycleMs = cycleMs;
    this.cycles = cycles;
    this.nextCycleMs = zeroMs;
    Map<Long, Integer> sharing = new HashMap<>();
    for (Sensor sensor : sensors) {
      sharing.merge(periodMs(sensor), 1, Integer::sum);
    }
    Map<Long, Integer> order = new HashMap<>();
    for (Sensor sensor : sensors) {
      long period = periodMs(sensor);
      long place = order.merge(period, 1, Integer::sum) - 1L;
      // Evenly over the period in the order given; the first comes after zero.
      long offset = 1 + place * (period - 1) / sharing.get(period);
      queue.add(new Cursor(sensor, zeroMs + offset, period, NEVER));
    }
  }

  private static long periodMs(Sensor sensor) {
    return sensor.family().slowestPeriod().toMillis();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Report next() {
    while (true) {
      Cursor cursor = queue.poll();
      if (cursor == null || cursor.nextMs >= nextCycleMs) {
        if (cursor != null) {
          queue.add(cursor);
        }
        beginCycle();
        continue;
      }
      long at = cursor.nextMs;
      Sensor sensor = cursor.sensor;
      if (at + cursor.stepMs <= cursor.untilMs) {
        queue.add(new Cursor(sensor, at + cursor.stepMs, cursor.stepMs, cursor.untilMs));
      }
      Long before = last.put(sensor.id(), at);
      if (before == null || before < at) {
        return new Report(
            sensor.id(), sensor.family(), List.of(new Sample(at, values(sensor, at))));
      }
    }
  }

  private void beginCycle() {
    long now = nextCycleMs;
    episodes.values().forEach(list -> list.removeIf(e -> e.untilMs() < now));
    for (Episode episode : cycles.of(cycle, now)) {
      episodes.computeIfAbsent(episode.sensor().id(), s -> new ArrayList<>()).add(episode);
      queue.add(
          new Cursor(episode.sensor(), episode.fromMs(), episode.intervalMs(), episode.untilMs()));
    }
    cycle++;
    nextCycleMs = zeroMs + cycle * cycleMs;
  }

  private List<Value> values(Sensor sensor, long at) {
    List<Value> calm = background.values(sensor, at);
    List<Episode> now = episodes.get(sensor.id());
    if (now == null || now.isEmpty()) {
      return calm;
    }
    List<Value> values = new ArrayList<>(calm.size());
    for (Value value : calm) {
      for (Episode episode : now) {
        value = episode.over(value, at);
      }
      values.add(value);
    }
    return values;
  }

  private record Cursor(Sensor sensor, long nextMs, long stepMs, long untilMs)
      implements Comparable<Cursor> {
    @Override
    public int compareTo(Cursor other) {
      int byTime = Long.compare(nextMs, other.nextMs);
      return byTime != 0 ? byTime : sensor.id().compareTo(other.sensor.id());
    }
  }
}
