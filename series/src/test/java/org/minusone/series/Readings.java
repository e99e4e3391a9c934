package org.minusone.series;

import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;

/** Readings for tests. */
public final class Readings {
  public static final SensorKey STORE_7 = key("fubao", "H-07");

  private Readings() {}

  public static SensorKey key(String site, String sensor) {
    return new SensorKey(new SiteId(site), new SensorId(sensor));
  }

  public static Reading celsius(SensorKey key, long timeMs, double value) {
    return Reading.number(
        key, Family.HAZMAT_STORAGE, Quantity.TEMPERATURE, timeMs, timeMs, Stamp.OWN, value);
  }

  public static Reading state(SensorKey key, long timeMs, String word) {
    return Reading.word(key, Family.SMOKE, Quantity.STATE, timeMs, timeMs, Stamp.OWN, word);
  }
}
