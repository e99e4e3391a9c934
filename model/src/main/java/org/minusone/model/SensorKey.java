package org.minusone.model;

import java.util.Objects;

/**
 * One sensor of one site or run; as text, {@code site/sensor}, the key of {@code readings} and
 * {@code quality}.
 */
public record SensorKey(SiteId site, SensorId sensor) {
  public SensorKey {
    Objects.requireNonNull(site);
    Objects.requireNonNull(sensor);
  }

  /**
   * @throws IllegalArgumentException unless {@code text} is {@code site/sensor}
   */
  public static SensorKey parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a sensor key: " + text);
    }
    return new SensorKey(
        new SiteId(text.substring(0, slash)), new SensorId(text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return site.value() + "/" + sensor.value();
  }
}
