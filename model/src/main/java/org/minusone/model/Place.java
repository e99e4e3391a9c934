package org.minusone.model;

/**
 * Where a sensor is. {@code x} and {@code y} are schematic coordinates in metres, x to the east, y
 * to the north.
 *
 * @param community 社区; null where the place has none
 * @param building null outdoors
 * @param floor as signed on the building ({@code 14}, {@code B1}); null outdoors
 * @param communityId as {@code places.yaml} has it; null where not known
 * @param buildingId as {@code places.yaml} has it; null outdoors and where not known
 * @param contact whom a crew or the centre can call there: the building's, else the community's;
 *     null where nobody is named
 */
public record Place(
    Text community,
    Text building,
    String floor,
    double x,
    double y,
    String communityId,
    String buildingId,
    Contact contact) {
  /** Somebody there: a caretaker, a community's duty desk. */
  public record Contact(String name, String phone) {}

  /** One where nobody is named. */
  public Place(
      Text community,
      Text building,
      String floor,
      double x,
      double y,
      String communityId,
      String buildingId) {
    this(community, building, floor, x, y, communityId, buildingId, null);
  }

  /** One that no rule can name. */
  public Place(Text community, Text building, String floor, double x, double y) {
    this(community, building, floor, x, y, null, null);
  }
}
