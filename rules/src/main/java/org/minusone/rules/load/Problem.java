package org.minusone.rules.load;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;

/**
 * Something wrong in a file, where a person will look for it.
 *
 * @param file as it was handed in
 * @param line from 1
 * @param column from 1
 * @param severity an error keeps the files from being applied, a warning does not
 * @param message one line, without the place
 */
public record Problem(Path file, int line, int column, Severity severity, String message) {
  /** By file, line and column: the order in which an editor steps through them. */
  public static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem p) -> p.file().toString())
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::message);

  public enum Severity {
    ERROR,
    WARNING
  }

  public Problem {
    Objects.requireNonNull(file);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(message);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code file:line:column: message}; a warning says so before its message. */
  @Override
  public String toString() {
    String text = isError() ? message : "warning: " + message;
    return file + ":" + line + ":" + column + ": " + text;
  }
}
