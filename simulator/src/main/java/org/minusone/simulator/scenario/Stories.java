package org.minusone.simulator.scenario;

import java.time.Instant;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;
import org.minusone.simulator.physics.Episodic;
import org.minusone.simulator.physics.FirstOrder;

/**
 * The four stories of the demo. Times are seconds after the cycle's zero (ready, for the first):
 *
 * <pre>
 * story                       onset  foreseen  crossed  put right  reports
 * hazmat: cooling fails           0       ~12       85        240  every 1 s
 * flood point: cloudburst        60      ~141      180        330  every 1 s
 * electrical: loose terminal    120      ~132      240        360  every 1 s
 * smoke: smouldering            170      ~184      285        390  every 1 s, state fire at 290
 * </pre>
 *
 * Each rise is scaled to the way from this sensor's calm value to the limit, so that the times are
 * the same for every sensor and seed; "foreseen" is by the rules' usual methods (15 minutes, smoke
 * 60 s) and depends on the shape alone. Nothing lasts longer than {@value #LONGEST_S} s.
 */
final class Stories {
  static final double LONGEST_S = 560;
  static final long INTERVAL_MS = 1000;

  /** Limits where the site has no rule of its own; sources in the rule packs. */
  private static final double STORE_CELSIUS = 30;

  private static final double STREET_CM = 15;
  private static final double CABLE_CELSIUS = 70;
  private static final double SMOKE_DB_PER_M = 0.15;

  /** A detector calls fire after it has looked a few times, seconds past the limit (D). */
  private static final double FIRE_AFTER_S = 5;

  private final Background background;
  private final Limits limits;

  Stories(Background background, Limits limits) {
    this.background = background;
    this.limits = limits;
  }

  /**
   * The store warms towards the street outside, by Newton's law; condensed in time, a real one
   * takes the better part of an hour.
   */
  Episode coolingFails(Sensor store, long zeroMs) {
    double limit = limits.above(store, Quantity.TEMPERATURE, Level.ALARM, STORE_CELSIUS);
    double crossing = 85;
    double wayK = limit - background.course(store, Quantity.TEMPERATURE, zeroMs);
    FirstOrder warming = FirstOrder.through(0, 1.35 * wayK, wayK, crossing);
    Episodic rise = new Episodic(warming::at, 240, 45);
    return episode(
        store,
        "cooling fails",
        limit,
        zeroMs,
        new Times(0, crossing, rise.remedyS(), 520),
        Episode.Change.rise(Quantity.TEMPERATURE, rise::at));
  }

  /**
   * The street fills like a tank with rain in and the drain's flow, in proportion to depth, out.
   */
  Episode cloudburst(Sensor street, long zeroMs) {
    double limit = limits.above(street, Quantity.DEPTH, Level.WARN, STREET_CM);
    Times times = new Times(60, 120, 270, 500);
    double wayCm = limit - background.course(street, Quantity.DEPTH, zeroMs);
    // 1.15: the drain keeps up soon after, below the next level's gate.
    FirstOrder fill = FirstOrder.through(0, 1.15 * wayCm, wayCm, times.crossing());
    Episodic rise = new Episodic(fill::at, times.remedy(), 50);
    return episode(
        street, "cloudburst", limit, zeroMs, times, Episode.Change.rise(Quantity.DEPTH, rise::at));
  }

  /**
   * A loose terminal's contact resistance heats the cable; load and current stay what they were.
   */
  Episode looseTerminal(Sensor box, long zeroMs) {
    double limit = limits.above(box, Quantity.TEMPERATURE, Level.ALARM, CABLE_CELSIUS);
    Times times = new Times(120, 120, 240, 560);
    double wayK = limit - background.course(box, Quantity.TEMPERATURE, zeroMs);
    FirstOrder heat = FirstOrder.through(0, 1.2 * wayK, wayK, times.crossing());
    Episodic rise = new Episodic(heat::at, times.remedy(), 50);
    return episode(
        box,
        "loose terminal",
        limit,
        zeroMs,
        times,
        Episode.Change.rise(Quantity.TEMPERATURE, rise::at));
  }

  /** A smouldering source of constant strength in a room that exchanges its air. */
  Episode smouldering(Sensor detector, long zeroMs) {
    double limit = limits.above(detector, Quantity.OBSCURATION, Level.ALARM, SMOKE_DB_PER_M);
    Times times = new Times(170, 115, 220, 560);
    double way = limit - background.course(detector, Quantity.OBSCURATION, zeroMs);
    FirstOrder thicken = FirstOrder.through(0, 1.2 * way, way, times.crossing());
    Episodic smoke = new Episodic(thicken::at, times.remedy(), 40);
    double fireFrom = times.crossing() + FIRE_AFTER_S;
    double fireUntil = times.remedy() + 60;
    // A smouldering fire warms a ceiling by a few kelvin only.
    Episodic warmth = new Episodic(s -> 3 * thicken.at(s) / way, times.remedy(), 90);
    return episode(
        detector,
        "smouldering",
        limit,
        zeroMs,
        times,
        Episode.Change.rise(Quantity.OBSCURATION, smoke::at)
            .and(Episode.Change.rise(Quantity.TEMPERATURE, warmth::at))
            .and(
                (calm, s) ->
                    calm.quantity() == Quantity.STATE && s >= fireFrom && s < fireUntil
                        ? Value.of(Quantity.STATE, "fire")
                        : calm));
  }

  /**
   * Seconds.
   *
   * @param onset after the cycle's zero
   * @param crossing after onset
   * @param remedy after onset
   * @param end after the cycle's zero
   */
  private record Times(double onset, double crossing, double remedy, double end) {}

  private static Episode episode(
      Sensor sensor, String what, double limit, long zeroMs, Times times, Episode.Change change) {
    long from = zeroMs + Math.round(times.onset() * 1000);
    return new Episode(
        sensor,
        from,
        zeroMs + Math.round(times.end() * 1000),
        INTERVAL_MS,
        change,
        new Scenario.Planned(
            sensor.id(),
            what,
            limit,
            Instant.ofEpochMilli(from),
            Instant.ofEpochMilli(from + Math.round(times.crossing() * 1000)),
            Instant.ofEpochMilli(from + Math.round(times.remedy() * 1000))));
  }
}
