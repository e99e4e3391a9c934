package org.minusone.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.model.Family;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.codec.Json;
import org.minusone.simulator.publish.PublisherConfig;
import org.minusone.simulator.replay.Replay;
import org.minusone.simulator.replay.ReplayRequest;
import org.minusone.simulator.replay.ReplayResult;
import org.minusone.simulator.replay.UnreadableRecording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes recorded readings over MQTT as a run of their own, site@run.",
      "Stamps stay as recorded; a run never pages a person."
    })
public final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption where;

  @Parameters(
      paramLabel = "FILE",
      description = "CSV: sensor,time,quantity,value, optional family.")
  private Path file;

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      description = "Times faster than recorded, or as fast as the broker takes it (default: 1).",
      defaultValue = "1")
  private String speed;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "First recorded time; a date means its midnight UTC.")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "End of recorded time, exclusive.")
  private String to;

  @Option(
      names = "--max-gap",
      paramLabel = "DURATION",
      description =
          "Waits no longer than that of recorded time when no sensor reports (default: 60s).",
      defaultValue = "60s")
  private String maxGap;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "The run's name, a-z 0-9 and -, not used before (default: a new one).")
  private String run;

  @Option(
      names = "--site",
      paramLabel = "ID",
      description = "Site whose rules apply (default: the running instance's).")
  private String site;

  @Option(names = "--json", description = "The result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (!Files.isReadable(file)) {
      throw Problem.usage("cannot read " + file + ": name a CSV file that exists");
    }
    Instance instance = where.instance();
    JsonNode sites = ask(instance, "/api/v1/sites");
    SiteId runSite = runSite(sites);
    ReplayRequest request = request(runSite, families(instance, runSite.base()));
    PrintWriter talk = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    String[] address = instance.mqtt().split(":");
    PublisherConfig broker =
        PublisherConfig.to(address[0], Integer.parseInt(address[1])).withConnections(1);
    ReplayResult result;
    try {
      result = new Replay(request, broker).run(telling(talk, instance, runSite));
    } catch (UnreadableRecording e) {
      throw Problem.usage(e.getMessage());
    }
    if (result.published() == 0) {
      throw Problem.failed(
          "no reading of %s lies in that time: it has %,d rows, %,d outside it, skipped %s"
              .formatted(file, result.rows(), result.outside(), result.skipped()));
    }
    report(talk, result);
    return result.published() == result.acked() ? 0 : 1;
  }

  private void report(PrintWriter talk, ReplayResult result) {
    if (json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(Json.text(result));
      out.flush();
      return;
    }
    talk.printf(
        "%n%,d readings of %d sensors, %s to %s, acknowledged %,d, in %.1f s%n",
        result.published(),
        result.sensors(),
        result.first(),
        result.last(),
        result.acked(),
        result.took().toMillis() / 1000.0);
    if (!result.skipped().isEmpty()) {
      talk.printf("skipped %s%n", result.skipped());
      result.examples().forEach(example -> talk.printf("  %s%n", example));
    }
    talk.flush();
  }

  /**
   * The link comes with the first progress: before it the run is not open, and there is nothing to
   * see.
   */
  private Replay.Progress telling(PrintWriter talk, Instance instance, SiteId runSite) {
    boolean[] opened = {false};
    return (rows, total, recorded, elapsed, left) -> {
      if (!opened[0]) {
        opened[0] = true;
        talk.printf(
            "replaying %s as %s, speed %s%nwatch at %s/?site=%s%n",
            file, runSite, speed, instance.console(), runSite);
      }
      tell(talk, rows, total, recorded, left);
    };
  }

  private static void tell(
      PrintWriter talk, long rows, long total, Instant recorded, Duration left) {
    String end = left == null ? "" : ", %d s left".formatted(left.toSeconds());
    talk.printf("\r%,d of %,d readings, at %s%s   ", rows, total, recorded, end);
    talk.flush();
  }

  private SiteId runSite(JsonNode sites) throws Problem {
    String base = site == null ? sites.path("items").path(0).path("id").asText("") : site;
    if (!SiteId.isValid(base) || base.indexOf('@') >= 0) {
      throw Problem.usage("--site " + base + " is no site: name one without @");
    }
    String name = run == null ? ReplayRequest.newRunName(Instant.now()) : run;
    if (!SiteId.isValid(base + "@" + name)) {
      throw Problem.usage("--run " + name + " is no name for a run: 1 to 32 of a-z, 0-9 and -");
    }
    for (JsonNode known : sites.path("runs")) {
      if (known.path("site").asText().equals(base + "@" + name)) {
        throw Problem.usage(
            "--run "
                + name
                + " was used before, all its readings would be duplicates: name another");
      }
    }
    return new SiteId(base + "@" + name);
  }

  private ReplayRequest request(SiteId runSite, Map<SensorId, Family> families) throws Problem {
    try {
      return new ReplayRequest(
          file,
          runSite,
          ReplayRequest.parseSpeed(speed),
          Moments.parse(from, "--from"),
          Moments.parse(to, "--to"),
          Spans.parse(maxGap, "--max-gap"),
          families);
    } catch (IllegalArgumentException e) {
      throw Problem.usage(e.getMessage());
    }
  }

  private static Map<SensorId, Family> families(Instance instance, SiteId base) throws Exception {
    Map<SensorId, Family> families = new HashMap<>();
    String next = "";
    do {
      JsonNode page =
          ask(
              instance,
              "/api/v1/sensors?limit=1000&site=" + base + (next.isEmpty() ? "" : "&next=" + next));
      for (JsonNode sensor : page.path("items")) {
        families.put(
            new SensorId(sensor.path("id").asText()), Family.of(sensor.path("family").asText()));
      }
      next = page.path("next").isNull() ? "" : page.path("next").asText("");
    } while (!next.isEmpty());
    return families;
  }

  private static JsonNode ask(Instance instance, String path) throws Exception {
    HttpResponse<String> answer = instance.get(path);
    JsonNode body = Json.MAPPER.readTree(answer.body());
    if (answer.statusCode() != 200) {
      throw Problem.failed(
          "%s answered %d: %s"
              .formatted(instance.console(), answer.statusCode(), body.path("detail").asText()));
    }
    return body;
  }
}
