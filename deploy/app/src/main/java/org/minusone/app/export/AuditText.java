package org.minusone.app.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.minusone.model.codec.Json;

/** Entries of the audit as text: CSV (RFC 4180, {@code \n} at the ends), or JSON lines. */
public final class AuditText {
  private static final List<String> COLUMNS =
      List.of("at", "site", "who", "role", "from", "what", "target", "key", "outcome");

  private final boolean jsonLines;
  private long unreadable;

  public AuditText(boolean jsonLines) {
    this.jsonLines = jsonLines;
  }

  /** What stands before the entries. */
  public String head() {
    return jsonLines ? "" : String.join(",", COLUMNS) + "\n";
  }

  /** How many were no JSON objects: an audit leaves nothing out, so they are written raw. */
  public long unreadable() {
    return unreadable;
  }

  /** One entry, as the topic has it. */
  public String line(byte[] value) {
    JsonNode entry = null;
    try {
      entry = Json.MAPPER.readTree(value);
    } catch (IOException e) {
      // Written raw, and counted.
    }
    if (entry == null || !entry.isObject()) {
      unreadable++;
      String raw = new String(value, StandardCharsets.UTF_8);
      return (jsonLines ? Json.text(raw) : cell(raw)) + "\n";
    }
    if (jsonLines) {
      return entry + "\n";
    }
    JsonNode fields = entry;
    return COLUMNS.stream()
            .map(column -> cell(fields.path(column).asText("")))
            .collect(Collectors.joining(","))
        + "\n";
  }

  /**
   * A name that begins as a formula would be one where a spreadsheet opens the file: it gets an
   * apostrophe, as OWASP advises.
   */
  private static String cell(String text) {
    String safe = !text.isEmpty() && "=+@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
