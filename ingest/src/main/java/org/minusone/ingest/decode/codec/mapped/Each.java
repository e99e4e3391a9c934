package org.minusone.ingest.decode.codec.mapped;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minusone.ingest.decode.codec.Options;

/**
 * Which nodes of a message are its entries: a JSON pointer in which {@code *} stands for every
 * member of an array or object. {@code /devices/*}{@code /records/*} is every record of every
 * device; empty, the message itself is its one entry.
 */
final class Each {
  /** Entries a message may have. */
  static final int MAX_ENTRIES = 10_000;

  private static final String EVERY = "*";

  private final String text;
  private final List<String> steps;

  private Each(String text, List<String> steps) {
    this.text = text;
    this.steps = steps;
  }

  static Each of(Options options, String option) {
    String text = options.text(option);
    if (text == null || text.isEmpty()) {
      return new Each("", List.of());
    }
    if (!text.startsWith("/")) {
      throw options.wrong(
          option, "a path from the root such as /data/* belongs here, this is " + text);
    }
    Path.checkPointer(options, option, text);
    List<String> steps = new ArrayList<>();
    for (JsonPointer rest = JsonPointer.compile(text); !rest.matches(); rest = rest.tail()) {
      steps.add(rest.getMatchingProperty());
    }
    return new Each(text, List.copyOf(steps));
  }

  /** How many levels below the root the entries are. */
  int depth() {
    return steps.size();
  }

  /** At most {@link #MAX_ENTRIES} and one more. */
  List<Place> entries(JsonNode root) {
    List<Place> entries = new ArrayList<>();
    gather(Place.root(root), 0, entries);
    return entries;
  }

  private void gather(Place place, int step, List<Place> entries) {
    if (entries.size() > MAX_ENTRIES) {
      return;
    }
    if (step == steps.size()) {
      entries.add(place);
      return;
    }
    String name = steps.get(step);
    JsonNode node = place.node();
    if (!name.equals(EVERY)) {
      JsonNode below = node.at(JsonPointer.empty().appendProperty(name));
      if (!below.isMissingNode()) {
        gather(new Place(below, name, place), step + 1, entries);
      }
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        gather(new Place(member.getValue(), member.getKey(), place), step + 1, entries);
      }
    } else {
      for (int i = 0; i < node.size(); i++) {
        gather(new Place(node.get(i), Integer.toString(i), place), step + 1, entries);
      }
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
