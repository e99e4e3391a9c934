package org.minusone.app.config;

import java.util.List;

/** What is wrong with a configuration: a line for each fault, with its place. */
public final class ConfigProblem extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigProblem(String line) {
    super(line);
  }

  public ConfigProblem(List<String> lines) {
    super(String.join(System.lineSeparator(), lines));
  }
}
