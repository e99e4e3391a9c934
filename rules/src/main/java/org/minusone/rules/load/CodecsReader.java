package org.minusone.rules.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.CodecChoice;
import org.minusone.model.Quantity;
import org.minusone.model.SiteId;

/** {@code codecs.yaml}: which payload format is spoken on which topics, first match first. */
final class CodecsReader {
  private final SiteId site;
  private final SiteChecks checks;
  private final List<CodecChoice> codecs = new ArrayList<>();
  private final Map<String, Value> filters = new LinkedHashMap<>();

  /**
   * @param site null where the site's own file gives none
   */
  CodecsReader(SiteId site, SiteChecks checks) {
    this.site = site;
    this.checks = checks;
  }

  List<CodecChoice> codecs() {
    return codecs;
  }

  void read(Value root) {
    Optional<Section> top = root.section();
    if (top.isEmpty()) {
      return;
    }
    top.get().require("codecs").ifPresent(list -> list.items().forEach(this::choice));
    top.get().finish();
  }

  private void choice(Value item) {
    Optional<Section> read = item.as("codec").section();
    if (read.isEmpty()) {
      return;
    }
    Section section = read.get();
    Optional<String> filter = section.require("filter").flatMap(this::filter);
    Optional<Value> named = section.require("codec");
    Optional<String> codec = named.flatMap(this::codec);
    Map<String, Quantity> quantities = new LinkedHashMap<>();
    section.take("quantities").ifPresent(value -> quantities(value, quantities));
    Map<Quantity, String> units = new EnumMap<>(Quantity.class);
    section.take("units").ifPresent(value -> units(value, units));
    Set<String> ignore = new LinkedHashSet<>();
    section.take("ignore").ifPresent(value -> ignore(value, quantities, ignore));
    Optional<Value> written = section.take("options");
    Map<String, Object> options = written.map(PlainData::of).orElse(Map.of());
    section.finish();
    if (codec.isEmpty()) {
      return;
    }
    CodecChoice choice =
        new CodecChoice(filter.orElse(""), codec.get(), quantities, units, ignore, options);
    Optional<String> problem = checks.problem(choice);
    if (problem.isPresent()) {
      place(written.orElse(named.get()), problem.get(), codec.get()).error(problem.get());
    } else {
      filter.ifPresent(f -> codecs.add(choice));
    }
  }

  private Optional<String> filter(Value value) {
    Optional<String> filter = value.text();
    Optional<String> problem = filter.flatMap(f -> TopicFilters.problem(f, site));
    if (filter.isEmpty() || problem.isPresent()) {
      problem.ifPresent(value::error);
      return Optional.empty();
    }
    TopicFilters.fruitless(filter.get()).ifPresent(value::warning);
    for (Map.Entry<String, Value> earlier : filters.entrySet()) {
      if (TopicFilters.covers(earlier.getKey(), filter.get())) {
        value.error(
            "never asked: '%s' at %s takes all of it; put the narrower filter first"
                .formatted(earlier.getKey(), earlier.getValue().placeFrom(value)));
        return Optional.empty();
      }
    }
    filters.put(filter.get(), value);
    return filter;
  }

  private Optional<String> codec(Value value) {
    return checks.codecs().isEmpty() ? value.text() : value.word("codec", checks.codecs());
  }

  private static void quantities(Value value, Map<String, Quantity> quantities) {
    for (Section.Entry entry : value.section().map(Section::entries).orElse(List.of())) {
      entry
          .value()
          .word("quantity", Arrays.asList(Quantity.values()), Quantity::id)
          .ifPresent(quantity -> quantities.put(entry.value().name(), quantity));
    }
  }

  private void units(Value value, Map<Quantity, String> units) {
    for (Section.Entry entry : value.section().map(Section::entries).orElse(List.of())) {
      Optional<Quantity> quantity =
          entry.key().word("quantity", Arrays.asList(Quantity.values()), Quantity::id);
      quantity
          .flatMap(q -> unit(entry.value(), q, checks))
          .ifPresent(unit -> units.put(quantity.get(), unit));
    }
  }

  /** The unit that {@code value} names, where values of {@code quantity} come in it. */
  static Optional<String> unit(Value value, Quantity quantity, SiteChecks checks) {
    if (quantity.isWord()) {
      value.error("'" + quantity.id() + "' is a word and has no unit");
      return Optional.empty();
    }
    return checks.units(quantity).isEmpty()
        ? value.text()
        : value.word("unit of " + quantity.id(), checks.units(quantity));
  }

  private static void ignore(Value value, Map<String, Quantity> quantities, Set<String> ignore) {
    for (Value item : value.isList() ? value.items() : List.of(value)) {
      Optional<String> name = item.text();
      if (name.isPresent() && quantities.containsKey(name.get())) {
        item.error("'" + name.get() + "' stands under 'quantities' as well");
      } else {
        name.ifPresent(ignore::add);
      }
    }
  }

  /** The option that {@code problem} speaks of, {@code codec ID, values.state: …}. */
  private static Value place(Value options, String problem, String codec) {
    String lead = "codec " + codec + ", ";
    int colon = problem.indexOf(':');
    if (!problem.startsWith(lead) || colon < 0) {
      return options;
    }
    Value at = options;
    for (String key : problem.substring(lead.length(), colon).split("\\.")) {
      if (!at.isMapping()) {
        return at;
      }
      Optional<Value> next =
          at.section().orElseThrow().entries().stream()
              .filter(entry -> entry.value().name().equals(key))
              .map(entry -> entry.value().isNothing() ? entry.key() : entry.value())
              .findFirst();
      if (next.isEmpty()) {
        return at;
      }
      at = next.get();
    }
    return at;
  }
}
