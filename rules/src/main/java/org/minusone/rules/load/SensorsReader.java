package org.minusone.rules.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.Family;
import org.minusone.model.Place;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.Text;

/**
 * {@code sensors/*.yaml}: the family once, what its sensors measure once (or by kind), then a line
 * for each sensor.
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

  private final Places places;
  private final Map<SensorId, Sensor> sensors = new LinkedHashMap<>();
  private final Map<String, Value> seen = new HashMap<>();

  SensorsReader(Places places) {
    this.places = places;
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
    Map<String, List<Quantity>> kinds = new LinkedHashMap<>();
    Optional<Section> named = top.take("kinds").flatMap(Value::section);
    if (named.isPresent()) {
      for (Section.Entry entry : named.get().entries()) {
        kinds.put(entry.value().name(), quantities(entry.value(), family));
      }
      named.get().finish();
    }
    List<Value> items = top.require("sensors").map(Value::items).orElse(List.of());
    top.finish();
    for (Value item : items) {
      Optional<Section> sensor = item.as("sensor").section();
      sensor.ifPresent(s -> sensor(s, family, usual, kinds));
    }
  }

  private static List<Quantity> quantities(Value value, Optional<Family> family) {
    List<Quantity> known = family.map(Family::quantities).orElse(List.of(Quantity.values()));
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

  private void sensor(
      Section section,
      Optional<Family> family,
      Optional<List<Quantity>> usual,
      Map<String, List<Quantity>> kinds) {
    Optional<SensorId> id = section.require("id").flatMap(this::id);
    Optional<Text> name = section.require("name").flatMap(Value::bilingual);
    Optional<Place> place = places.of(section);
    Optional<List<Quantity>> ofKind =
        section.take("kind").flatMap(value -> value.word("kind", kinds.keySet())).map(kinds::get);
    Optional<List<Quantity>> own = section.take("quantities").map(q -> quantities(q, family));
    String hazardClass = hazardClass(section, family);
    if (usual.isEmpty() && !section.has("kind") && !section.has("quantities")) {
      section.whole().error("what does it measure? no 'kind', and no 'quantities' here or above");
    }
    section.finish();
    List<Quantity> quantities = own.or(() -> ofKind).or(() -> usual).orElse(List.of());
    if (id.isPresent() && family.isPresent() && place.isPresent()) {
      Sensor sensor =
          new Sensor(
              id.get(),
              family.get(),
              name.orElse(Text.same(id.get().value())),
              place.get(),
              hazardClass,
              quantities);
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
