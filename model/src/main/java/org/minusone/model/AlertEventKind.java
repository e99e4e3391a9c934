package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What happened to an alert. */
public enum AlertEventKind {
  FOREWARNED,
  /** An expected crossing moved. */
  UPDATED,
  /** The first level was reached. */
  RAISED,
  /** A higher level was reached. */
  ESCALATED,
  /** A level was left; a lower one is still reached. */
  EASED,
  /** A forewarning was withdrawn; others, or a level, remain. */
  WITHDRAWN,
  ACKNOWLEDGED,
  COMMENTED,
  SILENT,
  REPORTING,
  /** An alert about its gateway or site stands for it now. */
  FOLDED,
  /** That alert is over and this one is not: it stands for itself again. */
  UNFOLDED,
  /** The last level was left or the last forewarning withdrawn; nobody had acknowledged it. */
  CLEARED,
  /** It is over. */
  CLOSED;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
