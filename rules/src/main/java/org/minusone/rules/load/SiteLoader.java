package org.minusone.rules.load;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;

/**
 * A site's directory in, a checked draft of a version out:
 *
 * <pre>
 * site.yaml        id, name, zone
 * places.yaml      communities, buildings
 * crews.yaml       who can be sent
 * sensors/*.yaml   what is installed, one file a family
 * rules/*.yaml     what is watched, one file a family
 * </pre>
 */
public final class SiteLoader {
  private static final List<String> FILES = List.of("site.yaml", "places.yaml", "crews.yaml");
  private static final List<String> DIRECTORIES = List.of("sensors", "rules");

  private SiteLoader() {}

  /**
   * What a directory says.
   *
   * @param draft what could be read, as version 0, applied by nobody; not to be applied while there
   *     are errors. Null where {@code site.yaml} gives no id
   * @param problems of all files, by place
   */
  public record Loaded(SiteVersion draft, List<Problem> problems) {
    public Loaded {
      problems = List.copyOf(problems);
    }

    public boolean hasErrors() {
      return problems.stream().anyMatch(Problem::isError);
    }
  }

  private record Head(SiteId id, Text name, String zone, boolean demonstration) {}

  /** With the methods that are {@link ForecastMethods#LIVE}. */
  public static Loaded load(Path directory) {
    return load(directory, ForecastMethods.LIVE);
  }

  /**
   * Reads all files in one pass. Never throws for what is in them.
   *
   * @param liveMethods as for {@link RuleLoader#load(Path, Set)}
   */
  public static Loaded load(Path directory, Set<String> liveMethods) {
    Problems problems = new Problems();
    if (!Files.isDirectory(directory)) {
      String what = Files.exists(directory) ? "this is no directory" : "there is no such directory";
      problems.error(directory, 1, 1, what);
      return new Loaded(null, problems.sorted());
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
    SensorsReader sensors = new SensorsReader(places);
    for (Path file : inside(directory, "sensors", problems)) {
      YamlText.read(file, problems).ifPresent(sensors::read);
    }
    CrewsReader crews = new CrewsReader(places);
    Path crewsFile = directory.resolve("crews.yaml");
    if (Files.exists(crewsFile)) {
      YamlText.read(crewsFile, problems).ifPresent(crews::read);
    }
    RuleLoader rules = new RuleLoader(liveMethods, problems);
    inside(directory, "rules", problems).forEach(rules::addFile);

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
                        h.demonstration(),
                        Map.copyOf(sensors.sensors()),
                        rules.rules(),
                        crews.crews()))
            .orElse(null);
    return new Loaded(draft, problems.sorted());
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
    boolean demonstration = section.take("demonstration").flatMap(Value::flag).orElse(false);
    section.finish();
    return id.map(
        i ->
            new Head(
                i, name.orElse(Text.same(i.value())), zone.orElse("Asia/Shanghai"), demonstration));
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
    List<String> known = List.of("site.yaml", "places.yaml", "crews.yaml", "sensors", "rules");
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
