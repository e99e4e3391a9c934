package org.minusone.rules.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.RuleOverride;
import org.minusone.model.RuleOverride.Scope;
import org.minusone.model.Sensor;

/**
 * {@code overrides:} of a rule, a list of what is different where: {@code {hazard_class: peroxide,
 * above: {alarm: 28}}}.
 */
final class OverrideReader {
  private static final String NONE = "none";

  private final SiteNames site;
  private final Set<String> liveMethods;
  private final Map<String, Value> taken = new HashMap<>();

  OverrideReader(SiteNames site, Set<String> liveMethods) {
    this.site = site;
    this.liveMethods = liveMethods;
  }

  /**
   * @param rule what the overrides are of, without them
   */
  List<RuleOverride> read(Value list, Rule rule) {
    List<RuleOverride> overrides = new ArrayList<>();
    for (Value item : list.items()) {
      item.as("override").section().flatMap(s -> override(s, rule)).ifPresent(overrides::add);
    }
    if (list.isList() && list.items().isEmpty()) {
      list.warning("'overrides' is empty");
    }
    return overrides;
  }

  private Optional<RuleOverride> override(Section section, Rule rule) {
    Optional<Scope> scope = scope(section);
    List<String> names = new ArrayList<>();
    for (Scope each : Scope.values()) {
      Optional<Value> written = section.take(each.key());
      if (scope.isPresent() && scope.get() == each) {
        names.addAll(names(written.orElseThrow(), each, rule.family()));
      }
    }
    Optional<Value> offWritten = section.take("off");
    boolean off = offWritten.flatMap(Value::flag).orElse(false);
    Optional<Value> reason = section.take("reason");
    String why = reason.flatMap(Value::text).orElse(null);
    if (offWritten.isPresent() && off && reason.isEmpty()) {
      offWritten.get().error("'off' wants a 'reason': somebody will ask why nothing is watched");
    }
    if (reason.isPresent() && !off) {
      reason.get().error("'reason' says why a rule is off; for numbers use 'because'");
    }
    boolean changes = CHANGES.stream().anyMatch(section::has);
    if (off && changes) {
      offWritten.get().error("'off' beside other keys: a rule that is off has no limits");
    } else if (!off && !changes && !section.hasUnknownLike(CHANGES)) {
      String known = String.join(", ", CHANGES);
      section.whole().error("this override changes nothing; it may have " + known + ", or off");
    }
    Level severity =
        section
            .take("severity")
            .flatMap(value -> value.word("level", Arrays.asList(Level.values()), Level::id))
            .orElse(null);
    String because = section.take("because").flatMap(Value::text).orElse(null);
    Patch patch = patch(section, rule);
    section.finish();
    if (scope.isEmpty() || names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RuleOverride(
            scope.get(),
            names,
            off ? (why == null ? "" : why) : null,
            patch.levels,
            patch.deadband,
            patch.hold,
            patch.keepFiringFor,
            patch.forecast,
            patch.blind,
            patch.condition,
            severity,
            because,
            patch.steep));
  }

  private static final List<String> CONDITIONS =
      List.of("above", "below", "state", "silent", "quality", "rate", "when");

  private static final List<String> CHANGES =
      List.of(
          "above",
          "below",
          "while_rising",
          "while_falling",
          "state",
          "silent",
          "quality",
          "tests",
          "rate",
          "when",
          "deadband",
          "for",
          "keep_firing_for",
          "forecast",
          "severity");

  /** What it is for; one of them. */
  private static Optional<Scope> scope(Section section) {
    List<Scope> present =
        Arrays.stream(Scope.values()).filter(scope -> section.has(scope.key())).toList();
    List<String> keys = Arrays.stream(Scope.values()).map(Scope::key).toList();
    if (present.isEmpty()) {
      if (!section.hasUnknownLike(keys)) {
        section.whole().error("what is this override for? one of " + String.join(", ", keys));
      }
      return Optional.empty();
    }
    if (present.size() > 1) {
      String both = String.join("' and '", present.stream().map(Scope::key).toList());
      section.whole().error("'" + both + "' in one override: make each an override of its own");
    }
    return Optional.of(present.get(0));
  }

  private List<String> names(Value value, Scope scope, Family family) {
    List<String> names = new ArrayList<>();
    String kind = scope.key().replace('_', ' ');
    boolean checked = site.known() || scope == Scope.HAZARD_CLASS;
    if (scope == Scope.HAZARD_CLASS && family != null && family != Family.HAZMAT_STORAGE) {
      value.error("'hazard_class' is of hazmat-storage only, not of " + family.id());
      return names;
    }
    if (value.isList() && value.items().isEmpty()) {
      value.error("'" + scope.key() + "' names none");
    }
    for (Value item : value.isList() ? value.items() : List.of(value)) {
      Optional<String> name =
          checked ? item.word(kind, site.of(scope.key())) : item.text().filter(n -> !n.isEmpty());
      if (name.isEmpty()) {
        continue;
      }
      Value first = taken.putIfAbsent(scope + " " + name.get(), item);
      if (first != null) {
        item.error(kind + " '" + name.get() + "' has an override already, in line " + first.line());
      } else {
        names.add(name.get());
        reach(item, scope, name.get(), family);
      }
    }
    return names;
  }

  /** An override that reaches no sensor is a mistake nobody would see. */
  private void reach(Value item, Scope scope, String name, Family family) {
    if (!site.known() || family == null) {
      return;
    }
    if (scope == Scope.SENSOR) {
      Sensor sensor = site.sensors().get(name);
      if (sensor.family() != family) {
        item.error("'" + name + "' is a " + sensor.family().id() + " sensor, not " + family.id());
      }
      return;
    }
    boolean any =
        site.sensors().values().stream()
            .filter(sensor -> sensor.family() == family)
            .anyMatch(sensor -> name.equals(idOf(scope, sensor)));
    if (!any) {
      item.warning("no " + family.id() + " sensor is in " + scope.key() + " '" + name + "'");
    }
  }

  private static String idOf(Scope scope, Sensor sensor) {
    return switch (scope) {
      case HAZARD_CLASS -> sensor.hazardClass();
      case COMMUNITY -> sensor.place().communityId();
      case BUILDING -> sensor.place().buildingId();
      case SENSOR -> sensor.id().value();
    };
  }

  /** What it changes. */
  private static final class Patch {
    Map<Level, Rule.Limit> levels = Map.of();
    Rule.Deadband deadband;
    Duration hold;
    Duration keepFiringFor;
    Rule.Forecast forecast;
    boolean blind;
    Rule.Condition condition;
    Rule.Steep steep;
  }

  private Patch patch(Section section, Rule rule) {
    return switch (rule.condition().kind()) {
      case THRESHOLD -> threshold(section, rule, (Rule.Threshold) rule.condition());
      case STATE -> state(section, rule);
      case SILENT -> silent(section, rule);
      case QUALITY, RATE, WHEN -> whole(section, rule);
      case TOGETHER -> new Patch();
    };
  }

  private Patch threshold(Section section, Rule rule, Rule.Threshold base) {
    Patch patch = new Patch();
    boolean above = base.direction() == Rule.Direction.ABOVE;
    String kind = above ? "above" : "below";
    refuseOthers(section, kind);
    RuleReader.refuse(section, kind, above ? "while_falling" : "while_rising", "tests");
    Optional<Quantity> quantity = Optional.ofNullable(rule.quantity());
    Optional<Family> family = Optional.ofNullable(rule.family());
    ThresholdReader reader = new ThresholdReader(section, family, quantity, liveMethods);
    patch.levels =
        section.take(kind).map(value -> reader.levels(value, base.direction())).orElse(Map.of());
    patch.deadband = section.take("deadband").flatMap(ThresholdReader::deadband).orElse(null);
    patch.hold = section.take("for").flatMap(Value::duration).orElse(null);
    patch.keepFiringFor = section.take("keep_firing_for").flatMap(Value::duration).orElse(null);
    Map<Level, Rule.Limit> all = new EnumMap<>(base.levels());
    all.putAll(patch.levels);
    patch.steep =
        section
            .take(above ? "while_rising" : "while_falling")
            .flatMap(value -> RateReader.steep(value, base.direction(), all, quantity, family))
            .orElse(null);
    Optional<Value> forecast = section.take("forecast");
    patch.blind = forecast.flatMap(Value::raw).filter(NONE::equals).isPresent();
    if (forecast.isPresent() && !patch.blind) {
      patch.forecast = reader.forecast(forecast.get(), kind, all).orElse(null);
    }
    return patch;
  }

  private static Patch state(Section section, Rule rule) {
    Patch patch = new Patch();
    refuseOthers(section, "state");
    if (!section.has("state")) {
      RuleReader.refuse(
          section, "state", "deadband", "forecast", "while_rising", "while_falling", "tests");
      patch.hold = section.take("for").flatMap(Value::duration).orElse(null);
      patch.keepFiringFor = section.take("keep_firing_for").flatMap(Value::duration).orElse(null);
      return patch;
    }
    Rule.State base = (Rule.State) rule.condition();
    patch.condition =
        StateReader.state(section, Optional.ofNullable(rule.quantity()))
            .map(Rule.State.class::cast)
            .map(
                own ->
                    new Rule.State(
                        own.levels(),
                        section.has("for") ? own.hold() : base.hold(),
                        section.has("keep_firing_for")
                            ? own.keepFiringFor()
                            : base.keepFiringFor()))
            .orElse(null);
    return patch;
  }

  private static Patch silent(Section section, Rule rule) {
    Patch patch = new Patch();
    refuseOthers(section, "silent");
    if (!section.has("silent")) {
      RuleReader.refuse(
          section,
          "silent",
          "for",
          "deadband",
          "keep_firing_for",
          "forecast",
          "while_rising",
          "while_falling",
          "tests");
    } else {
      patch.condition =
          StateReader.silent(section, Optional.ofNullable(rule.family())).orElse(null);
    }
    return patch;
  }

  /** A condition that an override gives whole, or not at all. */
  private static Patch whole(Section section, Rule rule) {
    Patch patch = new Patch();
    Rule.Condition base = rule.condition();
    String kind = base.kind().name().toLowerCase(Locale.ROOT);
    refuseOthers(section, kind);
    boolean hold = section.has("for");
    boolean keep = section.has("keep_firing_for");
    boolean deadband = section.has("deadband");
    if (!section.has(kind)) {
      RuleReader.refuse(section, kind, "forecast", "while_rising", "while_falling");
      if (base.kind() == Rule.Kind.RATE) {
        patch.deadband = section.take("deadband").flatMap(RateReader::deadband).orElse(null);
      } else {
        RuleReader.refuse(section, kind, "deadband");
      }
      section.refuse("tests", "stands only beside 'quality'");
      patch.hold = section.take("for").flatMap(Value::duration).orElse(null);
      patch.keepFiringFor = section.take("keep_firing_for").flatMap(Value::duration).orElse(null);
      return patch;
    }
    Optional<Family> family = Optional.ofNullable(rule.family());
    Optional<Quantity> quantity = Optional.ofNullable(rule.quantity());
    patch.condition =
        switch (base.kind()) {
          case QUALITY -> {
            Rule.Quality written = (Rule.Quality) base;
            yield QualityReader.quality(section, family, quantity, written.hold())
                .map(Rule.Quality.class::cast)
                .map(
                    own ->
                        new Rule.Quality(
                            own.levels(),
                            own.hold(),
                            keep ? own.keepFiringFor() : written.keepFiringFor(),
                            own.tests() == null ? written.tests() : own.tests()))
                .orElse(null);
          }
          case RATE -> {
            Rule.Rate written = (Rule.Rate) base;
            Value value = section.take("rate").orElseThrow();
            yield RateReader.rate(section, family)
                .map(Rule.Rate.class::cast)
                .filter(own -> isSameWay(value, own, written))
                .map(
                    own ->
                        new Rule.Rate(
                            own.direction(),
                            own.levels(),
                            own.over(),
                            deadband ? own.deadband() : written.deadband(),
                            keep ? own.keepFiringFor() : written.keepFiringFor()))
                .orElse(null);
          }
          case WHEN -> {
            Rule.When written = (Rule.When) base;
            WhenReader reader = new WhenReader(section, family);
            Value value = section.take("when").orElseThrow();
            Optional<Rule.Condition> read = reader.read();
            reader.shown(Optional.of(value), quantity);
            yield read.map(Rule.When.class::cast)
                .map(
                    own ->
                        new Rule.When(
                            own.levels(),
                            hold ? own.hold() : written.hold(),
                            keep ? own.keepFiringFor() : written.keepFiringFor()))
                .orElse(null);
          }
          case THRESHOLD, SILENT, STATE, TOGETHER -> null;
        };
    return patch;
  }

  /** Another way would be another danger, under one name. */
  private static boolean isSameWay(Value value, Rule.Rate own, Rule.Rate written) {
    if (own.direction() == written.direction()) {
      return true;
    }
    String way = written.direction() == Rule.Direction.ABOVE ? "rising" : "falling";
    value.error("the rule is of '" + way + "': the other way is a rule of its own");
    return false;
  }

  private static void refuseOthers(Section section, String kind) {
    for (String other : CONDITIONS) {
      if (!other.equals(kind)) {
        section.refuse(other, "in an override of a rule with '" + kind + "'");
      }
    }
  }
}
