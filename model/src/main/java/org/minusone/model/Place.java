package org.minusone.model;

/**
 * Where a sensor is. {@code x} and {@code y} are schematic coordinates in metres, x to the east, y
 * to the north.
 *
 * @param community 社区; null where the place has none
 * @param building null outdoors
 * @param floor as signed on the building ({@code 14}, {@code B1}); null outdoors
 */
public record Place(Text community, Text building, String floor, double x, double y) {}
