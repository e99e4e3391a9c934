package org.minusone.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.minusone.model.codec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "One entry with all that is known of it, and its message as text or hex.")
public final class QuarantineShowCommand implements Callable<Integer> {
  private static final List<String> FACTS =
      List.of(
          "id", "at", "site", "topic", "client", "reason", "detail", "count", "bytes", "sha256");

  @Spec private CommandSpec spec;
  @Mixin private ConsoleOption where;

  @Parameters(paramLabel = "ID", description = "As quarantine list prints it: 0-1234.")
  private String id;

  @Option(names = "--output", paramLabel = "FILE", description = "Write the message there.")
  private Path output;

  @Option(names = "--json", description = "The answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (!id.matches("\\d+-\\d+")) {
      throw Problem.usage("'" + id + "' is no id: quarantine list prints them, 0-1234");
    }
    JsonNode entry =
        Answers.of(
            where
                .instance()
                .get("/api/v1/quarantine/" + URLEncoder.encode(id, StandardCharsets.UTF_8)));
    byte[] bytes = Base64.getDecoder().decode(entry.at("/payload/base64").asText());
    if (output != null) {
      Files.write(output, bytes);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(entry));
    } else {
      print(out, entry, bytes.length);
    }
    out.flush();
    return 0;
  }

  private void print(PrintWriter out, JsonNode entry, int kept) {
    for (String fact : FACTS) {
      String value = entry.path(fact).asText("");
      if (!value.isEmpty() && !value.equals("null")) {
        out.printf("%-8s %s%n", fact, QuarantineListCommand.plain(value));
      }
    }
    if (!entry.get("retry_of").isNull()) {
      out.printf("%-8s %s, refused again%n", "retry of", entry.get("retry_of").asText());
    }
    out.printf("%-8s %s%n", "state", state(entry));
    int size = entry.get("bytes").asInt();
    out.println();
    if (kept == 0 && size > 0) {
      out.println("No bytes of this message are kept.");
      return;
    }
    if (kept < size) {
      out.printf("The first %d of %d bytes:%n", kept, size);
    }
    JsonNode payload = entry.get("payload");
    out.println(
        payload.get("text").isNull()
            ? payload.get("hex").asText().stripTrailing()
            : payload.get("text").asText());
    JsonNode client = entry.get("client");
    out.printf(
        "%nWhat becomes of it today:%n  minusone quarantine show %s --output message.bin"
            + " && minusone decode --live --at %s%s --topic %s message.bin%n",
        entry.get("id").asText(),
        entry.get("at").asText(),
        client.isNull() ? "" : " --client " + quoted(client.asText()),
        quoted(entry.get("topic").asText()));
  }

  /** For a shell: what a stranger sent must not become a command. */
  private static String quoted(String text) {
    return "'" + QuarantineListCommand.plain(text).replace("'", "'\\''") + "'";
  }

  private static String state(JsonNode entry) {
    JsonNode outcome = entry.get("outcome");
    if (outcome.isNull()) {
      return entry.get("state").asText();
    }
    String by = " by " + outcome.get("by").asText() + " at " + outcome.get("at").asText();
    if (!outcome.get("refused").isNull()) {
      return "open; could not be decoded again" + by + ": " + outcome.get("refused").asText();
    }
    int readings = outcome.get("readings").asInt();
    int rejected = outcome.get("rejected").asInt();
    return readings + rejected == 0
        ? "retried" + by + ", together with another entry of the same message"
        : "retried%s: %d readings, %d refused again".formatted(by, readings, rejected);
  }
}
