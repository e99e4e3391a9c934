package org.minusone.app.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.minusone.app.site.RuleDifference;
import org.minusone.app.site.SiteTable;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import org.minusone.rules.load.RuleLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the rules that are live in a running system with files, field by field.",
      "Exit 0: the same; 1: they differ."
    })
final class RulesDiffCommand implements Callable<Integer> {
  private static final int LONGEST = 60;

  @Spec private CommandSpec spec;
  @Mixin private LiveSites system;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|DIR",
      description = "Rule file, folder, or a site's folder (default: deploy/sites/fubao).")
  private Path path;

  @Option(
      names = "--site",
      paramLabel = "ID",
      description =
          "Which site's rules (default: the folder's site, or the only one that is live).")
  private String site;

  @Option(names = "--json", description = "The difference as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Path where = path == null ? Home.fubao() : path;
    RuleLoader.Loaded loaded = RuleLoader.load(where);
    PrintWriter err = spec.commandLine().getErr();
    loaded.problems().forEach(err::println);
    err.flush();
    if (loaded.hasErrors()) {
      throw Problem.usage("these files have errors, there is nothing to compare");
    }
    try (SiteTable table = system.open(false)) {
      SiteVersion live = live(table, where);
      RuleDifference difference = RuleDifference.between(live.rules(), loaded.rules());
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.text(answer(live, difference)));
      } else {
        print(out, live, where, difference);
      }
      out.flush();
      return difference.isNone() ? 0 : 1;
    }
  }

  private SiteVersion live(SiteTable table, Path where) throws Problem {
    List<SiteVersion> all = List.copyOf(table.sites());
    Optional<SiteId> named = named(where);
    if (named.isPresent()) {
      return table
          .live(named.get())
          .orElseThrow(
              () -> Problem.usage("%s is not live here; %s".formatted(named.get(), ids(all))));
    }
    if (all.size() != 1) {
      throw Problem.usage("name the --site: " + ids(all));
    }
    return all.get(0);
  }

  private Optional<SiteId> named(Path where) throws Problem {
    if (site != null) {
      if (!SiteId.isValid(site)) {
        throw Problem.usage("--site " + site + " is no site's id");
      }
      return Optional.of(new SiteId(site));
    }
    if (Files.exists(where.resolve("site.yaml"))) {
      return Optional.ofNullable(SiteFiles.load(where).draft()).map(SiteVersion::site);
    }
    return Optional.empty();
  }

  private static String ids(List<SiteVersion> all) {
    return all.isEmpty()
        ? "no site is live"
        : String.join(", ", all.stream().map(one -> one.site().value()).sorted().toList())
            + (all.size() == 1 ? " is" : " are");
  }

  private static Map<String, Object> answer(SiteVersion live, RuleDifference difference) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("same", difference.isNone());
    answer.put("site", live.site().value());
    answer.put("live", live.version());
    answer.put("added", difference.added());
    answer.put("removed", difference.removed());
    answer.put("changed", difference.changed());
    return answer;
  }

  private static void print(
      PrintWriter out, SiteVersion live, Path where, RuleDifference difference) {
    if (difference.isNone()) {
      out.printf(
          "%s: version %d is live, with the %d rules of %s%n",
          live.site(), live.version(), live.rules().size(), where);
      return;
    }
    out.printf("%s: version %d is live; %s has%n", live.site(), live.version(), where);
    difference.added().forEach(rule -> out.printf("  + %s%n", rule));
    difference.removed().forEach(rule -> out.printf("  - %s%n", rule));
    for (RuleDifference.Change change : difference.changed()) {
      out.printf("  ~ %s%n", change.rule());
      for (RuleDifference.Field field : change.fields()) {
        out.printf("      %s: %s → %s%n", field.field(), shown(field.live()), shown(field.files()));
      }
    }
  }

  private static String shown(String value) {
    if (value == null) {
      return "(none)";
    }
    String line = value.replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
