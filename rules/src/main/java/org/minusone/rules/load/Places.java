package org.minusone.rules.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.minusone.model.Crew;
import org.minusone.model.Place;
import org.minusone.model.Text;

/** The communities and buildings of {@code places.yaml}, to which sensors and crews refer by id. */
final class Places {
  /** Ids of communities, buildings, crews and members. */
  static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private record Building(
      Text name, String community, Floors floors, double x, double y, Place.Contact contact) {}

  private final Map<String, Text> communities = new LinkedHashMap<>();
  private final Map<String, Place.Contact> contacts = new LinkedHashMap<>();
  private final Map<String, Building> buildings = new LinkedHashMap<>();
  private final Map<String, Value> seen = new LinkedHashMap<>();

  /**
   * False while what there is could not be read: then no reference can be told from a wrong one.
   */
  private boolean known;

  /** Adds what {@code places.yaml} has. */
  void read(Value root) {
    Optional<Section> top = root.section();
    if (top.isEmpty()) {
      return;
    }
    known = true;
    top.get().require("communities").ifPresent(list -> list.items().forEach(this::community));
    top.get().take("buildings").ifPresent(list -> list.items().forEach(this::building));
    top.get().finish();
  }

  private void community(Value item) {
    Optional<Section> section = item.as("community").section();
    if (section.isEmpty()) {
      return;
    }
    Optional<String> id = section.get().require("id").flatMap(value -> id(value, "community"));
    Optional<Text> name = section.get().require("name").flatMap(Value::bilingual);
    Optional<Place.Contact> contact = section.get().take("contact").flatMap(Places::contact);
    section.get().finish();
    id.ifPresent(i -> communities.put(i, name.orElse(Text.same(i))));
    id.ifPresent(i -> contact.ifPresent(c -> contacts.put(i, c)));
  }

  /** {@code {name: 王师傅, phone: 000-0000-1101}}. */
  private static Optional<Place.Contact> contact(Value value) {
    Optional<Section> section = value.section();
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> name = section.get().require("name").flatMap(Value::text);
    Optional<String> phone = section.get().require("phone").flatMap(Value::text);
    section.get().finish();
    return name.isEmpty() || phone.isEmpty()
        ? Optional.empty()
        : Optional.of(new Place.Contact(name.get(), phone.get()));
  }

  private void building(Value item) {
    Optional<Section> section = item.as("building").section();
    if (section.isEmpty()) {
      return;
    }
    Optional<String> id = section.get().require("id").flatMap(value -> id(value, "building"));
    Optional<Text> name = section.get().require("name").flatMap(Value::bilingual);
    Optional<String> community = section.get().require("community").flatMap(this::communityId);
    Floors floors = section.get().take("floors").flatMap(Places::floors).orElse(null);
    double x = section.get().require("x").map(Value::number).flatMap(Places::boxed).orElse(0.0);
    double y = section.get().require("y").map(Value::number).flatMap(Places::boxed).orElse(0.0);
    Place.Contact contact =
        section
            .get()
            .take("contact")
            .flatMap(Places::contact)
            .or(() -> community.map(contacts::get))
            .orElse(null);
    section.get().finish();
    id.ifPresent(
        i ->
            buildings.put(
                i,
                new Building(
                    name.orElse(Text.same(i)), community.orElse(null), floors, x, y, contact)));
  }

  /** An id that no other {@code kind} has. */
  private Optional<String> id(Value value, String kind) {
    Optional<String> id = id(value);
    if (id.isEmpty()) {
      return id;
    }
    Value first = seen.putIfAbsent(kind + " " + id.get(), value);
    if (first != null) {
      value.error("duplicate " + kind + " '" + id.get() + "', first at " + first.placeFrom(value));
      return Optional.empty();
    }
    return id;
  }

  /** A word in the form of our ids. */
  static Optional<String> id(Value value) {
    Optional<String> id = value.text();
    if (id.isPresent() && !ID.matcher(id.get()).matches()) {
      value.error("'" + id.get() + "' is no id: a-z, 0-9 and -, at most 64");
      return Optional.empty();
    }
    return id;
  }

  private static Optional<Floors> floors(Value value) {
    Optional<String> text = value.text();
    Optional<Floors> floors = text.flatMap(Floors::parse);
    if (text.isPresent() && floors.isEmpty()) {
      value.error("'floors' must be such as B1..14, lowest first, not '" + text.get() + "'");
    }
    return floors;
  }

  private Optional<String> communityId(Value value) {
    return !known ? Optional.empty() : value.word("community", communities.keySet());
  }

  boolean isKnown() {
    return known;
  }

  Set<String> communityIds() {
    return communities.keySet();
  }

  Set<String> buildingIds() {
    return buildings.keySet();
  }

  /** The Chinese name of the community that {@code value} names by its id. */
  Optional<String> communityName(Value value) {
    return communityId(value).map(communities::get).map(t -> t.zh() == null ? t.en() : t.zh());
  }

  /** Where a crew sets out from: the building that {@code value} names by its id. */
  Optional<Crew.Base> baseAt(Value value) {
    return !known
        ? Optional.empty()
        : value
            .word("building", buildings.keySet())
            .map(buildings::get)
            .map(building -> new Crew.Base(building.x(), building.y()));
  }

  /**
   * Where a sensor is: in a {@code building} (with {@code floor}; {@code x}, {@code y} are the
   * building's unless given), or outdoors in a {@code community} at {@code x}, {@code y}.
   */
  Optional<Place> of(Section sensor) {
    Optional<Value> written = sensor.take("building");
    Optional<Building> building =
        written
            .filter(value -> known)
            .flatMap(value -> value.word("building", buildings.keySet()))
            .map(buildings::get);
    Optional<String> community =
        (written.isPresent() ? sensor.take("community") : sensor.require("community"))
            .flatMap(this::communityId);
    Optional<Double> x = coordinate(sensor, "x", written.isPresent());
    Optional<Double> y = coordinate(sensor, "y", written.isPresent());
    Optional<String> floor = sensor.take("floor").flatMap(value -> floor(value, building));
    if (written.isPresent()) {
      if (building.isEmpty()) {
        return Optional.empty();
      }
      String its = building.get().community();
      if (community.isPresent() && !community.get().equals(its)) {
        String name = written.get().raw().orElse("");
        sensor.take("community").orElseThrow().error("building '" + name + "' is in '" + its + "'");
      }
      return Optional.of(
          new Place(
              its == null ? null : communities.get(its),
              building.get().name(),
              floor.orElse(null),
              x.orElse(building.get().x()),
              y.orElse(building.get().y()),
              its,
              written.get().raw().orElse(null),
              building.get().contact()));
    }
    return community.isEmpty() || x.isEmpty() || y.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Place(
                communities.get(community.get()),
                null,
                null,
                x.get(),
                y.get(),
                community.get(),
                null,
                contacts.get(community.get())));
  }

  private static Optional<String> floor(Value value, Optional<Building> building) {
    Optional<String> floor = value.text();
    if (floor.isEmpty() || building.isEmpty()) {
      return floor;
    }
    Floors floors = building.get().floors();
    if (floors != null && !floors.has(floor.get())) {
      value.error("there is no floor '" + floor.get() + "': this building has " + floors);
      return Optional.empty();
    }
    return floor;
  }

  private static Optional<Double> coordinate(Section sensor, String axis, boolean optional) {
    Optional<Value> value = optional ? sensor.take(axis) : sensor.require(axis);
    return value.map(Value::number).flatMap(Places::boxed);
  }

  private static Optional<Double> boxed(OptionalDouble number) {
    return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
  }
}
