package org.minusone.series.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Flux to InfluxDB 2.x over its HTTP endpoint {@code /api/v2/query}. */
public final class Flux {
  private final InfluxClient client;

  public Flux(StoreConfig config) {
    this.client = new InfluxClient(config);
  }

  /**
   * Runs a query; several yields are allowed.
   *
   * @return the rows of all tables, by column: {@code Instant}, {@code Double}, {@code Long},
   *     {@code String}, or null where there is no value
   * @throws IOException if InfluxDB refuses the query, fails in the middle of the answer, or is
   *     away
   */
  public List<Map<String, Object>> run(String query) throws IOException {
    return client.query(query);
  }

  /** A text as Flux has it: <code>${…}</code> in it is no expression. */
  public static String text(String value) {
    return '"'
        + value
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("${", "\\${")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
        + '"';
  }
}
