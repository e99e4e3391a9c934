package org.minusone.ingest.decode;

import org.minusone.model.Rejected;
import org.minusone.model.RejectionReason;

/**
 * Something of a message that became no reading.
 *
 * @param site whose sums it counts in; empty where the topic names none that is known, so that
 *     invented names cannot fill our memory
 * @param count how many readings it stands for
 */
public record Rejection(String site, Rejected rejected, int count) {
  /** Refuses one reading, or a whole message. */
  public static Rejection one(String site, RejectionReason reason, String detail) {
    return new Rejection(site, new Rejected(reason, detail), 1);
  }
}
