package org.minusone.bench;

/** Why nothing can be measured: one line for a person. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  Unusable(String message) {
    super(message);
  }
}
