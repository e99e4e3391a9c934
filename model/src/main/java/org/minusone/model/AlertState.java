package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Where an alert is in its life. Whether it was acknowledged is told beside it (ISA-18.2 keeps the
 * two apart).
 */
public enum AlertState {
  /** A limit is expected to be crossed; none was. */
  FOREWARNED,
  /** A limit is crossed. */
  ACTIVE,
  /** The danger is gone, but nobody acknowledged it yet. */
  CLEARED,
  /** The danger is gone and somebody knew, or the forewarning was withdrawn. */
  CLOSED;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isOpen() {
    return this != CLOSED;
  }
}
