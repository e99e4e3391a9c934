package org.minusone.simulator.scenario;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.minusone.model.Family;
import org.minusone.model.Place;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;

/** A site with as many sensors of each family as Fubao has, without rules. */
public final class SmallSite {
  private static final String LETTERS = "FEPHS";

  private SmallSite() {}

  public static SiteVersion likeFubao() {
    return of(12, 500, 104, 22, 657);
  }

  /** Sensors of each family, in the order of {@link Family}. */
  public static SiteVersion of(int... counts) {
    Map<SensorId, Sensor> sensors = new HashMap<>();
    for (Family family : Family.values()) {
      for (int i = 1; i <= counts[family.ordinal()]; i++) {
        SensorId id = new SensorId("%s-%03d".formatted(LETTERS.charAt(family.ordinal()), i));
        sensors.put(id, sensor(id, family));
      }
    }
    return new SiteVersion(
        new SiteId("fubao"),
        1,
        Instant.EPOCH,
        "test",
        Text.same("Fubao"),
        "Asia/Shanghai",
        true,
        sensors,
        List.of(),
        List.of());
  }

  private static Sensor sensor(SensorId id, Family family) {
    return new Sensor(
        id,
        family,
        Text.same(id.value()),
        new Place(null, null, null, 0, 0),
        null,
        family.quantities());
  }
}
