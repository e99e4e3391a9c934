package org.minusone.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.model.codec.Json;
import org.minusone.rules.load.ForecastMethods;
import org.minusone.rules.load.RuleLoader;
import org.minusone.rules.load.SiteNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Reads rule files and says what is wrong with file, line and the nearest known word.")
final class RulesCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|DIR",
      description = "A rule file or a folder of them (default: deploy/sites/fubao/rules).")
  private Path path;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = "A site's files: overrides may name only what is there.")
  private Path site;

  @Option(names = "--json", description = "Problems as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Path where = path == null ? Home.fubao().resolve("rules") : path;
    SiteNames names = site == null ? SiteNames.UNKNOWN : SiteFiles.load(site).names();
    RuleLoader.Loaded loaded = RuleLoader.load(where, ForecastMethods.LIVE, names);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("ok", !loaded.hasErrors());
      answer.put("rules", loaded.rules().size());
      answer.put("problems", Problems.asJson(loaded.problems()));
      out.println(Json.text(answer));
    } else {
      loaded.problems().forEach(out::println);
      out.printf("%d rules, %d problems%n", loaded.rules().size(), loaded.problems().size());
    }
    out.flush();
    return loaded.hasErrors() ? 1 : 0;
  }
}
