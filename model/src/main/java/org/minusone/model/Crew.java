package org.minusone.model;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * People who can be sent.
 *
 * @param families what they are skilled for
 * @param communities the Chinese names of the communities they cover; empty = the whole site
 * @param shifts when who is on duty; none = all of them, always
 * @param base where it sets out from; null where nobody said
 * @param district whether it stands for the district: asked when nobody else is left
 */
public record Crew(
    String id,
    Text name,
    List<Family> families,
    List<String> communities,
    List<Member> members,
    List<Shift> shifts,
    Base base,
    boolean district) {
  /** One of the site's own. */
  public Crew(
      String id,
      Text name,
      List<Family> families,
      List<String> communities,
      List<Member> members,
      List<Shift> shifts,
      Base base) {
    this(id, name, families, communities, members, shifts, base, false);
  }

  /** In the schematic metres of {@link Place}. */
  public record Base(double x, double y) {}

  public record Member(String id, String name, String phone, boolean lead) {}

  /**
   * @param members ids; empty = the whole crew
   */
  public record Shift(Weekly time, List<String> members) {
    public Shift {
      members = List.copyOf(members);
    }
  }

  public Crew {
    families = List.copyOf(families);
    communities = List.copyOf(communities);
    members = List.copyOf(members);
    shifts = shifts == null ? List.of() : List.copyOf(shifts); // none in what was applied before
  }

  /**
   * Whether it is sent for that family in that community.
   *
   * @param community its Chinese name; null where a place has none: then only who covers the whole
   *     site
   */
  public boolean covers(Family family, String community) {
    boolean there = community != null && communities.contains(community);
    return families.contains(family) && (communities.isEmpty() || there);
  }

  /** Those on duty, in the order of the crew. */
  public List<Member> onDuty(Instant at) {
    if (shifts.isEmpty()) {
      return members;
    }
    List<Shift> now = shifts.stream().filter(shift -> shift.time().contains(at)).toList();
    if (now.stream().anyMatch(shift -> shift.members().isEmpty())) {
      return members;
    }
    Set<String> ids =
        now.stream().flatMap(shift -> shift.members().stream()).collect(Collectors.toSet());
    return members.stream().filter(member -> ids.contains(member.id())).toList();
  }
}
