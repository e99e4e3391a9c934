package org.minusone.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import org.minusone.model.codec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description =
        "Says whether the running instance is ready, check by check; exit 1 if it is not.")
public final class HealthCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption where;

  @Option(names = "--json", description = "The answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Instance instance = where.instance();
    HttpResponse<String> answer = instance.get("/-/ready");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.body());
    } else {
      JsonNode body = Json.MAPPER.readTree(answer.body());
      out.printf(
          "%s  pid %d  %s%n",
          answer.statusCode() == 200 ? "ready" : "not ready",
          instance.file().pid(),
          instance.console());
      for (JsonNode check : body.path("checks")) {
        out.printf(
            "  %-8s %-24s %s%n",
            check.path("ok").asBoolean() ? "ok" : "missing",
            check.path("name").asText(),
            check.path("detail").asText(""));
      }
    }
    out.flush();
    return answer.statusCode() == 200 ? 0 : 1;
  }
}
