package org.minusone.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.app.site.AdoptionLines;
import org.minusone.app.site.SiteTable;
import org.minusone.app.site.UnknownSensor;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "unknown",
    mixinStandardHelpOptions = true,
    description = {
      "Lists sensors that send and are not registered, those heard last first.",
      "Whether their readings are taken meanwhile is up to unknown_sensors in site.yaml.",
      "With --config: as ingest wrote them down on that Kafka; it does not count how often."
    })
final class SiteUnknownCommand implements Callable<Integer> {
  private static final String ROW = "%-32s %-15s %-16s %-8s %-26s %-26s %s%n";

  @Spec private CommandSpec spec;
  @Mixin private LiveSites system;

  @Option(names = "--site", paramLabel = "ID", description = "Of which site (default: the first).")
  private String site;

  @Option(
      names = "--yaml",
      description =
          "Lines for sensors/*.yaml instead; what you have to fill in stands in capitals.")
  private boolean yaml;

  @Option(
      names = "--community",
      paramLabel = "ID",
      description = "With --yaml: the community they all hang in.")
  private String community;

  @Option(
      names = "--hazard-class",
      paramLabel = "CLASS",
      description = "With --yaml: the hazard class of all the hazmat sensors.")
  private String hazardClass;

  @Option(names = "--json", description = "The answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (!yaml && (community != null || hazardClass != null)) {
      throw Problem.usage("--community and --hazard-class are for --yaml");
    }
    if (site != null && (!SiteId.isValid(site) || site.contains("@"))) {
      throw Problem.usage("'" + site + "' is no site id: a-z, 0-9 and -, at most 64");
    }
    List<UnknownSensor> found = system.isInstance() ? ofInstance() : ofTopic();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("items", found);
      if (yaml) {
        answer.put("yaml", new AdoptionLines(community, hazardClass).of(found));
      }
      out.println(Json.text(answer));
    } else if (yaml) {
      new AdoptionLines(community, hazardClass).of(found).forEach(out::println);
    } else {
      print(out, found);
    }
    out.flush();
    return 0;
  }

  private List<UnknownSensor> ofInstance() throws Exception {
    String query = site == null ? "" : "?site=" + URLEncoder.encode(site, StandardCharsets.UTF_8);
    JsonNode answer = Answers.of(system.instance().get("/api/v1/sensors/unknown" + query));
    List<UnknownSensor> found = new ArrayList<>();
    for (JsonNode item : answer.get("items")) {
      found.add(Json.MAPPER.convertValue(item, UnknownSensor.class));
    }
    return found;
  }

  private List<UnknownSensor> ofTopic() throws Exception {
    try (SiteTable table = system.open(false)) {
      List<SiteId> live = table.sites().stream().map(SiteVersion::site).sorted().toList();
      if (live.isEmpty()) {
        throw Problem.failed("no site is live there: apply one with `minusone site apply DIR`");
      }
      SiteId meant = site == null ? live.get(0) : new SiteId(site);
      if (!live.contains(meant)) {
        throw Problem.usage(
            "no site '%s' is live there; live: %s"
                .formatted(meant, String.join(", ", live.stream().map(SiteId::value).toList())));
      }
      return table.provisional(meant).stream()
          .map(UnknownSensor::of)
          .sorted(Comparator.comparing(UnknownSensor::firstHeard).reversed())
          .toList();
    }
  }

  private static void print(PrintWriter out, List<UnknownSensor> found) {
    if (found.isEmpty()) {
      out.println("every sensor that was heard is registered");
      return;
    }
    out.printf(
        ROW, "SENSOR", "FAMILY", "GATEWAY", "READINGS", "FIRST HEARD", "LAST HEARD", "REFUSED");
    for (UnknownSensor one : found) {
      out.printf(
          ROW,
          QuarantineListCommand.plain(one.name()),
          one.family() == null ? "-" : one.family().id(),
          one.gateway() == null ? "-" : QuarantineListCommand.plain(one.gateway()),
          one.admitted() ? "taken" : "refused",
          time(one.firstHeard()),
          time(one.lastHeard()),
          one.rejected() == null ? "-" : one.rejected());
    }
    out.println("Lines to register them: --yaml");
  }

  private static String time(Instant at) {
    return at == null ? "-" : Moments.shown(at);
  }
}
