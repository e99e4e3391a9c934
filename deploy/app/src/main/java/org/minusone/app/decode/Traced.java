package org.minusone.app.decode;

import org.minusone.model.Calibration;
import org.minusone.model.Reading;

/**
 * A reading and what it was in the payload.
 *
 * @param origin null where it cannot be told for certain
 */
public record Traced(Reading reading, Origin origin) {
  /**
   * @param name what the payload calls the quantity
   * @param value as it stands in the payload
   * @param unit converted from; null where it is the quantity's own already
   * @param unitFrom who says so: {@code payload}, the {@code sensor}'s calibration, the {@code
   *     codec}'s entry; null without {@code unit}
   * @param calibration applied after the conversion; null = none
   */
  public record Origin(
      String name, Object value, String unit, String unitFrom, Calibration calibration) {}
}
