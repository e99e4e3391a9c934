package org.minusone.ingest.decode.codec.mapped;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A node of a document, and the way to it.
 *
 * @param key its name or index in what it is in
 * @param parent what it is in; null for the root
 */
record Place(JsonNode node, String key, Place parent) {
  static Place root(JsonNode node) {
    return new Place(node, "", null);
  }

  /**
   * @throws NullPointerException above the root: configuration makes sure of that
   */
  Place up(int levels) {
    Place place = this;
    for (int i = 0; i < levels; i++) {
      place = place.parent;
    }
    return place;
  }

  /** As a pointer from the root, for a person; empty for the root. */
  @Override
  public String toString() {
    return parent == null ? "" : parent + "/" + key;
  }
}
