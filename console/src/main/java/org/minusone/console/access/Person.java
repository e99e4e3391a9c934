package org.minusone.console.access;

import java.util.List;
import java.util.Objects;
import org.minusone.model.Role;

/**
 * Somebody, or a script, that was let in: every command carries the name.
 *
 * @param crew the id of the crew whose jobs are this person's; null for who is in none
 * @param member the id within that crew; null for a phone that the whole crew shares
 */
public record Person(String name, Role role, String crew, String member) {
  public static final int LONGEST = 80;
  private static final String ID = "[a-z0-9][a-z0-9-]{0,63}";

  /**
   * @throws IllegalArgumentException unless the name has 1 to 80 characters, none of them control
   *     characters: it is shown, logged and kept; or where crew and member are no ids, or a crew is
   *     missing for {@link Role#CREW} or given to another
   */
  public Person {
    Objects.requireNonNull(role);
    if (name == null || name.isBlank() || name.length() > LONGEST) {
      throw new IllegalArgumentException("a name has 1 to " + LONGEST + " characters");
    }
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a name has no control characters");
    }
    if (crew != null && !crew.matches(ID) || member != null && !member.matches(ID)) {
      throw new IllegalArgumentException("crew and member are ids of crews.yaml");
    }
    if (crew == null && member != null) {
      throw new IllegalArgumentException("a member is of a crew: say which");
    }
    if (crew != null && role != Role.CREW) {
      throw new IllegalArgumentException("only the role crew is in a crew");
    }
  }

  /** Somebody in no crew. */
  public Person(String name, Role role) {
    this(name, role, null, null);
  }

  /** The fields after the role, for a {@link Seal}: none of them has a line break. */
  String sealed() {
    return crew == null ? name : String.join("\n", name, crew, member == null ? "" : member);
  }

  /** What {@link #sealed} made, also of a time before there were crews. */
  static Person unseal(Role role, List<String> fields) {
    String crew = fields.size() > 1 ? fields.get(1) : null;
    String member = fields.size() > 2 && !fields.get(2).isEmpty() ? fields.get(2) : null;
    return new Person(fields.get(0), role, crew, member);
  }
}
