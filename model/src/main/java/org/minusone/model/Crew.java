package org.minusone.model;

import java.util.List;

/**
 * People who can be sent.
 *
 * @param families what they are skilled for
 * @param communities the Chinese names of the communities they cover; empty = the whole site
 */
public record Crew(
    String id, Text name, List<Family> families, List<String> communities, List<Member> members) {
  public record Member(String id, String name, String phone, boolean lead) {}
}
