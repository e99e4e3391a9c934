package org.minusone.rules.evaluate;

import java.util.List;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;

/**
 * What a {@code together} rule knows of one place.
 *
 * @param condition the rule as it was when this was decided
 * @param members those that hold, and those that held within the last hour
 * @param open the episode that is open; null when none is
 * @param last the id of the newest episode; null before the first
 * @param newestMs the greatest event time that counted
 */
public record PlaceState(
    Rule.Together condition, List<Member> members, Open open, String last, long newestMs) {
  public PlaceState {
    members = List.copyOf(members);
  }

  static PlaceState of(Rule.Together condition) {
    return new PlaceState(condition, List.of(), null, null, Long.MIN_VALUE);
  }

  /** Whether there is nothing to be kept. */
  public boolean isEmpty() {
    return members.isEmpty() && open == null;
  }

  /**
   * A sensor by one rule.
   *
   * @param level reached; null when it holds no more
   * @param sinceMs event time at which that, or a worse level, was last told
   * @param endedMs event time from which it holds no more; {@code Long.MAX_VALUE} while it holds
   * @param toldMs the greatest event time of its signals
   * @param known hashes of its last signals
   */
  public record Member(
      SensorId sensor,
      Family family,
      Quantity quantity,
      String rule,
      Level level,
      long sinceMs,
      long endedMs,
      long toldMs,
      Double value,
      String word,
      List<Long> known) {
    public Member {
      known = List.copyOf(known);
    }

    boolean holds() {
      return level != null;
    }

    boolean isOf(SensorId other, String name) {
      return sensor.equals(other) && rule.equals(name);
    }
  }

  /**
   * @param alert its id
   * @param first the member that was there first
   * @param startMs event time
   */
  public record Open(String alert, Member first, Level level, long startMs) {}
}
