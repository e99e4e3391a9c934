package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a rule has to say. {@code NOTICE} to {@code CRITICAL} say that a level was reached. */
public enum SignalKind {
  /** A limit is expected to be crossed within the horizon. */
  FOREWARNED,
  /** The expected crossing of an open forewarning moved noticeably. */
  UPDATED,
  NOTICE,
  WARN,
  ALARM,
  CRITICAL,
  /** A level was left, or a forewarning withdrawn, at the limit it names. */
  CLEARED,
  SILENT,
  SUSPECT;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static SignalKind of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** The kind that says {@code level} was reached. */
  public static SignalKind reached(Level level) {
    return valueOf(level.name());
  }

  /** Whether a level was reached. */
  public boolean isReached() {
    return this == NOTICE || this == WARN || this == ALARM || this == CRITICAL;
  }
}
