package org.minusone.rules.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.Family;
import org.minusone.model.Place;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.rules.timeline.Timeline;

/**
 * Files of timeline tests in, checked timelines out; with them the rules and the site they name.
 */
public final class TimelineLoader {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final SiteId NAMELESS = new SiteId("test");

  private final Problems problems = new Problems();
  private final List<Problem> ofRules = new ArrayList<>();
  private final List<Timeline> timelines = new ArrayList<>();
  private final Map<Path, SiteLoader.Loaded> sites = new HashMap<>();
  private final Map<Path, RuleLoader.Loaded> ruleFiles = new HashMap<>();

  private TimelineLoader() {}

  /**
   * @param timelines those without an error, in the order of the files
   * @param problems of all files, those of the rules and sites they name included, by place
   */
  public record Loaded(List<Timeline> timelines, List<Problem> problems) {
    public Loaded {
      timelines = List.copyOf(timelines);
      problems = List.copyOf(problems);
    }

    public boolean hasErrors() {
      return problems.stream().anyMatch(Problem::isError);
    }
  }

  /**
   * Reads files; of a directory its {@code *.yaml}, of a site's directory those of its {@code
   * tests/}. Never throws for what is in them.
   */
  public static Loaded load(List<Path> filesOrDirectories) {
    TimelineLoader loader = new TimelineLoader();
    for (Path path : filesOrDirectories) {
      if (Files.isDirectory(path)) {
        Path inner = path.resolve("tests");
        Path directory = Files.isDirectory(inner) ? inner : path;
        List<Path> files = RuleLoader.yamlFiles(directory, loader.problems);
        if (files.isEmpty()) {
          loader.problems.error(directory, 1, 1, "there is no *.yaml in this directory");
        }
        files.forEach(loader::addFile);
      } else {
        loader.addFile(path);
      }
    }
    List<Problem> all = new ArrayList<>(loader.problems.sorted());
    all.addAll(loader.ofRules);
    return new Loaded(loader.timelines, all.stream().distinct().sorted(Problem.BY_PLACE).toList());
  }

  private void addFile(Path file) {
    YamlText.read(file, problems).flatMap(Value::section).ifPresent(this::addSection);
  }

  private void addSection(Section top) {
    Path file = top.whole().file();
    Optional<SiteVersion> site = top.take("site").flatMap(value -> site(file, value));
    boolean siteWritten = top.has("site");
    List<Rule> rules = new ArrayList<>();
    boolean whole = true;
    Optional<Value> written = siteWritten ? top.take("rules") : top.require("rules");
    if (written.isPresent()) {
      for (Value one : written.get().isList() ? written.get().items() : List.of(written.get())) {
        whole &= rules(file, one, rules);
      }
    } else {
      site.ifPresent(s -> rules.addAll(s.rules()));
    }
    Instant start = top.take("start").flatMap(TimelineLoader::instant).orElse(START);
    Duration interval =
        top.take("interval").flatMap(Value::positiveDuration).orElse(Duration.ofSeconds(60));
    Map<SensorId, Sensor> sensors = new LinkedHashMap<>();
    top.take("sensors").ifPresent(value -> sensors(value, site, sensors));
    List<Value> tests = top.require("tests").map(Value::items).orElse(List.of());
    top.finish();
    boolean ready = whole && (!siteWritten || site.isPresent());
    Map<String, Value> names = new HashMap<>();
    for (Value item : tests) {
      item.as("test")
          .section()
          .ifPresent(
              section -> {
                Optional<String> name = section.require("name").flatMap(v -> name(v, names));
                Map<SensorId, Sensor> own = new LinkedHashMap<>(sensors);
                section.take("sensors").ifPresent(value -> sensors(value, site, own));
                Set<String> only = new HashSet<>();
                List<String> known = ruleNames(rules);
                section.take("only").ifPresent(v -> only.addAll(v.words("rule", known, r -> r)));
                TimelineReader reader =
                    new TimelineReader(
                        site.map(SiteVersion::site).orElse(NAMELESS),
                        start,
                        section.take("interval").flatMap(Value::positiveDuration).orElse(interval),
                        id -> sensor(id, own, site),
                        own.keySet().stream().map(SensorId::value).toList(),
                        rules);
                List<Timeline.Step> steps = reader.read(section);
                section.finish();
                reader.used().forEach(sensor -> own.put(sensor.id(), sensor));
                if (ready && name.isPresent()) {
                  timelines.add(
                      new Timeline(
                          file,
                          section.whole().line(),
                          name.get(),
                          version(site, own, rules, start),
                          start,
                          steps,
                          only));
                }
              });
    }
  }

  private static Optional<Sensor> sensor(
      SensorId id, Map<SensorId, Sensor> own, Optional<SiteVersion> site) {
    Sensor known = own.get(id);
    return known != null ? Optional.of(known) : site.flatMap(s -> s.sensor(id));
  }

  private static SiteVersion version(
      Optional<SiteVersion> site, Map<SensorId, Sensor> own, List<Rule> rules, Instant start) {
    Map<SensorId, Sensor> all = new HashMap<>();
    site.ifPresent(s -> all.putAll(s.sensors()));
    all.putAll(own);
    return new SiteVersion(
        site.map(SiteVersion::site).orElse(NAMELESS),
        1,
        start,
        "test",
        Text.same("test"),
        site.map(SiteVersion::zone).orElse("Asia/Shanghai"),
        false,
        all,
        rules,
        List.of(),
        false,
        Map.of(),
        List.of(),
        site.map(SiteVersion::maintenance).orElse(List.of()));
  }

  /** With the name under which failing readings are told. */
  static List<String> ruleNames(List<Rule> rules) {
    List<String> names = new ArrayList<>(rules.stream().map(Rule::name).toList());
    names.add(Rule.QUALITY);
    return names;
  }

  private static Optional<String> name(Value value, Map<String, Value> names) {
    Optional<String> name = value.text();
    if (name.isPresent()) {
      Value first = names.putIfAbsent(name.get(), value);
      if (first != null) {
        value.error("duplicate test, first in line " + first.line());
      }
    }
    return name;
  }

  private static Optional<Instant> instant(Value value) {
    Optional<String> text = value.text();
    try {
      return text.map(t -> OffsetDateTime.parse(t).toInstant());
    } catch (DateTimeParseException e) {
      value.error("'start' must be such as 2026-07-01T12:00:00+08:00, not '" + text.get() + "'");
      return Optional.empty();
    }
  }

  private Optional<SiteVersion> site(Path file, Value value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Path directory = beside(file, text.get());
    SiteLoader.Loaded loaded = sites.computeIfAbsent(directory, SiteLoader::load);
    ofRules.addAll(loaded.problems());
    if (loaded.hasErrors() || loaded.draft() == null) {
      value.error("the site has errors: minusone site check " + directory);
      return Optional.empty();
    }
    return Optional.of(loaded.draft());
  }

  private boolean rules(Path file, Value value, List<Rule> rules) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return false;
    }
    Path path = beside(file, text.get());
    if (!Files.exists(path)) {
      value.error("there is no " + path);
      return false;
    }
    RuleLoader.Loaded loaded = ruleFiles.computeIfAbsent(path, RuleLoader::load);
    ofRules.addAll(loaded.problems());
    if (loaded.hasErrors()) {
      value.error("these rules have errors: minusone rules check " + path);
      return false;
    }
    for (Rule rule : loaded.rules()) {
      if (rules.stream().anyMatch(known -> known.name().equals(rule.name()))) {
        value.error("duplicate rule '" + rule.name() + "'");
        return false;
      }
      rules.add(rule);
    }
    return true;
  }

  /** Paths in a file are relative to it. */
  private static Path beside(Path file, String path) {
    Path parent = file.toAbsolutePath().getParent();
    Path found = parent.resolve(path).normalize();
    return file.isAbsolute() ? found : Path.of("").toAbsolutePath().relativize(found);
  }

  /** {@code H-1: hazmat-storage}, or a mapping of what the rules may ask of it. */
  private void sensors(Value value, Optional<SiteVersion> site, Map<SensorId, Sensor> sensors) {
    for (Section.Entry entry : value.section().map(Section::entries).orElse(List.of())) {
      Optional<SensorId> id = sensorId(entry.key());
      Value said = entry.value();
      Optional<Sensor> sensor =
          said.isMapping()
              ? said.section().flatMap(s -> id.flatMap(i -> sensor(i, s)))
              : said.word("family", Arrays.asList(Family.values()), Family::id)
                  .flatMap(f -> id.map(i -> sensor(i, f, null, null)));
      sensor.ifPresent(s -> sensors.put(s.id(), s));
    }
  }

  private static Optional<Sensor> sensor(SensorId id, Section section) {
    Optional<Family> family =
        section
            .require("family")
            .flatMap(value -> value.word("family", Arrays.asList(Family.values()), Family::id));
    String hazard =
        section
            .take("hazard_class")
            .flatMap(v -> v.word("hazard class", SensorsReader.HAZARD_CLASSES))
            .orElse(null);
    Text community = section.take("community").flatMap(Value::bilingual).orElse(null);
    Text building = section.take("building").flatMap(Value::bilingual).orElse(null);
    String floor = section.take("floor").flatMap(Value::text).orElse(null);
    section.finish();
    Place place =
        community == null && building == null && floor == null
            ? null
            : new Place(community, building, floor, 0, 0);
    return family.map(f -> sensor(id, f, hazard, place));
  }

  private static Sensor sensor(SensorId id, Family family, String hazardClass, Place place) {
    return new Sensor(id, family, Text.same(id.value()), place, hazardClass, family.quantities());
  }

  static Optional<SensorId> sensorId(Value value) {
    Optional<String> text = value.text();
    if (text.isPresent() && !SensorId.isValid(text.get())) {
      value.error("'" + text.get() + "' is no sensor id");
      return Optional.empty();
    }
    return text.map(SensorId::new);
  }
}
