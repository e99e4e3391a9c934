package org.minusone.app.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
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
