package org.minusone.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;

/** Stores that warm, cool, jump, fail and repeat themselves, all from a seed. */
public final class SeededReadings {
  public static final SiteId SITE = new SiteId("fubao");
  public static final Instant START = Instant.parse("2026-07-01T04:00:00Z");
  private static final List<String> WORDS = List.of("normal", "normal", "low-battery", "fire");

  private SeededReadings() {}

  /**
   * In order of arrival, which is half a second after the reading.
   *
   * @param disorder whether some come twice or late
   */
  public static List<Reading> of(long seed, int sensors, int steps, boolean disorder) {
    Random random = new Random(seed);
    List<Reading> readings = new ArrayList<>();
    double[] heat = new double[sensors];
    double[] slope = new double[sensors];
    double[] damp = new double[sensors];
    for (int i = 0; i < sensors; i++) {
      heat[i] = 24 + random.nextDouble() * 4;
      damp[i] = 60 + random.nextDouble() * 10;
    }
    long now = START.toEpochMilli();
    for (int step = 0; step < steps; step++) {
      now += 5_000 + random.nextInt(40) * 500L;
      if (random.nextInt(60) == 0) {
        now += 4_000_000; // a gap
      }
      for (int i = 0; i < sensors; i++) {
        if (random.nextInt(4) == 0) {
          continue;
        }
        if (random.nextInt(12) == 0) {
          slope[i] = random.nextGaussian() * .6;
        }
        heat[i] = Math.max(15, Math.min(42, heat[i] + slope[i] + random.nextGaussian() * .05));
        damp[i] = Math.max(40, Math.min(95, damp[i] + random.nextGaussian() * 2));
        SensorKey key = new SensorKey(SITE, new SensorId("H-" + i));
        long time = now + i;
        int odd = random.nextInt(30);
        double shown = Math.rint(heat[i] * 10) / 10 + (odd == 1 ? 14 : 0); // a spike
        double value = odd == 0 ? 5000 : shown;
        readings.add(number(key, Quantity.TEMPERATURE, time, now, value));
        readings.add(number(key, Quantity.HUMIDITY, time, now, Math.rint(damp[i])));
        if (random.nextInt(5) == 0) {
          String word = WORDS.get(random.nextInt(WORDS.size()));
          readings.add(
              Reading.word(
                  key, Family.HAZMAT_STORAGE, Quantity.STATE, time, now + 500, Stamp.OWN, word));
        }
        if (disorder && random.nextInt(10) == 0) {
          readings.add(readings.get(readings.size() - 1 - random.nextInt(2)));
        }
        if (disorder && random.nextInt(10) == 0) {
          long late = time - random.nextInt(400_000);
          readings.add(number(key, Quantity.TEMPERATURE, late, now, 24 + random.nextInt(14)));
        }
      }
    }
    return readings;
  }

  private static Reading number(
      SensorKey key, Quantity quantity, long time, long now, double value) {
    return Reading.number(key, Family.HAZMAT_STORAGE, quantity, time, now + 500, Stamp.OWN, value);
  }
}
