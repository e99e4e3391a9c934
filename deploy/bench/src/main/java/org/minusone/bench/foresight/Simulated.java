package org.minusone.bench.foresight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;

/**
 * Kinds of which nobody publishes recordings, at several paces: bodies that follow what drives them
 * with a delay of their own (first order), half of them to somewhere past the limit, the others to
 * somewhere short of it. All constants are D; the same seed gives the same readings.
 */
final class Simulated {
  private static final long SEED = 20_260_101;
  private static final int SENSORS = 60;
  private static final int[] EVERY_S = {10, 60, 300};
  private static final long START_MS = 1_767_225_600_000L; // 2026-01-01
  private static final SiteId SITE = new SiteId("bench");

  private Simulated() {}

  static List<Recording> all() {
    List<Recording> all = new ArrayList<>();
    for (int everyS : EVERY_S) {
      all.add(recording("stores", Family.HAZMAT_STORAGE, Quantity.TEMPERATURE, everyS, 8, .08, .1));
      all.add(recording("stores", Family.HAZMAT_STORAGE, Quantity.HUMIDITY, everyS, 8, .4, .5));
      all.add(recording("cables", Family.ELECTRICAL, Quantity.TEMPERATURE, everyS, 12, .15, .1));
    }
    return all;
  }

  private static Recording recording(
      String name,
      Family family,
      Quantity quantity,
      int everyS,
      int hours,
      double noise,
      double resolution) {
    Map<SensorId, List<Reading>> sensors = new TreeMap<>();
    for (int i = 0; i < SENSORS; i++) {
      Random random = new Random(SEED + i);
      Drive drive =
          family == Family.ELECTRICAL
              ? Drive.load(random, hours)
              : quantity == Quantity.HUMIDITY ? Drive.damp(random) : Drive.cooling(random);
      SensorId sensor =
          new SensorId("%s-%02d".formatted(name.toUpperCase(java.util.Locale.ROOT), i));
      SensorKey key = new SensorKey(SITE, sensor);
      List<Reading> readings = new ArrayList<>();
      double value = drive.rest();
      for (double at = 0; at < hours * 3600.0; ) {
        double shown = Math.rint((value + noise * random.nextGaussian()) / resolution) * resolution;
        long ms = START_MS + Math.round(at * 1000);
        readings.add(Reading.number(key, family, quantity, ms, ms, Stamp.OWN, shown));
        double step = everyS * (.97 + .06 * random.nextDouble());
        at += step;
        double towards = drive.towards().applyAsDouble(at);
        value += (towards - value) * -Math.expm1(-step / drive.delayS());
      }
      sensors.put(sensor, readings);
    }
    Kind kind = Kind.of(family, quantity).orElseThrow();
    return new Recording(name + " every " + everyS + " s", family, kind, sensors);
  }

  /**
   * @param towards what the value follows, by the second
   * @param delayS its time constant
   */
  private record Drive(double rest, DoubleUnaryOperator towards, double delayS) {
    /** A cooling that fails; now and then it is mended in time. */
    static Drive cooling(Random random) {
      double rest = between(random, 18, 24);
      double fails = between(random, 3600, 3 * 3600);
      double outside = random.nextBoolean() ? between(random, 33, 42) : between(random, 26, 29.5);
      double mended =
          random.nextInt(3) > 0 ? Double.MAX_VALUE : fails + between(random, 1800, 3 * 3600);
      return new Drive(
          rest, s -> s > fails && s < mended ? outside : rest, between(random, 1800, 3 * 3600));
    }

    static Drive damp(Random random) {
      double rest = between(random, 45, 62);
      double from = between(random, 3600, 3 * 3600);
      double wet = random.nextBoolean() ? between(random, 84, 95) : between(random, 66, 79);
      return new Drive(
          rest,
          s -> s > from && s < from + 2.5 * 3600 ? wet : rest + 3 * Math.sin(s / 7000),
          between(random, 1000, 2 * 3600));
    }

    /** A load that changes every half an hour or so: a third is too much, a third is much. */
    static Drive load(Random random, int hours) {
      double rest = between(random, 35, 45);
      TreeMap<Double, Double> loads = new TreeMap<>(Map.of(0.0, rest));
      for (double s = 0; s < hours * 3600.0; s += between(random, 1200, 5400)) {
        double celsius =
            switch (random.nextInt(3)) {
              case 0 -> between(random, 74, 100);
              case 1 -> between(random, 50, 66);
              default -> rest;
            };
        loads.put(s, celsius);
      }
      return new Drive(rest, s -> loads.floorEntry(s).getValue(), between(random, 300, 1500));
    }

    private static double between(Random random, double low, double high) {
      return low + (high - low) * random.nextDouble();
    }
  }
}
