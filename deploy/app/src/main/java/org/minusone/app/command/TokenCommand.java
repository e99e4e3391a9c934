package org.minusone.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.model.Role;
import org.minusone.model.codec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Prints a bearer token for scripts, or with --link a new sign-in link.")
public final class TokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConsoleOption where;

  @Option(
      names = "--role",
      description = "operator, crew, engineer or admin (default: operator).",
      defaultValue = "operator")
  private Role role;

  @Option(
      names = "--name",
      description = "Whose it is; what is done with it carries the name (default: your user name).")
  private String name;

  @Option(
      names = "--crew",
      paramLabel = "ID",
      description = "With --role crew: the crew of crews.yaml whose jobs it sees.")
  private String crew;

  @Option(
      names = "--member",
      paramLabel = "ID",
      description = "With --crew: who of it (default: a phone that the whole crew shares).")
  private String member;

  @Option(
      names = "--expires-in",
      description = "How long it is good for: 30d, 1h, or as ISO-8601 (default: 30d).",
      defaultValue = "30d")
  private String expiresIn;

  @Option(names = "--link", description = "A sign-in link instead: single use, ten minutes.")
  private boolean link;

  @Option(names = "--json", description = "The answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Instance instance = where.instance();
    String who = name == null ? Starting.person() : name;
    Map<String, Object> whom = new LinkedHashMap<>();
    whom.put("role", role);
    whom.put("name", who);
    whom.put("crew", crew);
    whom.put("member", member);
    if (!link) {
      whom.put("expires_in", expires());
    }
    HttpResponse<String> answer =
        instance.post(link ? "/api/v1/sign-in-links" : "/api/v1/tokens", whom);
    JsonNode body = Json.MAPPER.readTree(answer.body());
    if (answer.statusCode() != 200) {
      throw Problem.failed(body.path("detail").asText(answer.body()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? answer.body() : body.path(link ? "url" : "token").asText());
    out.flush();
    return 0;
  }

  private String expires() throws Problem {
    return expiresIn.startsWith("P")
        ? expiresIn
        : Spans.parse(expiresIn, "--expires-in").toString();
  }
}
