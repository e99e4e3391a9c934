package org.minusone.simulator.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;
import org.minusone.simulator.physics.Noise;

/**
 * Who plays which part: the calm sensors of a family in a seeded order, each cycle the next. On a
 * later start the order is another one, so that the same store does not fail each time.
 */
final class Cast {
  private final Setting setting;
  private final long shuffle;

  Cast(Setting setting) {
    this.setting = setting;
    long newest =
        setting.newest().values().stream().mapToLong(i -> i.toEpochMilli()).max().orElse(0);
    this.shuffle = Noise.mix(setting.seed(), newest);
  }

  /** Sensors by id: the order on which nothing else depends. */
  static List<Sensor> byId(Setting setting) {
    return setting.site().sensors().values().stream()
        .sorted(Comparator.comparing(Sensor::id))
        .toList();
  }

  /** Who may be disturbed: measures it, and has no open alert. */
  List<Sensor> candidates(Family family, Quantity quantity) {
    List<Sensor> calm = new ArrayList<>();
    for (Sensor sensor : byId(setting)) {
      if (sensor.family() == family
          && sensor.quantities().contains(quantity)
          && !setting.inAlert().contains(sensor.id())) {
        calm.add(sensor);
      }
    }
    calm.sort(
        Comparator.<Sensor>comparingLong(s -> Noise.mix(shuffle, Noise.of(s.id().value())))
            .thenComparing(Sensor::id));
    return calm;
  }
}
