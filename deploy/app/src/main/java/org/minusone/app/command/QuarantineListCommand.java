package org.minusone.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.model.codec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "What was rejected, newest first, and how many of each reason.")
public final class QuarantineListCommand implements Callable<Integer> {
  private static final int PAGE = 500;
  private static final int WIDEST = 72;

  @Spec private CommandSpec spec;
  @Mixin private ConsoleOption where;
  @Mixin private QuarantineFilter filter;

  @Option(
      names = "--state",
      description = "open, retried or all (default: open).",
      defaultValue = "open")
  private String state;

  @Option(names = "--limit", description = "At most so many (default: 50).", defaultValue = "50")
  private int limit;

  @Option(names = "--json", description = "The answer as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (limit < 1) {
      throw Problem.usage("--limit " + limit + " is too few: 1 or more");
    }
    Instance instance = where.instance();
    filter.requireKnown(instance);
    Map<String, String> fields = filter.fields(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    fields.put("state", state);
    ObjectNode all = Json.MAPPER.createObjectNode();
    ArrayNode items = all.putArray("items");
    String next = null;
    do {
      fields.put("limit", String.valueOf(Math.min(PAGE, limit - items.size())));
      if (next != null) {
        fields.put("next", next);
      }
      JsonNode page =
          Answers.of(instance.get("/api/v1/quarantine?" + QuarantineFilter.query(fields)));
      page.get("items").forEach(items::add);
      next = page.get("next").isNull() ? null : page.get("next").asText();
      all.set("counts", page.get("counts"));
    } while (next != null && items.size() < limit);
    all.put("more", next != null);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(all));
    } else {
      print(out, all);
    }
    out.flush();
    return 0;
  }

  private void print(PrintWriter out, JsonNode all) {
    for (JsonNode count : all.get("counts")) {
      long open = count.get("open").asLong();
      long retried = count.get("entries").asLong() - open;
      out.printf(
          "%8d open%s  %s%n",
          open, retried == 0 ? "" : ", " + retried + " retried", count.get("reason").asText());
    }
    if (all.get("items").isEmpty()) {
      out.println(
          all.get("counts").isEmpty()
              ? "nothing was rejected in the last 30 days"
              : "no entry is like that");
      return;
    }
    out.printf(
        "%n%-10s %-26s %-17s %-44s %-20s %s%n",
        "ID", "ARRIVED", "REASON", "TOPIC", "CLIENT", "DETAIL");
    for (JsonNode item : all.get("items")) {
      out.printf(
          "%-10s %-26s %-17s %-44s %-20s %s%n",
          item.get("id").asText(),
          Moments.shown(Instant.parse(item.get("at").asText())),
          item.get("reason").asText(),
          plain(item.get("topic").asText()),
          item.get("client").isNull() ? "-" : plain(item.get("client").asText()),
          brief(plain(item.get("detail").asText())));
    }
    if (all.get("more").asBoolean()) {
      out.println("There are more: --limit N shows them.");
    }
  }

  /** What a stranger sent must not steer the terminal. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static String brief(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }
}
