package org.minusone.rules.load;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Text;

/** One rule in the words of CONTRACTS §4. A new condition is a key here and a reader beside it. */
final class RuleReader {
  /** Part of alert ids, metric labels and URLs. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private static final List<String> CONDITIONS =
      List.of("above", "below", "silent", "state", "quality", "rate", "when", "together");

  private final Set<String> liveMethods;
  private final SiteNames site;
  private final TogetherReader together = new TogetherReader();

  RuleReader(Set<String> liveMethods, SiteNames site) {
    this.liveMethods = liveMethods;
    this.site = site;
  }

  /** Speaks of what only all rules together show. */
  void finish(Map<String, Rule.Kind> kinds, boolean all) {
    together.finish(kinds, all);
  }

  /** Empty once why is among the problems. */
  Optional<Rule> read(Section section) {
    Optional<String> name = section.require("rule").flatMap(RuleReader::name);
    if (section.has("together")) {
      return together(section, name);
    }
    section.refuse("maintenance", "is not part of a rule: see the site's maintenance.yaml");
    Optional<Family> family =
        section
            .require("family")
            .flatMap(value -> value.word("family", Arrays.asList(Family.values()), Family::id));
    Optional<String> kind = kind(section);
    Optional<Quantity> watched = quantity(section, family, kind);
    Level severity =
        section
            .take("severity")
            .flatMap(value -> value.word("level", Arrays.asList(Level.values()), Level::id))
            .orElse(null);
    Text guidance = section.take("guidance").flatMap(Value::bilingual).orElse(null);
    String because = section.take("because").flatMap(Value::text).orElse(null);
    WhenReader when = new WhenReader(section, family);
    Optional<Rule.Condition> condition =
        kind.flatMap(word -> condition(word, section, family, watched, when));
    Optional<Quantity> quantity =
        kind.filter("when"::equals).isPresent()
            ? when.shown(section.take("quantity"), watched)
            : watched;
    Optional<Value> different = section.take("overrides");
    Rule.Response response = ResponseReader.read(section);
    section.finish();

    if (name.isEmpty() || family.isEmpty() || condition.isEmpty()) {
      return Optional.empty();
    }
    boolean whole = condition.get().kind() == Rule.Kind.SILENT && !section.has("quantity");
    if (quantity.isEmpty() && !whole) {
      return Optional.empty();
    }
    Rule plain =
        new Rule(
            name.get(),
            family.get(),
            quantity.orElse(null),
            condition.get(),
            severity,
            guidance,
            because,
            List.of(),
            response);
    return Optional.of(different.map(list -> overridden(plain, list)).orElse(plain));
  }

  private Rule overridden(Rule plain, Value list) {
    return new Rule(
        plain.name(),
        plain.family(),
        plain.quantity(),
        plain.condition(),
        plain.severity(),
        plain.guidance(),
        plain.because(),
        new OverrideReader(site, liveMethods).read(list, plain),
        plain.response());
  }

  private Optional<Rule> together(Section section, Optional<String> name) {
    for (String other : CONDITIONS) {
      if (!other.equals("together")) {
        section.refuse(other, "beside 'together' in one rule: make each a rule of its own");
      }
    }
    Level severity =
        section
            .take("severity")
            .flatMap(value -> value.word("level", Arrays.asList(Level.values()), Level::id))
            .orElse(null);
    Text guidance = section.take("guidance").flatMap(Value::bilingual).orElse(null);
    String because = section.take("because").flatMap(Value::text).orElse(null);
    Optional<Rule.Condition> condition = together.read(section);
    Rule.Response response = ResponseReader.read(section);
    section.finish();
    return name.isEmpty() || condition.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rule(name.get(), null, null, condition.get(), severity, guidance, because)
                .responding(response));
  }

  private static Optional<String> name(Value value) {
    Optional<String> name = value.text();
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      value.error("'" + name.get() + "' is no rule name: a-z, 0-9 and -, at most 64");
      return Optional.empty();
    }
    if (name.filter(Rule.RESERVED::contains).isPresent()) {
      value.error("'" + name.get() + "' is the name of alerts of our own: choose another");
      return Optional.empty();
    }
    return name;
  }

  /** The rule's one condition. */
  private static Optional<String> kind(Section section) {
    List<String> present = CONDITIONS.stream().filter(section::has).toList();
    CONDITIONS.forEach(section::take);
    if (present.isEmpty()) {
      section.take("quantity"); // no misspelt 'quality'
      // Unless what looks like none is only misspelt, which finish() will say.
      if (!section.hasUnknownLike(CONDITIONS)) {
        section.whole().error("no condition: one of " + String.join(", ", CONDITIONS));
      }
      return Optional.empty();
    }
    if (present.size() > 1) {
      String both = String.join("' and '", present);
      section.whole().error("'" + both + "' in one rule: make each a rule of its own");
    }
    return Optional.of(present.get(0));
  }

  private static Optional<Quantity> quantity(
      Section section, Optional<Family> family, Optional<String> kind) {
    boolean any = kind.filter(k -> k.equals("silent") || k.equals("when")).isPresent();
    Optional<Value> value = any ? section.take("quantity") : section.require("quantity");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    List<String> has =
        family.map(Family::quantities).orElse(List.of(Quantity.values())).stream()
            .map(Quantity::id)
            .toList();
    Optional<Quantity> quantity = value.flatMap(v -> quantity(v, family, has));
    if (quantity.isPresent() && kind.isPresent() && !any) {
      boolean words = kind.get().equals("state");
      String id = quantity.get().id();
      if (words && !quantity.get().isWord()) {
        value.get().error("'" + id + "' is a number: 'state' wants a quantity of words");
        return Optional.empty();
      }
      if (!words && quantity.get().isWord()) {
        String known = String.join(", ", quantity.get().words());
        value
            .get()
            .error("'" + id + "' is a word (" + known + "): use 'state', not '" + kind.get() + "'");
        return Optional.empty();
      }
    }
    return quantity;
  }

  private static Optional<Quantity> quantity(
      Value value, Optional<Family> family, List<String> has) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Quantity> quantity = Quantity.find(text.get());
    if (quantity.isPresent() && has.contains(text.get())) {
      return quantity;
    }
    if (quantity.isPresent()) {
      String own = String.join(", ", has);
      value.error(
          family.orElseThrow().id() + " has no quantity '" + text.get() + "'; it has " + own);
    } else {
      value.error(Value.unknown("quantity", text.get(), has));
    }
    return Optional.empty();
  }

  private Optional<Rule.Condition> condition(
      String kind,
      Section section,
      Optional<Family> family,
      Optional<Quantity> quantity,
      WhenReader when) {
    return switch (kind) {
      case "above" ->
          new ThresholdReader(section, family, quantity, liveMethods).read(Rule.Direction.ABOVE);
      case "below" ->
          new ThresholdReader(section, family, quantity, liveMethods).read(Rule.Direction.BELOW);
      case "rate" -> RateReader.rate(section, family);
      case "when" -> when.read();
      case "silent" -> StateReader.silent(section, family);
      case "quality" -> QualityReader.quality(section, family, quantity);
      default -> StateReader.state(section, quantity);
    };
  }

  /** Keys that act only on some conditions. */
  static void refuse(Section section, String kind, String... keys) {
    for (String key : keys) {
      section.refuse(key, "has no meaning beside '" + kind + "'");
    }
  }
}
