package org.minusone.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.minusone.app.config.Configuration.Given;
import org.minusone.rules.load.NearestWord;
import org.minusone.rules.load.Problem;
import org.minusone.rules.load.Problems;
import org.minusone.rules.load.Section;
import org.minusone.rules.load.Value;
import org.minusone.rules.load.YamlText;

/**
 * Reads a configuration: defaults, then the file, then the environment, the later the stronger.
 * Paths in the file are relative to it.
 */
public final class ConfigurationReader {
  /** The environment's way to say {@code --config}. */
  public static final String FILE_VARIABLE = "MINUSONE_CONFIG";

  private static final String OF_FILE = "_FILE";

  private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
  private final Problems problems = new Problems();
  private final List<String> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Path file;

  private ConfigurationReader(Path file) {
    this.file = file;
  }

  /**
   * @param named by {@code --config}; null = by the environment, or none
   * @throws ConfigProblem with a line for everything that is wrong
   */
  public static Configuration read(Path named, Map<String, String> environment)
      throws ConfigProblem {
    String elsewhere = environment.get(FILE_VARIABLE);
    Path file =
        named != null || elsewhere == null || elsewhere.isBlank() ? named : Path.of(elsewhere);
    return new ConfigurationReader(file).read(environment);
  }

  private Configuration read(Map<String, String> environment) throws ConfigProblem {
    for (Setting setting : Setting.values()) {
      setting.standard().ifPresent(text -> given.put(setting, new Given(text, Origin.STANDARD)));
    }
    if (file != null) {
      YamlText.read(file, problems).flatMap(Value::section).ifPresent(root -> take("", root));
      warnOfReadableSecrets();
    }
    takeEnvironment(new TreeMap<>(environment));
    List<String> lines = new ArrayList<>();
    for (Problem problem : problems.sorted()) {
      lines.add(problem.toString());
    }
    lines.addAll(faults);
    if (!lines.isEmpty()) {
      throw new ConfigProblem(lines);
    }
    return new Configuration(file, given, warnings);
  }

  private void take(String section, Section values) {
    List<String> known = Setting.keysOf(section);
    for (Section.Entry entry : values.entries()) {
      String key = entry.key().raw().orElse("");
      String path = section.isEmpty() ? key : section + "." + key;
      Optional<Setting> setting = Setting.at(path);
      if (setting.isPresent()) {
        take(setting.get(), entry.value());
      } else if (Setting.isSection(path)) {
        if (!entry.value().isNothing()) {
          entry.value().section().ifPresent(inner -> take(path, inner));
        }
      } else {
        entry.key().error(Value.unknown("key", key, known));
      }
    }
  }

  private void take(Setting setting, Value value) {
    Optional<String> text = text(setting, value);
    if (text.isEmpty()) {
      value.error(wanted(setting, found(value)));
      return;
    }
    Optional<String> fault = fault(setting, text.get());
    if (fault.isPresent()) {
      value.error(fault.get());
      return;
    }
    given.put(
        setting,
        new Given(
            resolved(setting, text.get()),
            new Origin(Origin.Kind.FILE, file + ":" + value.line())));
  }

  /** A path in the file is meant from where the file is. */
  private String resolved(Setting setting, String text) {
    boolean isPath = setting.kind() == SettingKind.FILE || setting.kind() == SettingKind.DIRECTORY;
    return isPath ? file.toAbsolutePath().resolveSibling(text).normalize().toString() : text;
  }

  private static Optional<String> text(Setting setting, Value value) {
    if (setting.kind().isList() && value.isList()) {
      List<String> items = new ArrayList<>();
      for (Value item : value.items()) {
        items.add(item.raw().orElse(""));
      }
      return items.isEmpty() ? Optional.empty() : Optional.of(String.join(",", items));
    }
    return value.raw();
  }

  private static String found(Value value) {
    if (value.isMapping()) {
      return "a mapping";
    }
    return value.isList() ? "a list" : "nothing";
  }

  private static String wanted(Setting setting, String found) {
    String wanted =
        setting.words().isEmpty()
            ? setting.kind().missed("").orElse("text")
            : "one of " + String.join(", ", setting.words());
    return "'%s' must be %s, not %s".formatted(setting.path(), wanted, found);
  }

  /** What is wrong with {@code text}; a secret is not repeated. */
  private static Optional<String> fault(Setting setting, String text) {
    if (!setting.words().isEmpty()) {
      return setting.words().contains(text)
          ? Optional.empty()
          : Optional.of(Value.unknown("value of '" + setting.path() + "'", text, setting.words()));
    }
    return setting
        .kind()
        .missed(text)
        .map(
            wanted ->
                "'%s' must be %s, not %s"
                    .formatted(
                        setting.path(), wanted, setting.isSecret() ? "that" : "'" + text + "'"));
  }

  private void takeEnvironment(TreeMap<String, String> environment) {
    Map<String, Setting> byVariable = new TreeMap<>();
    for (Setting setting : Setting.values()) {
      byVariable.put(setting.variable(), setting);
      if (setting.isSecret()) {
        byVariable.put(setting.variable() + OF_FILE, setting);
      }
    }
    environment.forEach(
        (name, text) -> {
          if (!name.startsWith(Setting.PREFIX)) {
            return;
          }
          Setting setting = byVariable.get(name);
          if (setting == null) {
            faults.add(
                "environment "
                    + name
                    + ": no such setting"
                    + NearestWord.suggestion(name, byVariable.keySet()));
          } else if (name.equals(setting.variable())) {
            put(setting, text.strip(), new Origin(Origin.Kind.ENVIRONMENT, name));
          } else if (environment.containsKey(setting.variable())) {
            faults.add("environment: both " + setting.variable() + " and " + name + ": keep one");
          } else {
            takeSecret(setting, name, Path.of(text));
          }
        });
  }

  private void takeSecret(Setting setting, String name, Path secret) {
    try {
      String text = Files.readString(secret).strip();
      if (isReadableByOthers(secret)) {
        warnings.add(readable(secret));
      }
      put(setting, text, new Origin(Origin.Kind.SECRET_FILE, secret.toString()));
    } catch (IOException e) {
      faults.add(
          "environment %s: %s %s"
              .formatted(
                  name, secret, Files.exists(secret) ? "cannot be read as text" : "is no file"));
    }
  }

  private void put(Setting setting, String text, Origin origin) {
    Optional<String> fault = fault(setting, text);
    if (fault.isPresent()) {
      String where = origin.kind() == Origin.Kind.ENVIRONMENT ? "environment " : "";
      faults.add(where + origin.place() + ": " + fault.get());
    } else {
      given.put(setting, new Given(text, origin));
    }
  }

  private void warnOfReadableSecrets() {
    boolean holdsSecret =
        given.entrySet().stream()
            .anyMatch(
                e -> e.getKey().isSecret() && e.getValue().origin().kind() == Origin.Kind.FILE);
    if (holdsSecret && isReadableByOthers(file)) {
      warnings.add(readable(file));
    }
  }

  private static String readable(Path file) {
    return "%s holds a secret and everybody can read it: chmod 600 %s".formatted(file, file);
  }

  private static boolean isReadableByOthers(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
