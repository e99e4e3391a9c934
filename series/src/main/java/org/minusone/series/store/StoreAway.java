package org.minusone.series.store;

/**
 * The store did not take it this time, for a reason that is not the points': unreachable, too busy,
 * a wrong password, a bucket that is missing.
 */
public final class StoreAway extends Exception {
  private static final long serialVersionUID = 1;

  public StoreAway(String message, Throwable cause) {
    super(message, cause);
  }
}
