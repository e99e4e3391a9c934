package org.minusone.console.access;

import java.util.Objects;
import org.minusone.model.Role;

/** Somebody, or a script, that was let in: every command carries the name. */
public record Person(String name, Role role) {
  private static final int LONGEST = 80;

  /**
   * @throws IllegalArgumentException unless the name has 1 to 80 characters, none of them control
   *     characters: it is shown, logged and kept
   */
  public Person {
    Objects.requireNonNull(role);
    if (name == null || name.isBlank() || name.length() > LONGEST) {
      throw new IllegalArgumentException("a name has 1 to " + LONGEST + " characters");
    }
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a name has no control characters");
    }
  }
}
