package org.minusone.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A sensor's id, unique within its site: {@code H-07}. It is a topic level, a key part and a tag,
 * so its form is narrow.
 */
public record SensorId(@JsonValue String value) implements Comparable<SensorId> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

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

  /** Whether {@code text} would make a sensor id. */
  public static boolean isValid(String text) {
    return text != null && FORM.matcher(text).matches();
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
