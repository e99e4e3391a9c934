package org.minusone.model;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A registered sensor.
 *
 * @param name what it is called on site
 * @param hazardClass of what is stored there ({@code flammable-liquid}); null elsewhere
 * @param quantities what this one measures, the most telling first; a subset of its family's
 * @param gateway the only one that may speak for it; null = any
 * @param aliases what payloads call it when not by its id: a DevEUI, a SenML name, a Sparkplug
 *     {@code group/edge/device}; unique within the site
 * @param calibrations by quantity; what is not there is taken as it comes
 * @param equipment what hangs there; {@link Equipment#UNKNOWN} where nobody wrote it down
 */
public record Sensor(
    SensorId id,
    Family family,
    Text name,
    Place place,
    String hazardClass,
    List<Quantity> quantities,
    String gateway,
    Set<String> aliases,
    Map<Quantity, Calibration> calibrations,
    Equipment equipment) {
  public Sensor {
    Objects.requireNonNull(id);
    Objects.requireNonNull(family);
    quantities = List.copyOf(quantities);
    // In order: what is written must be the same each time.
    aliases =
        aliases == null ? Set.of() : Collections.unmodifiableSortedSet(new TreeSet<>(aliases));
    calibrations = calibrations == null ? Map.of() : Map.copyOf(calibrations);
    equipment = equipment == null ? Equipment.UNKNOWN : equipment;
  }

  /** One that any gateway speaks for, by its id, in the quantities' own units. */
  public Sensor(
      SensorId id,
      Family family,
      Text name,
      Place place,
      String hazardClass,
      List<Quantity> quantities) {
    this(
        id,
        family,
        name,
        place,
        hazardClass,
        quantities,
        null,
        Set.of(),
        Map.of(),
        Equipment.UNKNOWN);
  }

  /**
   * The device as a thing.
   *
   * @param model maker and type; null unknown
   * @param installed null unknown
   * @param battery its type ({@code ER18505}); null = mains, or unknown
   * @param batteryReplaced null unknown
   */
  public record Equipment(
      String model, LocalDate installed, String battery, LocalDate batteryReplaced) {
    public static final Equipment UNKNOWN = new Equipment(null, null, null, null);
  }
}
