package org.minusone.console.feed;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be said of a sensor now. <em>Never seen</em>, <em>stale</em>, <em>normal</em> differ.
 */
public enum SensorState {
  /** In the registry; nothing ever came from it. */
  NEVER_SEEN,
  NORMAL,
  /** A silent alert is open for it, or its last arrival is older than its family allows. */
  STALE,
  /** Its newest value of some quantity failed a quality test. */
  SUSPECT,
  /** A limit is reached or expected to be. */
  ALERT;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<SensorState> find(String id) {
    return Arrays.stream(values()).filter(s -> s.id().equals(id)).findFirst();
  }

  /** The first that holds: danger before doubt, doubt before normal. */
  static SensorState of(boolean danger, boolean seen, boolean quiet, boolean failed) {
    if (danger) {
      return ALERT;
    }
    if (quiet) {
      return STALE;
    }
    if (!seen) {
      return NEVER_SEEN;
    }
    return failed ? SUSPECT : NORMAL;
  }
}
