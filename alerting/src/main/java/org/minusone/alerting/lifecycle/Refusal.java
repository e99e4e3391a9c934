package org.minusone.alerting.lifecycle;

import java.util.Locale;

/** Why a command could not be carried out; the metric's label. */
public enum Refusal {
  /** No alert of that id is known, or it closed so long ago that it was forgotten. */
  UNKNOWN_ALERT,
  /** It is over. */
  CLOSED;

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
