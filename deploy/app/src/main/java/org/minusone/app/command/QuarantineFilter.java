package org.minusone.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.minusone.model.RejectionReason;
import org.minusone.rules.load.NearestWord;
import picocli.CommandLine.Option;

/** Which entries are meant. */
final class QuarantineFilter {
  @Option(names = "--site", description = "Only of this site or run.")
  private String site;

  @Option(names = "--reason", description = "Only these: bad-payload, unknown-sensor, …")
  private String reason;

  @Option(names = "--topic", description = "Only those whose topic begins so.")
  private String topic;

  @Option(names = "--text", description = "Only those with this in topic, detail or client.")
  private String text;

  @Option(names = "--since", description = "Only those that arrived within this time: 90s, 1h, 2d.")
  private String since;

  /**
   * A word that is mistyped finds nothing, which looks as if all were well.
   *
   * @throws Problem with the nearest known word
   */
  void requireKnown(Instance instance) throws Exception {
    if (reason != null) {
      require("reason", reason, Arrays.stream(RejectionReason.values()).map(RejectionReason::id));
    }
    if (site != null) {
      JsonNode known = Answers.of(instance.get("/api/v1/sites"));
      Stream<JsonNode> sites = StreamSupport.stream(known.get("items").spliterator(), false);
      Stream<JsonNode> runs = StreamSupport.stream(known.get("runs").spliterator(), false);
      require(
          "site",
          site,
          Stream.concat(sites.map(one -> one.get("id")), runs.map(one -> one.get("site")))
              .map(JsonNode::asText));
    }
  }

  private static void require(String what, String word, Stream<String> all) throws Problem {
    List<String> known = all.toList();
    if (!known.contains(word.strip())) {
      throw Problem.usage(
          "no %s %s among %s%s"
              .formatted(
                  what, word, String.join(", ", known), NearestWord.suggestion(word, known)));
    }
  }

  /** Empty when nothing narrows it. */
  Map<String, String> fields(Instant now) throws Problem {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "site", site);
    put(fields, "reason", reason);
    put(fields, "topic", topic);
    put(fields, "q", text);
    if (since != null) {
      fields.put("from", now.minus(Spans.parse(since, "--since")).toString());
    }
    return fields;
  }

  private static void put(Map<String, String> fields, String name, String value) {
    if (value != null && !value.isBlank()) {
      fields.put(name, value.strip());
    }
  }

  /** As a query, without its question mark. */
  static String query(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
