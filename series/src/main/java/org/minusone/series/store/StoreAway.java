package org.minusone.series.store;

import java.util.Objects;

/**
 * The store did not take it this time, for a reason that is not the points': unreachable, too busy,
 * a wrong password, a bucket that is missing.
 */
public final class StoreAway extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param message what a person reads; never null
   */
  public StoreAway(String message, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
  }
}
