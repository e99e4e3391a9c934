package org.minusone.model;

import java.time.Instant;
import java.util.List;

/**
 * Sensors that are told of as one: those that came together in a place, or those of a gateway or
 * site that are silent at once.
 *
 * @param kind {@code floor}, {@code building}, {@code community}, {@code gateway}, {@code site}
 * @param id of that place or gateway; a floor is {@code building/floor}
 * @param name what a person calls it
 * @param count how many they are, also where {@code members} is cut short
 * @param outOf of a gateway or site, how many sensors it has; of a place, how many were needed
 * @param members the first {@value #MOST} of them, the first to be told first
 */
public record Group(String kind, String id, Text name, int count, int outOf, List<Member> members) {
  public static final int MOST = 100;

  public Group {
    members = members.size() <= MOST ? List.copyOf(members) : List.copyOf(members.subList(0, MOST));
  }

  /**
   * @param rule whose word it is
   * @param level that it has reached
   * @param since event time at which that was last told
   * @param value of the reading behind it; null for a word or none
   * @param word null for a number or none
   */
  public record Member(
      SensorId sensor, String rule, Level level, Instant since, Double value, String word) {}
}
