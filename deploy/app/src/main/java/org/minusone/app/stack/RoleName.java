package org.minusone.app.stack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a process can be; one process can be several. */
public enum RoleName {
  INGEST,
  SERIES,
  RULES,
  ALERTING,
  CONSOLE;

  /** As it is said on the command line and in health: {@code ingest}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RoleName> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(RoleName::word).toList();
  }
}
