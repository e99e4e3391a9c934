package org.minusone.rules.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong, so that one fault does not stop the search for the next. */
public final class Problems {
  /** A word of a mistyped million characters is still one line. */
  private static final int LONGEST_MESSAGE = 300;

  private final List<Problem> all = new ArrayList<>();

  public void error(Path file, int line, int column, String message) {
    all.add(new Problem(file, line, column, Problem.Severity.ERROR, oneLine(message)));
  }

  public void warning(Path file, int line, int column, String message) {
    all.add(new Problem(file, line, column, Problem.Severity.WARNING, oneLine(message)));
  }

  /** Sorted by place, each once. */
  public List<Problem> sorted() {
    return all.stream().distinct().sorted(Problem.BY_PLACE).toList();
  }

  private static String oneLine(String message) {
    String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}
