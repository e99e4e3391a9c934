package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Why something received became no reading. The id is the metric label and the quarantine's column.
 */
public enum RejectionReason {
  /** The topic is not one of ours, or a level of it is malformed. */
  BAD_TOPIC,
  /** The bytes are not JSON, or not in a form we know. */
  BAD_PAYLOAD,
  TOO_LARGE,
  UNKNOWN_SITE,
  UNKNOWN_SENSOR,
  /** The topic names another family than the registry has for this sensor. */
  WRONG_FAMILY,
  UNKNOWN_QUANTITY,
  /** Null, NaN, or text where a number belongs. */
  NOT_A_NUMBER,
  /** A word the quantity does not know. */
  UNKNOWN_WORD,
  BAD_TIME,
  /** Readings for a run that has ended, or was never opened. */
  RUN_CLOSED;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
