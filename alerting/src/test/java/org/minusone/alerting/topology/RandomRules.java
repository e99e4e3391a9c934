package org.minusone.alerting.topology;

import static org.minusone.alerting.Store7.FUBAO;
import static org.minusone.alerting.Store7.HEAT;
import static org.minusone.alerting.Store7.NOON;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.minusone.alerting.Store7;
import org.minusone.model.Level;
import org.minusone.model.SensorId;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;

/** Says what the temperature rule of three sensors could say of any readings, in order. */
final class RandomRules {
  private static final List<Level> LEVELS = List.of(Level.WARN, Level.ALARM, Level.CRITICAL);

  private final Random random;
  private final List<Watched> sensors = new ArrayList<>();
  private long seconds;

  /** One sensor: how many levels are reached, which are foreseen. */
  private static final class Watched {
    final SensorId id;
    Instant start;
    int reached;
    final Set<Level> foreseen = EnumSet.noneOf(Level.class);

    Watched(String id) {
      this.id = new SensorId(id);
    }
  }

  RandomRules(Random random) {
    this.random = random;
    for (String id : List.of("H-07", "H-08", "H-09")) {
      sensors.add(new Watched(id));
    }
  }

  /** What the next reading brings; may be nothing. */
  List<Signal> next() {
    seconds += 1 + random.nextInt(20);
    Watched sensor = sensors.get(random.nextInt(sensors.size()));
    List<Signal> said = new ArrayList<>();
    int position = Math.max(0, random.nextInt(LEVELS.size() + 3) - 2);
    if (position > sensor.reached) {
      Level level = LEVELS.get(position - 1);
      sensor.reached = position;
      sensor.foreseen.removeIf(l -> level.isAtLeast(l));
      said.add(say(sensor, SignalKind.reached(level), level, null));
    }
    while (position < sensor.reached && random.nextInt(4) > 0) {
      Level level = LEVELS.get(--sensor.reached);
      said.add(say(sensor, SignalKind.CLEARED, level, "inside"));
    }
    for (Level level : LEVELS.subList(sensor.reached, LEVELS.size())) {
      boolean open = sensor.foreseen.contains(level);
      int dice = open ? 1 + random.nextInt(3) : random.nextInt(6);
      if (dice == 0) {
        sensor.foreseen.add(level);
        said.add(say(sensor, SignalKind.FOREWARNED, level, null));
      } else if (open && dice == 1) {
        said.add(say(sensor, SignalKind.UPDATED, level, null));
      } else if (open && dice == 2) {
        sensor.foreseen.remove(level);
        said.add(say(sensor, SignalKind.CLEARED, level, "withdrawn"));
      }
    }
    if (sensor.reached == 0 && sensor.foreseen.isEmpty()) {
      sensor.start = null;
    }
    return said;
  }

  private Signal say(Watched sensor, SignalKind kind, Level level, String cause) {
    Instant now = NOON.plusSeconds(seconds);
    sensor.start = sensor.start == null ? now : sensor.start;
    boolean ahead = kind == SignalKind.FOREWARNED || kind == SignalKind.UPDATED;
    Double eta = ahead ? (Double) (30.0 + random.nextInt(300)) : null;
    return Store7.signal(FUBAO, sensor.id, HEAT, sensor.start, now, kind, level, eta, cause);
  }
}
