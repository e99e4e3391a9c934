package org.minusone.rules.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.Family;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.Text;
import org.minusone.rules.load.FixtureReader.Fixture;

/**
 * {@code sensors/*.yaml}: the family once, what its sensors measure and what they have in common
 * once (or by kind), then a line for each sensor.
 */
final class SensorsReader {
  /** What a store holds decides how warm and how damp it may become (DOMAIN §2). */
  static final List<String> HAZARD_CLASSES =
      List.of(
          "flammable-liquid",
          "oxidiser",
          "corrosive",
          "compressed-gas",
          "toxic",
          "peroxide",
          "water-reactive");

  /** What sensors of a kind have in common. */
  private record Kind(List<Quantity> quantities, Fixture fixture) {}

  /** What the top of a file says. */
  private record Common(
      Optional<Family> family,
      Optional<List<Quantity>> quantities,
      Map<String, Kind> kinds,
      Fixture fixture) {}

  private final Places places;
  private final FixtureReader fixtures;
  private final Aliases aliases = new Aliases();
  private final Map<SensorId, Sensor> sensors = new LinkedHashMap<>();
  private final Map<String, Value> seen = new HashMap<>();

  SensorsReader(Places places, FixtureReader fixtures) {
    this.places = places;
    this.fixtures = fixtures;
  }

  Map<SensorId, Sensor> sensors() {
    return sensors;
  }

  void read(Value root) {
    Optional<Section> section = root.section();
    if (section.isEmpty()) {
      return;
    }
    Section top = section.get();
    Optional<Family> family =
        top.require("family")
            .flatMap(value -> value.word("family", Arrays.asList(Family.values()), Family::id));
    Optional<List<Quantity>> usual = top.take("quantities").map(q -> quantities(q, family));
    Map<String, Kind> kinds = new LinkedHashMap<>();
    Optional<Section> named = top.take("kinds").flatMap(Value::section);
    if (named.isPresent()) {
      for (Section.Entry entry : named.get().entries()) {
        kinds.put(entry.value().name(), kind(entry.value(), family));
      }
      named.get().finish();
    }
    Fixture fixture = fixtures.read(top, measured(family), familyName(family));
    List<Value> items = top.require("sensors").map(Value::items).orElse(List.of());
    top.finish();
    Common common = new Common(family, usual, kinds, fixture);
    for (Value item : items) {
      item.as("sensor").section().ifPresent(s -> sensor(s, common));
    }
  }

  /** Speaks of what only the whole site shows. Call once all files were read. */
  void finish() {
    aliases.finish(seen);
  }

  private static List<Quantity> measured(Optional<Family> family) {
    return family.map(Family::quantities).orElse(List.of(Quantity.values()));
  }

  private static String familyName(Optional<Family> family) {
    return family.map(Family::id).orElse("this family");
  }

  /** Quantities alone, or a mapping that has them among others. */
  private Kind kind(Value value, Optional<Family> family) {
    if (!value.isMapping()) {
      return new Kind(quantities(value, family), Fixture.UNKNOWN);
    }
    Section section = value.section().orElseThrow();
    List<Quantity> quantities =
        section.require("quantities").map(q -> quantities(q, family)).orElse(List.of());
    Fixture fixture = fixtures.read(section, quantities, "this kind");
    section.finish();
    return new Kind(quantities, fixture);
  }

  private static List<Quantity> quantities(Value value, Optional<Family> family) {
    List<Quantity> known = measured(family);
    if (value.isList() && value.items().isEmpty()) {
      value.error("'" + value.name() + "' lists no quantity");
    }
    List<Quantity> quantities = new ArrayList<>();
    for (Value item : value.isList() ? value.items() : List.of(value)) {
      Optional<Quantity> foreign =
          item.raw().flatMap(Quantity::find).filter(q -> !known.contains(q));
      if (foreign.isPresent()) {
        String id = foreign.get().id();
        item.error(family.orElseThrow().id() + " has no quantity '" + id + "'");
      } else {
        quantities.addAll(item.words("quantity", known, Quantity::id));
      }
    }
    return quantities.stream().distinct().toList();
  }

  private void sensor(Section section, Common common) {
    Optional<Family> family = common.family();
    Optional<SensorId> id = section.require("id").flatMap(this::id);
    Optional<Text> name = section.require("name").flatMap(Value::bilingual);
    Optional<Place> place = places.of(section);
    Optional<Kind> kind =
        section
            .take("kind")
            .flatMap(value -> value.word("kind", common.kinds().keySet()))
            .map(common.kinds()::get);
    Optional<List<Quantity>> own = section.take("quantities").map(q -> quantities(q, family));
    String hazardClass = hazardClass(section, family);
    if (common.quantities().isEmpty() && !section.has("kind") && !section.has("quantities")) {
      section.whole().error("what does it measure? no 'kind', and no 'quantities' here or above");
    }
    List<Quantity> quantities =
        own.or(() -> kind.map(Kind::quantities)).or(common::quantities).orElse(List.of());
    Fixture said =
        fixtures.read(section, quantities.isEmpty() ? measured(family) : quantities, "this sensor");
    Set<String> called = section.take("aliases").map(aliases::read).orElse(Set.of());
    section.finish();
    Fixture fixture =
        said.over(kind.map(Kind::fixture).orElse(Fixture.UNKNOWN), quantities)
            .over(common.fixture(), quantities);
    if (id.isPresent() && family.isPresent() && place.isPresent()) {
      Sensor sensor =
          new Sensor(
              id.get(),
              family.get(),
              name.orElse(Text.same(id.get().value())),
              place.get(),
              hazardClass,
              quantities,
              fixture.gateway(),
              called,
              fixture.calibrations(),
              fixture.equipment());
      sensors.put(id.get(), sensor);
    }
  }

  private Optional<SensorId> id(Value value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!SensorId.isValid(text.get())) {
      value.error("'" + text.get() + "' is no sensor id: A-Z, a-z, 0-9, '.', '_', '-', at most 64");
      return Optional.empty();
    }
    Value first = seen.putIfAbsent(text.get(), value);
    if (first != null) {
      value.error("duplicate sensor '" + text.get() + "', first at " + first.placeFrom(value));
      return Optional.empty();
    }
    return text.map(SensorId::new);
  }

  private static String hazardClass(Section section, Optional<Family> family) {
    boolean hazmat = family.filter(Family.HAZMAT_STORAGE::equals).isPresent();
    if (family.isPresent() && !hazmat) {
      section.refuse("hazard_class", "is for hazmat-storage only");
      return null;
    }
    return (hazmat ? section.require("hazard_class") : section.take("hazard_class"))
        .flatMap(value -> value.word("hazard class", HAZARD_CLASSES))
        .orElse(null);
  }
}
