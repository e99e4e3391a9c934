package org.minusone.app.config;

/**
 * Where a value came from.
 *
 * @param place {@code minusone.yaml:3}, the variable's name, the secret's file; for a person
 */
public record Origin(Kind kind, String place) {
  public enum Kind {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    SECRET_FILE,
    /** Of an embedded instance that runs. */
    RUNNING
  }

  static final Origin STANDARD = new Origin(Kind.DEFAULT, "default");
}
