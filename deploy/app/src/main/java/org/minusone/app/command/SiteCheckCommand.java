package org.minusone.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.minusone.model.Sensor;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import org.minusone.rules.load.SiteLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Reads sensors, places, crews, gateways, payload formats and rules, and says what is wrong"
            + " with file and line.")
final class SiteCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The site's files (default: deploy/sites/fubao).")
  private Path directory;

  @Option(names = "--json", description = "Problems and counts as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Path dir = directory == null ? Home.fubao() : directory;
    SiteLoader.Loaded loaded = SiteFiles.load(dir);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("ok", !loaded.hasErrors());
      answer.put("problems", Problems.asJson(loaded.problems()));
      SiteVersion draft = loaded.draft();
      answer.put("families", draft == null ? Map.of() : families(draft));
      answer.put("gateways", draft == null ? 0 : draft.gateways().size());
      answer.put("codecs", draft == null ? 0 : draft.codecs().size());
      answer.put("maintenance", draft == null ? 0 : draft.maintenance().size());
      out.println(Json.text(answer));
    } else {
      loaded.problems().forEach(out::println);
      if (!loaded.hasErrors()) {
        SiteVersion site = loaded.draft();
        out.printf(
            "%s: %d sensors %s, %d rules, %d crews, %d gateways, %d codecs%n",
            site.site(),
            site.sensors().size(),
            families(site),
            site.rules().size(),
            site.crews().size(),
            site.gateways().size(),
            site.codecs().size());
      } else {
        out.printf("%s in %s%n", Problems.counted(loaded.problems()), dir);
      }
    }
    out.flush();
    return loaded.hasErrors() ? 1 : 0;
  }

  private static Map<String, Integer> families(SiteVersion site) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Sensor sensor : site.sensors().values()) {
      counts.merge(sensor.family().id(), 1, Integer::sum);
    }
    return counts;
  }
}
