package org.minusone.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.model.codec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = {
      "Has entries decoded again, by the formats and the registry of today and with their original"
          + " time: those named, or all open ones that match.",
      "Readings of the same messages that were taken the first time are counted as duplicates.",
      "Exit 1 if anything was refused again."
    })
public final class QuarantineRetryCommand implements Callable<Integer> {
  private static final int MOST = 100_000;

  /** Without news for so long, nobody works at it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Spec private CommandSpec spec;
  @Mixin private ConsoleOption where;
  @Mixin private QuarantineFilter filter;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "As quarantine list prints them.")
  private List<String> ids = List.of();

  @Option(
      names = "--limit",
      description = "At most so many of those that match, the oldest first (default: 100000).",
      defaultValue = "" + MOST)
  private int limit;

  @Option(names = "--yes", description = "Do not ask before a retry of all that match.")
  private boolean yes;

  @Option(names = "--json", description = "The outcome as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Map<String, String> fields = filter.fields(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    if (ids.isEmpty() == fields.isEmpty()) {
      throw Problem.usage("name either ids or what is meant: --reason, --topic, --text, --since");
    }
    Instance instance = where.instance();
    filter.requireKnown(instance);
    Map<String, Object> body = new LinkedHashMap<>();
    if (ids.isEmpty()) {
      confirm(fields);
      body.put("filter", fields);
      body.put("limit", limit);
    } else {
      body.put("ids", ids);
    }
    JsonNode given = Answers.of(instance.post("/api/v1/quarantine/retry", body));
    PrintWriter out = spec.commandLine().getOut();
    for (JsonNode skipped : given.path("skipped")) {
      spec.commandLine()
          .getErr()
          .printf(
              "%s is passed over: %s%n",
              skipped.get("id").asText(),
              skipped.get("reason").asText().equals("retried")
                  ? "it was retried before"
                  : "there is no such entry");
    }
    JsonNode end = follow(instance, given);
    if (json) {
      out.println(Json.text(end));
    } else {
      out.printf(
          "%d tried again: %d readings, %d refused again%s%n",
          end.get("done").asInt(),
          end.get("readings").asLong(),
          end.get("rejected").asLong(),
          end.get("refused").asInt() == 0
              ? ""
              : ", %d could not be decoded again (%s)"
                  .formatted(end.get("refused").asInt(), end.get("why").asText()));
      if (given.path("more").asBoolean()) {
        out.println("More match; do it once more.");
      }
    }
    out.flush();
    return end.get("rejected").asLong() + end.get("refused").asLong() == 0 ? 0 : 1;
  }

  private void confirm(Map<String, String> fields) throws Problem {
    if (yes) {
      return;
    }
    Console console = System.console();
    if (console == null) {
      throw Problem.usage("say --yes to decode again every open entry with " + fields);
    }
    String answer = console.readLine("Decode again every open entry with %s? [y/N] ", fields);
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
      throw Problem.failed("nothing was done");
    }
  }

  private JsonNode follow(Instance instance, JsonNode given) throws Exception {
    JsonNode now = given;
    int asked = given.get("asked").asInt();
    long heard = System.nanoTime();
    while (now.get("done").asInt() < asked) {
      if (System.nanoTime() - heard > PATIENCE.toNanos()) {
        throw Problem.failed(
            "%d of %d were tried again, and nothing more for a minute: does ingest run? It goes on"
                    .formatted(now.get("done").asInt(), asked)
                + " when it does");
      }
      Thread.sleep(500);
      JsonNode next =
          Answers.of(instance.get("/api/v1/quarantine/retries/" + given.get("command").asText()));
      if (next.get("done").asInt() > now.get("done").asInt()) {
        heard = System.nanoTime();
        PrintWriter err = spec.commandLine().getErr();
        err.printf("%d of %d%n", next.get("done").asInt(), asked);
        err.flush();
      }
      now = next;
    }
    return now;
  }
}
