package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a crew has come with a {@link Job}. */
public enum JobState {
  /** Nobody is left who could be asked: the district's own desk must send somebody. */
  UNASSIGNED,
  /** Somebody was asked and has not answered. */
  DISPATCHED,
  ACCEPTED,
  EN_ROUTE,
  ARRIVED,
  /** The crew reported what it found and did. */
  RESOLVED,
  /** The danger was gone before anybody had accepted. */
  CANCELLED;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static JobState of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  public boolean isOpen() {
    return this != RESOLVED && this != CANCELLED;
  }

  /** Whether a crew said that it does it. */
  public boolean isTaken() {
    return this == ACCEPTED || this == EN_ROUTE || this == ARRIVED;
  }
}
