package org.minusone.series.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.minusone.model.codec.Json;

/** InfluxQL to InfluxDB 1.x over its HTTP endpoint {@code /query}, times in milliseconds. */
public final class InfluxQl {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final HttpClient http;
  private final URI base;
  private final String database;
  private final String authorization;

  /** InfluxDB understood and said no. */
  public static final class Failed extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    Failed(int status, String message) {
      super(message);
      this.status = status;
    }

    /** Whether we are known and may not. */
    boolean isForbidden() {
      return status == 403;
    }
  }

  public InfluxQl(StoreConfig config) {
    this.base = config.url();
    this.database = config.database();
    this.authorization =
        config.username() == null
            ? null
            : "Basic "
                + Base64.getEncoder()
                    .encodeToString(
                        (config.username() + ":" + config.password())
                            .getBytes(StandardCharsets.UTF_8));
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
  }

  /**
   * Runs statements, parted by semicolons.
   *
   * @return the results, one for each statement: {@code {"series": [{"tags": {…}, "columns": […],
   *     "values": [[…], …]}, …]}}, without {@code series} where there is nothing
   * @throws Failed if InfluxDB refuses a statement, or answers a part of it only
   * @throws IOException if it does not answer, or refuses our credentials
   */
  public JsonNode run(String statements) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve("/query?epoch=ms&db=" + encode(database)))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("q=" + encode(statements)));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() == 401) {
        throw new IOException("InfluxDB at " + base + " refuses our credentials");
      }
      return results(response, statements);
    } catch (ConnectException e) {
      // It has no message of its own.
      throw new IOException("InfluxDB at " + base + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while InfluxDB was asked", e);
    }
  }

  private static JsonNode results(HttpResponse<byte[]> response, String statements)
      throws IOException {
    int status = response.statusCode();
    JsonNode answer =
        status == 200 || isJson(response)
            ? Json.MAPPER.readTree(response.body())
            : Json.MAPPER.createObjectNode();
    if (status != 200 || answer.has("error")) {
      throw new Failed(
          status, answer.path("error").asText("HTTP " + status) + " in: " + statements);
    }
    JsonNode results = answer.path("results");
    for (JsonNode result : results) {
      if (result.has("error")) {
        throw new Failed(status, result.get("error").asText() + " in: " + statements);
      }
      for (JsonNode series : result.path("series")) {
        // A row limit of the server cuts an answer short and says so nowhere else.
        if (series.path("partial").asBoolean()) {
          throw new Failed(status, "more rows than max-row-limit allows in: " + statements);
        }
      }
    }
    return results;
  }

  private static boolean isJson(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Content-Type").orElse("").contains("json");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A text as InfluxQL has it. */
  public static String text(String value) {
    return quoted(value, '\'');
  }

  /** A name as InfluxQL has it. */
  public static String name(String value) {
    return quoted(value, '"');
  }

  private static String quoted(String value, char quote) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append(quote);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\n') {
        quoted.append("\\n");
        continue;
      }
      if (c == quote || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append(quote).toString();
  }
}
