package org.minusone.series.store;

/** The store will never take these points as they are; the message says why, in its words. */
public final class StoreRefused extends Exception {
  private static final long serialVersionUID = 1;

  public StoreRefused(String message) {
    super(message);
  }
}
