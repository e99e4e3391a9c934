package org.minusone.rules.load;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;

/**
 * A site's directory in, a checked draft of a version out:
 *
 * <pre>
 * site.yaml        id, name, zone, what becomes of unknown sensors
 * places.yaml      communities, buildings
 * crews.yaml       who can be sent
 * gateways.yaml    who may publish; not needed
 * codecs.yaml      which payload format is spoken where; not needed
 * sensors/*.yaml   what is installed, one file a family
 * rules/*.yaml     what is watched, one file a family
 * maintenance.yaml what is out of service, and when; not needed
 * </pre>
 */
public final class SiteLoader {
  private static final List<String> FILES =
      List.of(
          "site.yaml",
          "places.yaml",
          "crews.yaml",
          "gateways.yaml",
          "codecs.yaml",
          "maintenance.yaml");
  private static final String ZONE = "Asia/Shanghai";
  private static final String REJECT = "reject";
  private static final String ADMIT = "admit";
  private static final List<String> DIRECTORIES = List.of("sensors", "rules");

  private SiteLoader() {}

  /**
   * What a directory says.
   *
   * @param draft what could be read, as version 0, applied by nobody; not to be applied while there
   *     are errors. Null where {@code site.yaml} gives no id
   * @param demonstration what {@code site.yaml} says of it; empty where it says nothing
   * @param names what rules may name
   * @param problems of all files, by place
   */
  public record Loaded(
      SiteVersion draft, Optional<Boolean> demonstration, SiteNames names, List<Problem> problems) {
    public Loaded {
      problems = List.copyOf(problems);
    }

    public boolean hasErrors() {
      return problems.stream().anyMatch(Problem::isError);
    }
  }

  private record Head(
      SiteId id, Text name, String zone, Optional<Boolean> demonstration, boolean admitsUnknown) {}

  /** As {@link #load(Path, SiteChecks)}, without a look at the names of codecs and units. */
  public static Loaded load(Path directory) {
    return load(directory, SiteChecks.NONE);
  }

  /** With the methods that are {@link ForecastMethods#LIVE}. */
  public static Loaded load(Path directory, SiteChecks checks) {
    return load(directory, checks, ForecastMethods.LIVE);
  }

  /**
   * Reads all files in one pass. Never throws for what is in them.
   *
   * @param liveMethods as for {@link RuleLoader#load(Path, Set)}
   */
  static Loaded load(Path directory, SiteChecks checks, Set<String> liveMethods) {
    return load(directory, checks, liveMethods, InstantSource.system().instant());
  }

  /**
   * As above.
   *
   * @param now to tell which maintenance is over
   */
  static Loaded load(Path directory, SiteChecks checks, Set<String> liveMethods, Instant now) {
    Problems problems = new Problems();
    if (!Files.isDirectory(directory)) {
      String what = Files.exists(directory) ? "this is no directory" : "there is no such directory";
      problems.error(directory, 1, 1, what);
      return new Loaded(null, Optional.empty(), SiteNames.UNKNOWN, problems.sorted());
    }
    strangers(directory, problems);
    Path siteFile = directory.resolve("site.yaml");
    Optional<Head> head = Optional.empty();
    if (Files.exists(siteFile)) {
      head = YamlText.read(siteFile, problems).flatMap(SiteLoader::head);
    } else {
      problems.error(siteFile, 1, 1, "missing: a site's directory has a site.yaml with its id");
    }
    Places places = new Places();
    Path placesFile = directory.resolve("places.yaml");
    if (Files.exists(placesFile)) {
      YamlText.read(placesFile, problems).ifPresent(places::read);
    } else {
      problems.error(placesFile, 1, 1, "missing: sensors and crews refer to its communities");
    }
    SiteId site = head.map(Head::id).orElse(null);
    GatewaysReader gateways = new GatewaysReader(site);
    Optional<Value> gatewayFile = optional(directory.resolve("gateways.yaml"), problems);
    gatewayFile.ifPresent(gateways::read);
    CodecsReader codecs = new CodecsReader(site, checks);
    optional(directory.resolve("codecs.yaml"), problems).ifPresent(codecs::read);
    SensorsReader sensors =
        new SensorsReader(
            places,
            new FixtureReader(gatewayFile.map(file -> gateways.gateways().keySet()), checks));
    for (Path file : inside(directory, "sensors", problems)) {
      YamlText.read(file, problems).ifPresent(sensors::read);
    }
    sensors.finish();
    ZoneId zone = ZoneId.of(head.map(Head::zone).orElse(ZONE));
    CrewsReader crews = new CrewsReader(places, zone);
    optional(directory.resolve("crews.yaml"), problems).ifPresent(crews::read);
    crews.checkCover(sensors.sensors().values());
    SiteNames names = SiteNames.of(sensors.sensors(), places);
    RuleLoader rules = new RuleLoader(liveMethods, names, problems);
    inside(directory, "rules", problems).forEach(rules::addFile);
    rules.finish(true);
    rules.checkAt(sensors.sensors().values());
    MaintenanceReader maintenance = new MaintenanceReader(names, zone, now);
    optional(directory.resolve("maintenance.yaml"), problems).ifPresent(maintenance::read);

    SiteVersion draft =
        head.map(
                h ->
                    new SiteVersion(
                        h.id(),
                        0,
                        null,
                        null,
                        h.name(),
                        h.zone(),
                        h.demonstration().orElse(false),
                        sensors.sensors(),
                        rules.rules(),
                        crews.crews(),
                        h.admitsUnknown(),
                        gateways.gateways(),
                        codecs.codecs(),
                        maintenance.windows(),
                        crews.deadlines()))
            .orElse(null);
    return new Loaded(draft, head.flatMap(Head::demonstration), names, problems.sorted());
  }

  private static Optional<Value> optional(Path file, Problems problems) {
    return Files.exists(file) ? YamlText.read(file, problems) : Optional.empty();
  }

  private static Optional<Head> head(Value root) {
    Optional<Section> read = root.section();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Section section = read.get();
    Optional<SiteId> id = section.require("id").flatMap(SiteLoader::siteId);
    Optional<Text> name = section.require("name").flatMap(Value::bilingual);
    Optional<String> zone = section.require("zone").flatMap(SiteLoader::zone);
    Optional<Boolean> demonstration = section.take("demonstration").flatMap(Value::flag);
    boolean admits =
        section
            .take("unknown_sensors")
            .flatMap(value -> value.word("policy", List.of(REJECT, ADMIT)))
            .filter(ADMIT::equals)
            .isPresent();
    section.finish();
    return id.map(
        i ->
            new Head(
                i, name.orElse(Text.same(i.value())), zone.orElse(ZONE), demonstration, admits));
  }

  private static Optional<SiteId> siteId(Value value) {
    Optional<String> text = value.text();
    if (text.isPresent() && (!SiteId.isValid(text.get()) || text.get().contains("@"))) {
      value.error("'" + text.get() + "' is no site id: a-z, 0-9 and -, at most 64");
      return Optional.empty();
    }
    return text.map(SiteId::new);
  }

  private static Optional<String> zone(Value value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return text;
    }
    Set<String> known = ZoneId.getAvailableZoneIds();
    if (!known.contains(text.get())) {
      value.error(Value.unknown("zone", text.get(), known));
      return Optional.empty();
    }
    return text;
  }

  private static List<Path> inside(Path directory, String name, Problems problems) {
    Path inner = directory.resolve(name);
    List<Path> files =
        Files.isDirectory(inner) ? RuleLoader.yamlFiles(inner, problems) : List.<Path>of();
    if (files.isEmpty()) {
      problems.warning(inner, 1, 1, "the site has no " + name + ": there is no *.yaml here");
    }
    return files;
  }

  /** A misspelt file would go unread without a word. */
  private static void strangers(Path directory, Problems problems) {
    List<String> known = Stream.concat(FILES.stream(), DIRECTORIES.stream()).toList();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
        boolean expected =
            Files.isDirectory(entry) ? DIRECTORIES.contains(name) : FILES.contains(name);
        if (!expected && (yaml || NearestWord.of(name, known).isPresent())) {
          problems.warning(
              entry,
              1,
              1,
              "not part of a site, and not read" + NearestWord.suggestion(name, known));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      problems.error(directory, 1, 1, "cannot be listed: no permission");
    }
  }
}
