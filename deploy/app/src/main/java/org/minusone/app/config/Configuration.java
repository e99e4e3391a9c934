package org.minusone.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values in effect, each of its setting's form, and where each came from. */
public final class Configuration {
  /**
   * @param text as it was written
   */
  public record Given(String text, Origin origin) {}

  private static final String MASK = "***";

  private final Path file;
  private final Map<Setting, Given> given;
  private final List<String> warnings;

  /**
   * @param file null = none was named
   */
  Configuration(Path file, Map<Setting, Given> given, List<String> warnings) {
    this.file = file;
    this.given = new EnumMap<>(Setting.class);
    this.given.putAll(given);
    this.warnings = List.copyOf(warnings);
  }

  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** What is not wrong, but should be looked at; a line each. */
  public List<String> warnings() {
    return warnings;
  }

  /** This one with {@code further} where it has defaults only or nothing. */
  public Configuration withStandards(Map<Setting, Given> further) {
    Map<Setting, Given> all = new EnumMap<>(given);
    further.forEach(
        (setting, value) -> {
          Given known = all.get(setting);
          if (known == null || known.origin().kind() == Origin.Kind.DEFAULT) {
            all.put(setting, value);
          }
        });
    return new Configuration(file, all, warnings);
  }

  /** The value and its origin; empty where there is not even a default. */
  public Optional<Given> given(Setting setting) {
    return Optional.ofNullable(given.get(setting));
  }

  public boolean has(Setting setting) {
    return given.containsKey(setting);
  }

  /** Null where there is none. */
  public String text(Setting setting) {
    return given(setting).map(Given::text).orElse(null);
  }

  public int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  public boolean flag(Setting setting) {
    return Boolean.parseBoolean(text(setting));
  }

  /** Empty where there is none. */
  public List<String> list(Setting setting) {
    return given(setting).map(g -> SettingKind.list(g.text())).orElse(List.of());
  }

  /** Null where there is none. */
  public Path path(Setting setting) {
    return given(setting).map(g -> Path.of(g.text())).orElse(null);
  }

  /** What a person may see of it: secrets masked. */
  public Optional<String> shown(Setting setting) {
    return given(setting).map(g -> setting.isSecret() ? MASK : g.text());
  }

  /** {@code minusone.yaml:3: message}: what is wrong with a value, at its place. */
  ConfigProblem fault(Setting setting, String message) {
    String place =
        given(setting)
            .map(Given::origin)
            .filter(origin -> origin.kind() != Origin.Kind.DEFAULT)
            .map(Origin::place)
            .orElse(file == null ? setting.path() : file.toString());
    return new ConfigProblem(place + ": " + message);
  }

  /**
   * @throws ConfigProblem naming those that are missing
   */
  public void require(String why, Collection<Setting> needed) throws ConfigProblem {
    List<String> missing = new ArrayList<>();
    for (Setting setting : needed) {
      if (!has(setting)) {
        missing.add(setting.path());
      }
    }
    if (!missing.isEmpty()) {
      throw new ConfigProblem(
          "%s wants %s: say so in %s, or in the environment as %s"
              .formatted(
                  why,
                  String.join(" and ", missing),
                  file == null ? "a file (--config FILE)" : file,
                  Setting.at(missing.get(0)).orElseThrow().variable()));
    }
  }
}
