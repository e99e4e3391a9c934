package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How bad it is, the mildest first: blue, yellow, orange, red in China's colours, 4 to 1 on the
 * screen.
 */
public enum Level {
  NOTICE(4),
  WARN(3),
  ALARM(2),
  CRITICAL(1);

  private final int number;

  Level(int number) {
    this.number = number;
  }

  /** 1 (red, the worst) to 4 (blue). */
  public int number() {
    return number;
  }

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isAtLeast(Level other) {
    return compareTo(other) >= 0;
  }

  public static Optional<Level> find(String id) {
    return Arrays.stream(values()).filter(l -> l.id().equals(id)).findFirst();
  }

  /**
   * @throws IllegalArgumentException for a word that names no level
   */
  @JsonCreator
  public static Level of(String id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("no such level: " + id));
  }
}
