package org.minusone.app.embedded;

/** Why nothing starts. The message is one line for a person, and says what to do. */
public final class StartProblem extends Exception {
  private static final long serialVersionUID = 1L;

  public StartProblem(String message) {
    super(message);
  }

  public StartProblem(String message, Throwable cause) {
    super(message, cause);
  }

  /** The last words of {@code failure} that say something, in one line. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return text.strip().lines().findFirst().orElse(root.getClass().getSimpleName());
  }
}
