package org.minusone.app.summary;

import java.time.Instant;
import org.minusone.model.Quantity;
import org.minusone.model.SensorId;

/**
 * A limit that was forewarned, and when it was crossed.
 *
 * @param limit in the quantity's unit
 * @param forewarnedAt event time
 * @param crossedAt event time; null while it has not been
 * @param leadS seconds between the two; null while not crossed
 */
public record Foreseen(
    String alert,
    SensorId sensor,
    Quantity quantity,
    double limit,
    Instant forewarnedAt,
    Instant crossedAt,
    Double leadS) {

  Foreseen crossed(Instant at) {
    double lead = (at.toEpochMilli() - forewarnedAt.toEpochMilli()) / 1000.0;
    return new Foreseen(alert, sensor, quantity, limit, forewarnedAt, at, lead);
  }
}
