package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A sensor's id, unique within its site: {@code H-07}. It is a topic level, a key part and a tag,
 * so its form is narrow.
 */
public record SensorId(@JsonValue String value) implements Comparable<SensorId> {
  private static final int LONGEST = 64;

  /**
   * @throws IllegalArgumentException unless {@code value} has 1 to 64 of {@code A-Z a-z 0-9 . _ -}
   *     and starts with a letter or digit
   */
  @JsonCreator
  public SensorId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a sensor id: " + value);
    }
  }

  /** Whether {@code text} would make a sensor id. By hand: every reading asks several times. */
  public static boolean isValid(String text) {
    if (text == null || text.isEmpty() || text.length() > LONGEST || !isLetterOrDigit(text, 0)) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(text, i) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(String text, int i) {
    char c = text.charAt(i);
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  @Override
  public int compareTo(SensorId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
