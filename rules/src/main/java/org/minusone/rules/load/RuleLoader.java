package org.minusone.rules.load;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.minusone.model.Rule;
import org.minusone.model.Sensor;

/** Rule files in, checked rules out. */
public final class RuleLoader {
  private final RuleReader reader;
  private final Problems problems;
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, Value> places = new HashMap<>();
  private final Map<String, Value> testsOf = new HashMap<>();

  /** Roughly: whether it is of one sensor or a {@code together}. */
  private final Map<String, Rule.Kind> kindOf = new HashMap<>();

  RuleLoader(Set<String> liveMethods, SiteNames site, Problems problems) {
    this.reader = new RuleReader(liveMethods, site);
    this.problems = problems;
  }

  /**
   * What a file or directory says.
   *
   * @param rules those without an error, in the order of the files
   * @param problems of all files, by place
   */
  public record Loaded(List<Rule> rules, List<Problem> problems) {
    public Loaded {
      rules = List.copyOf(rules);
      problems = List.copyOf(problems);
    }

    public boolean hasErrors() {
      return problems.stream().anyMatch(Problem::isError);
    }
  }

  /** With the methods that are {@link ForecastMethods#LIVE}. */
  public static Loaded load(Path fileOrDirectory) {
    return load(fileOrDirectory, ForecastMethods.LIVE);
  }

  /**
   * Reads one file, the {@code *.yaml} of one directory, or those of the {@code rules/} in a site's
   * directory. Never throws for what is in them.
   *
   * @param liveMethods the forecasters that are at work; a rule that names another known one gets
   *     the default one and a warning
   */
  public static Loaded load(Path fileOrDirectory, Set<String> liveMethods) {
    return load(fileOrDirectory, liveMethods, SiteNames.UNKNOWN);
  }

  /**
   * As above, for a site.
   *
   * @param site what overrides may name
   */
  public static Loaded load(Path fileOrDirectory, Set<String> liveMethods, SiteNames site) {
    Problems problems = new Problems();
    RuleLoader loader = new RuleLoader(liveMethods, site, problems);
    if (Files.isDirectory(fileOrDirectory)) {
      Path inner = fileOrDirectory.resolve("rules");
      loader.addDirectory(Files.isDirectory(inner) ? inner : fileOrDirectory);
    } else {
      loader.addFile(fileOrDirectory);
    }
    loader.finish(Files.isDirectory(fileOrDirectory));
    loader.checkAt(site.sensors().values());
    return new Loaded(loader.rules(), problems.sorted());
  }

  /** One text; {@code name} stands for its file. */
  static Loaded parse(Path name, String text, Set<String> liveMethods) {
    Problems problems = new Problems();
    RuleLoader loader = new RuleLoader(liveMethods, SiteNames.UNKNOWN, problems);
    YamlText.parse(name, text, problems).ifPresent(loader::addRoot);
    loader.finish(true);
    return new Loaded(loader.rules(), problems.sorted());
  }

  List<Rule> rules() {
    return rules;
  }

  /**
   * Speaks of what only all files together show. Call once all were added.
   *
   * @param all whether these are all the rules there are
   */
  void finish(boolean all) {
    Map<String, Rule.Kind> kinds = new HashMap<>();
    rules.forEach(rule -> kinds.put(rule.name(), rule.condition().kind()));
    // One with mistakes is there too: what it lacks was said already.
    places.keySet().forEach(name -> kinds.putIfAbsent(name, kindOf.get(name)));
    reader.finish(kinds, all);
  }

  void addDirectory(Path directory) {
    List<Path> files = yamlFiles(directory, problems);
    if (files.isEmpty()) {
      problems.error(directory, 1, 1, "there is no *.yaml in this directory");
    }
    files.forEach(this::addFile);
  }

  void addFile(Path file) {
    YamlText.read(file, problems).ifPresent(this::addRoot);
  }

  private void addRoot(Value root) {
    Optional<Section> top = root.section();
    if (top.isEmpty()) {
      return;
    }
    Map<String, Value> groups = new HashMap<>();
    for (Value item : top.get().require("groups").map(Value::items).orElse(List.of())) {
      Optional<Section> group = item.as("group").section();
      if (group.isPresent()) {
        addGroup(group.get(), groups);
      }
    }
    top.get().finish();
  }

  private void addGroup(Section group, Map<String, Value> groups) {
    Optional<Value> name = group.require("name");
    if (name.isPresent() && name.get().text().isPresent()) {
      Value first = groups.putIfAbsent(name.get().text().get(), name.get());
      if (first != null) {
        name.get().error("duplicate group, first in line " + first.line());
      }
    }
    List<Value> items = group.require("rules").map(Value::items).orElse(List.of());
    group.finish();
    for (Value item : items) {
      Optional<Section> section = item.as("rule").section();
      if (section.isPresent()) {
        Optional<Rule> rule = reader.read(section.get());
        boolean isNew = isNew(section.get());
        section.get().take("rule").flatMap(Value::raw).ifPresent(n -> noteKind(n, section.get()));
        rule.filter(r -> isNew).ifPresent(rules::add);
        rule.ifPresent(r -> testsOnce(r, section.get()));
      }
    }
  }

  /** Speaks of rules over places that this site's sensors can never fulfil. */
  void checkAt(Collection<Sensor> sensors) {
    for (Rule rule : rules) {
      Gathered.doubt(rule, rules, sensors).ifPresent(places.get(rule.name())::warning);
    }
  }

  /** A rule's name is part of its alerts' ids: two of a name would share their episodes. */
  private boolean isNew(Section section) {
    Optional<Value> name = section.take("rule");
    Optional<String> word = name.flatMap(Value::raw);
    if (word.isEmpty()) {
      return true;
    }
    Value first = places.putIfAbsent(word.get(), name.get());
    if (first != null) {
      name.get()
          .error("duplicate rule '" + word.get() + "', first at " + first.placeFrom(name.get()));
    }
    return first == null;
  }

  private void noteKind(String name, Section section) {
    kindOf.putIfAbsent(name, section.has("together") ? Rule.Kind.TOGETHER : Rule.Kind.THRESHOLD);
  }

  /** A quantity is judged in one way. */
  private void testsOnce(Rule rule, Section section) {
    if (rule.condition() instanceof Rule.Quality quality && quality.tests() != null) {
      Value tests = section.take("tests").orElseThrow();
      String of = rule.family().id() + " " + rule.quantity().id();
      Value first = testsOf.putIfAbsent(of, tests);
      if (first != null) {
        tests.error("second 'tests' of " + of + ", first at " + first.placeFrom(tests));
      }
    }
  }

  /** The {@code *.yaml} and {@code *.yml} directly in {@code directory}, by name. */
  static List<Path> yamlFiles(Path directory, Problems problems) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.{yaml,yml}")) {
      entries.forEach(files::add);
    } catch (IOException | DirectoryIteratorException e) {
      problems.error(directory, 1, 1, "cannot be listed: no permission or no such directory");
    }
    files.sort(null);
    return files;
  }
}
