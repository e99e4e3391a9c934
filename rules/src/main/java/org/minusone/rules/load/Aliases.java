package org.minusone.rules.load;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What payloads call sensors when not by their ids; each name means one sensor of the site. */
final class Aliases {
  private static final int LONGEST = 256;

  private final Map<String, Value> places = new LinkedHashMap<>();

  /** Those of one sensor; a single one needs no list. */
  Set<String> read(Value value) {
    Set<String> own = new LinkedHashSet<>();
    for (Value item : value.isList() ? value.items() : List.of(value)) {
      Optional<String> alias = item.text();
      if (alias.isEmpty()) {
        continue;
      }
      if (alias.get().length() > LONGEST || alias.get().chars().anyMatch(Character::isISOControl)) {
        item.error("an alias has 1 to " + LONGEST + " characters, none of them control characters");
        continue;
      }
      Value first = places.putIfAbsent(alias.get(), item);
      if (first == null) {
        own.add(alias.get());
      } else {
        item.error("duplicate alias '" + alias.get() + "', first at " + first.placeFrom(item));
      }
    }
    return own;
  }

  /** Once all sensors are read: an alias may not be a sensor's id. */
  void finish(Map<String, Value> ids) {
    places.forEach(
        (alias, place) -> {
          Value sensor = ids.get(alias);
          if (sensor != null) {
            place.error("alias '" + alias + "' is a sensor's id, at " + sensor.placeFrom(place));
          }
        });
  }
}
