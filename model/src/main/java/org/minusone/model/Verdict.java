package org.minusone.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A later word on a reading (topic {@code quality}): a flag worse than the one it came with. It
 * carries the reading's value, so that whoever stores it can write the whole again.
 *
 * @param time the reading's own stamp, which with site, sensor and quantity is its identity
 * @param flag suspect or fail
 * @param test QARTOD's, {@code spike}
 * @param detail why, in words and numbers
 * @param value of the reading; null for a word
 * @param word of the reading; null for a number
 */
public record Verdict(
    SiteId site,
    Family family,
    SensorId sensor,
    Quantity quantity,
    Instant time,
    QualityFlag flag,
    String test,
    String detail,
    Double value,
    String word) {
  public Verdict {
    Objects.requireNonNull(site);
    Objects.requireNonNull(family);
    Objects.requireNonNull(sensor);
    Objects.requireNonNull(quantity);
    Objects.requireNonNull(time);
    Objects.requireNonNull(flag);
    Objects.requireNonNull(test);
  }

  public SensorKey key() {
    return new SensorKey(site, sensor);
  }
}
