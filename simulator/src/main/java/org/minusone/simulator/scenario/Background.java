package org.minusone.simulator.scenario;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;
import org.minusone.simulator.physics.CableHeating;
import org.minusone.simulator.physics.DailyCourse;
import org.minusone.simulator.physics.LoadCycle;
import org.minusone.simulator.physics.Noise;

/**
 * A calm day: each quantity's value of each sensor at any instant, inside every limit of the rule
 * packs with room for noise. A sensor has a character of its own (its seed), a daily course and
 * noise. All figures are defaults of ours (D), chosen against the limits of the families.
 */
final class Background {
  private static final DailyCourse AFTERNOON = new DailyCourse(15);
  private static final DailyCourse DAMP_MORNING = new DailyCourse(5);

  private final long seed;
  private final ZoneRules zone;

  Background(long seed, ZoneId zone) {
    this.seed = seed;
    this.zone = zone.getRules();
  }

  /** All that {@code sensor} measures at that instant. */
  List<Value> values(Sensor sensor, long timeMs) {
    List<Value> values = new ArrayList<>(sensor.quantities().size());
    for (Quantity quantity : sensor.quantities()) {
      values.add(value(sensor, quantity, timeMs));
    }
    return values;
  }

  Value value(Sensor sensor, Quantity quantity, long timeMs) {
    return switch (quantity) {
      case STATE -> Value.of(quantity, "normal");
      case PUMP_MODE -> Value.of(quantity, "auto");
      default -> {
        double noise = Noise.gauss(Noise.mix(key(sensor, quantity), timeMs));
        double value =
            course(sensor, quantity, timeMs) + noise * noiseOf(sensor.family(), quantity);
        yield Value.of(quantity, round(quantity, Math.max(value, floor(quantity))));
      }
    };
  }

  /** The value without noise, in the quantity's unit. */
  double course(Sensor sensor, Quantity quantity, long timeMs) {
    double hour = localHour(timeMs);
    Family family = sensor.family();
    return switch (quantity) {
      // Dry streets read 0; noise below it is cut off.
      case DEPTH -> 0;
      case TEMPERATURE -> temperature(sensor, hour);
      case HUMIDITY -> between(sensor, quantity, 48, 60) + 3 * DAMP_MORNING.at(hour);
      case GAS -> between(sensor, quantity, 0, 1.5);
      case RESIDUAL_CURRENT -> between(sensor, quantity, 20, 110) * (1 + 0.05 * AFTERNOON.at(hour));
      case VOLTAGE -> between(sensor, quantity, 222, 226) - 4 * (load(sensor, hour) - 30) / 30;
      case CURRENT -> load(sensor, hour) / 100 * ratedAmperes(sensor);
      case LOAD -> load(sensor, hour);
      case ARC -> 0;
      case PRESSURE -> between(sensor, quantity, 0.28, 0.42) - 0.015 * AFTERNOON.at(hour);
      case LEVEL -> between(sensor, quantity, 94, 97) + 0.5 * DAMP_MORNING.at(hour);
      case OBSCURATION -> between(sensor, quantity, 0.004, 0.018);
      // Cells of smoke detectors last for years; mains-backed ones float near full.
      case BATTERY -> family == Family.SMOKE ? between(sensor, quantity, 62, 99) : 97;
      case STATE, PUMP_MODE -> throw new IllegalArgumentException(quantity + " is a word");
    };
  }

  private double temperature(Sensor sensor, double hour) {
    return switch (sensor.family()) {
      // Cooled stores: well below 28 °C at the hottest hour.
      case HAZMAT_STORAGE ->
          between(sensor, Quantity.TEMPERATURE, 25.2, 25.9) + 0.35 * AFTERNOON.at(hour);
      case ELECTRICAL ->
          CableHeating.celsius(
              between(sensor, Quantity.TEMPERATURE, 24, 28) + 2 * AFTERNOON.at(hour),
              load(sensor, hour));
      case FIRE_FACILITY ->
          between(sensor, Quantity.TEMPERATURE, 21, 25) + 1.5 * AFTERNOON.at(hour);
      case SMOKE, FLOOD_POINT ->
          between(sensor, Quantity.TEMPERATURE, 23, 27) + 1.5 * AFTERNOON.at(hour);
    };
  }

  /** Percent of rated; at most 62. */
  private double load(Sensor sensor, double hour) {
    return new LoadCycle(
            between(sensor, Quantity.LOAD, 8, 25), between(sensor, Quantity.CURRENT, 12, 30))
        .percentAt(hour);
  }

  private double ratedAmperes(Sensor sensor) {
    double[] sizes = {16, 25, 32, 40, 63};
    return sizes[(int) (Noise.uniform(Noise.mix(key(sensor, Quantity.CURRENT), 7)) * sizes.length)];
  }

  /** Standard deviation of one reading, in the quantity's unit. */
  private static double noiseOf(Family family, Quantity quantity) {
    return switch (quantity) {
      case DEPTH -> 0.03;
      case TEMPERATURE -> family == Family.HAZMAT_STORAGE ? 0.015 : 0.08;
      case HUMIDITY -> 0.25;
      case GAS -> 0.1;
      case RESIDUAL_CURRENT -> 1.5;
      case VOLTAGE -> 0.35;
      case CURRENT -> 0.1;
      case LOAD -> 0.4;
      case ARC -> 0.5;
      case PRESSURE -> 0.002;
      case LEVEL -> 0.05;
      case OBSCURATION -> 0.0004;
      case BATTERY, STATE, PUMP_MODE -> 0;
    };
  }

  /** What an instrument cannot show: less than nothing. */
  private static double floor(Quantity quantity) {
    return quantity == Quantity.TEMPERATURE ? Double.NEGATIVE_INFINITY : 0;
  }

  /** To the instrument's resolution. */
  static double round(Quantity quantity, double value) {
    double steps =
        switch (quantity) {
          case ARC, BATTERY -> 1;
          case DEPTH, HUMIDITY, GAS, RESIDUAL_CURRENT, VOLTAGE, LOAD, LEVEL -> 10;
          case TEMPERATURE, CURRENT -> 100;
          case PRESSURE -> 1000;
          case OBSCURATION -> 10_000;
          case STATE, PUMP_MODE -> throw new IllegalArgumentException(quantity + " is a word");
        };
    return Math.round(value * steps) / steps;
  }

  /** This sensor's own place between two bounds. */
  private double between(Sensor sensor, Quantity quantity, double low, double high) {
    return low + (high - low) * Noise.uniform(key(sensor, quantity));
  }

  private long key(Sensor sensor, Quantity quantity) {
    return Noise.mix(Noise.mix(seed, Noise.of(sensor.id().value())), Noise.of(quantity.id()));
  }

  private double localHour(long timeMs) {
    long offsetMs = zone.getOffset(Instant.ofEpochMilli(timeMs)).getTotalSeconds() * 1000L;
    return Math.floorMod(timeMs + offsetMs, 86_400_000L) / 3_600_000.0;
  }
}
