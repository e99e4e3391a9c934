package org.minusone.model;

import java.util.List;
import java.util.Objects;

/**
 * A registered sensor.
 *
 * @param name what it is called on site
 * @param hazardClass of what is stored there ({@code flammable-liquid}); null elsewhere
 * @param quantities what this one measures, the most telling first; a subset of its family's
 */
public record Sensor(
    SensorId id,
    Family family,
    Text name,
    Place place,
    String hazardClass,
    List<Quantity> quantities) {
  public Sensor {
    Objects.requireNonNull(id);
    Objects.requireNonNull(family);
    quantities = List.copyOf(quantities);
  }
}
