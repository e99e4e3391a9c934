package org.minusone.app.site;

import java.time.Instant;
import org.minusone.model.Family;
import org.minusone.model.Provisional;

/**
 * A sensor that sends and is not registered, with what is known of it.
 *
 * @param family null where its topic names none
 * @param gateway null on a topic of its own
 * @param admitted whether its readings are taken
 * @param firstHeard null where only rejections tell of it
 * @param lastHeard null where nobody counted
 * @param rejected readings of it that were refused; null where nobody counted
 */
public record UnknownSensor(
    String name,
    Family family,
    String gateway,
    boolean admitted,
    Instant firstHeard,
    Instant lastHeard,
    Long rejected) {
  /** As ingest wrote it down. */
  public static UnknownSensor of(Provisional one) {
    return new UnknownSensor(
        one.name(), one.family(), one.gateway(), one.admitted(), one.firstHeard(), null, null);
  }
}
