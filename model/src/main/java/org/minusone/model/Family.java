package org.minusone.model;

import static org.minusone.model.Quantity.ARC;
import static org.minusone.model.Quantity.BATTERY;
import static org.minusone.model.Quantity.CURRENT;
import static org.minusone.model.Quantity.DEPTH;
import static org.minusone.model.Quantity.GAS;
import static org.minusone.model.Quantity.HUMIDITY;
import static org.minusone.model.Quantity.LEVEL;
import static org.minusone.model.Quantity.LOAD;
import static org.minusone.model.Quantity.OBSCURATION;
import static org.minusone.model.Quantity.PRESSURE;
import static org.minusone.model.Quantity.PUMP_MODE;
import static org.minusone.model.Quantity.RESIDUAL_CURRENT;
import static org.minusone.model.Quantity.STATE;
import static org.minusone.model.Quantity.TEMPERATURE;
import static org.minusone.model.Quantity.VOLTAGE;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A kind of sensor: what it measures and the slowest it reports. Periods are our own defaults (D).
 */
public enum Family {
  FLOOD_POINT("flood-point", Duration.ofSeconds(60), DEPTH),
  ELECTRICAL(
      "electrical",
      Duration.ofSeconds(60),
      RESIDUAL_CURRENT,
      TEMPERATURE,
      VOLTAGE,
      CURRENT,
      LOAD,
      ARC),
  FIRE_FACILITY("fire-facility", Duration.ofSeconds(60), PRESSURE, LEVEL, TEMPERATURE, PUMP_MODE),
  HAZMAT_STORAGE("hazmat-storage", Duration.ofSeconds(60), TEMPERATURE, HUMIDITY, GAS),
  SMOKE("smoke", Duration.ofHours(4), OBSCURATION, TEMPERATURE);

  private final String id;
  private final Duration slowestPeriod;
  private final List<Quantity> quantities;

  Family(String id, Duration slowestPeriod, Quantity... own) {
    this.id = id;
    this.slowestPeriod = slowestPeriod;
    Quantity[] all = Arrays.copyOf(own, own.length + 2);
    all[own.length] = BATTERY;
    all[own.length + 1] = STATE;
    this.quantities = List.of(all);
  }

  @JsonValue
  public String id() {
    return id;
  }

  /** The longest time between two readings of a healthy sensor. */
  public Duration slowestPeriod() {
    return slowestPeriod;
  }

  /** Three of the slowest periods without a reading: the sensor is silent. */
  public Duration silentAfter() {
    return slowestPeriod.multipliedBy(3);
  }

  /** What its sensors measure, the most telling first; {@code battery} and {@code state} last. */
  public List<Quantity> quantities() {
    return quantities;
  }

  public static Optional<Family> find(String id) {
    return Arrays.stream(values()).filter(f -> f.id.equals(id)).findFirst();
  }

  /**
   * @throws IllegalArgumentException for a word that names no family
   */
  @JsonCreator
  public static Family of(String id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("no such family: " + id));
  }
}
