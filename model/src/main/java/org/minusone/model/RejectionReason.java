package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Why something received became no reading. The id is the metric label and the quarantine's column.
 */
public enum RejectionReason {
  /** The topic is not one of ours, or a level of it is malformed. */
  BAD_TOPIC,
  /** The bytes are not of the format spoken on that topic. */
  BAD_PAYLOAD,
  TOO_LARGE,
  UNKNOWN_SITE,
  UNKNOWN_SENSOR,
  /** The topic names another family than the registry has for this sensor. */
  WRONG_FAMILY,
  /** The registry gives this sensor to another gateway. */
  WRONG_GATEWAY,
  UNKNOWN_QUANTITY,
  /** A unit we know no conversion from. */
  UNKNOWN_UNIT,
  /** Null, NaN, or text where a number belongs. */
  NOT_A_NUMBER,
  /** A word the quantity does not know. */
  UNKNOWN_WORD,
  BAD_TIME,
  /** It refers to an announcement that we have not seen: a Sparkplug alias before its BIRTH. */
  NO_BIRTH,
  /** Readings for a run that has ended, or was never opened. */
  RUN_CLOSED;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
