package org.minusone.model;

/** Where a reading's time came from (CONTRACTS §2.1). */
public enum Stamp {
  /** The sensor's own. */
  OWN,
  /** The payload had none: its arrival, made strictly increasing per sensor. */
  ARRIVAL,
  /**
   * The sensor's own lay more than 60 s ahead of arrival: replaced by the arrival, made strictly
   * increasing.
   */
  REPLACED,
  /**
   * The sensor's own, of a value kept back while the line was down (Sparkplug's {@code
   * is_historical}): it is stored and never raises.
   */
  HISTORICAL
}
