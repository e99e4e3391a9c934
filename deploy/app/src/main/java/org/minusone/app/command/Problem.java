package org.minusone.app.command;

/** Why a command cannot go on: one line for a person that says what to do. */
public final class Problem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private Problem(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What was asked for does not make sense: exit 2. */
  static Problem usage(String message) {
    return new Problem(2, message);
  }

  /** A check failed: exit 1. */
  static Problem failed(String message) {
    return new Problem(1, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
