package org.minusone.simulator.scenario;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;

/**
 * The demo, and on top of it so many crossings a minute: one electrical box after the other jumps
 * over its cable limit in one reading and is back five seconds later. It is left in peace until its
 * alert has cleared, so that each crossing is a fresh one.
 */
final class Crossings implements Scenario {
  static final String NAME = "crossings";

  private static final double CABLE_CELSIUS = 70;

  /** How long a box stays hot, and how often it reports while its alert clears, seconds (D). */
  private static final long HOT_S = 5;

  private static final long INTERVAL_MS = 5000;

  /** Beyond the rule's off-delay: for ticks, transport and doubt, seconds (D). */
  private static final long MARGIN_S = 30;

  /** Boxes kept for the demo's own story. */
  private static final int KEPT_FOR_STORY = 40;

  private final DemoStory demo;
  private final List<Sensor> boxes;
  private final Limits limits;
  private final double perMinute;
  private final long busyMs;

  /**
   * @param perMinute crossings a minute, evenly spread
   * @param most at most so many boxes take part; 0 = as many as there are
   * @throws IllegalArgumentException if the site has too few boxes for that many
   */
  Crossings(Setting setting, double perMinute, int most) {
    this.demo = new DemoStory(setting);
    this.limits = new Limits(setting.site());
    List<Sensor> all = new Cast(setting).candidates(Family.ELECTRICAL, Quantity.TEMPERATURE);
    double keepS =
        all.stream()
            .mapToDouble(box -> limits.keepFiringS(box, Quantity.TEMPERATURE))
            .max()
            .orElse(60);
    this.busyMs = Math.round((HOT_S + keepS + MARGIN_S) * 1000);
    int kept = Math.min(KEPT_FOR_STORY, all.size() / 4);
    List<Sensor> free = all.subList(kept, all.size());
    this.boxes = most > 0 && most < free.size() ? free.subList(0, most) : free;
    this.perMinute = perMinute;
    double reachable = boxes.size() * 60_000.0 / busyMs;
    if (!(perMinute > 0 && perMinute <= reachable)) {
      throw new IllegalArgumentException(
          "crossings: %s a minute; %d boxes that need %d s each allow more than 0, at most %d"
              .formatted(perMinute, boxes.size(), busyMs / 1000, (int) reachable));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Report> before(Instant now) {
    return demo.before(now);
  }

  @Override
  public Iterator<Report> from(Instant zero) {
    long zeroMs = zero.toEpochMilli();
    return new Timeline(
        demo.background(),
        demo.sensors(),
        zeroMs,
        DemoStory.CYCLE_MS,
        (cycle, cycleZeroMs) -> {
          List<Episode> episodes = new ArrayList<>(demo.episodes(cycle, cycleZeroMs));
          long until = cycleZeroMs + DemoStory.CYCLE_MS;
          for (long k = first(cycleZeroMs - zeroMs); at(zeroMs, k) < until; k++) {
            episodes.add(jump(boxes.get((int) (k % boxes.size())), at(zeroMs, k)));
          }
          return episodes;
        });
  }

  /** The first crossing at or after so many milliseconds. */
  private long first(long afterMs) {
    long k = Math.max(0, (long) (afterMs * perMinute / 60_000) - 1);
    while (at(0, k) < afterMs) {
      k++;
    }
    return k;
  }

  private long at(long zeroMs, long k) {
    return zeroMs + Math.round(k * 60_000.0 / perMinute);
  }

  private Episode jump(Sensor box, long fromMs) {
    double calm = demo.background().course(box, Quantity.TEMPERATURE, fromMs);
    double limit = limits.above(box, Quantity.TEMPERATURE, Level.ALARM, CABLE_CELSIUS);
    double rise = limit * 1.04 - calm;
    return new Episode(
        box,
        fromMs,
        fromMs + busyMs - INTERVAL_MS,
        INTERVAL_MS,
        Episode.Change.rise(Quantity.TEMPERATURE, s -> s < HOT_S ? rise : 0),
        new Planned(
            box.id(),
            "jump",
            limit,
            Instant.ofEpochMilli(fromMs),
            Instant.ofEpochMilli(fromMs),
            Instant.ofEpochMilli(fromMs + HOT_S * 1000)));
  }

  @Override
  public List<Planned> plan(Instant zero) {
    return demo.plan(zero);
  }
}
