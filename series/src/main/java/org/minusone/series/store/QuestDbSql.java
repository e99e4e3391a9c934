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

/** SQL to QuestDB over its HTTP endpoint {@code /exec}. */
public final class QuestDbSql {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final HttpClient http;
  private final URI base;
  private final String authorization;

  /** QuestDB understood and said no. */
  public static final class Failed extends IOException {
    private static final long serialVersionUID = 1;

    Failed(String message) {
      super(message);
    }

    /** Whether it said no because there is no such table. */
    public boolean isUnknownTable() {
      return getMessage().contains("table does not exist");
    }
  }

  public QuestDbSql(StoreConfig config) {
    this.base = config.url();
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
   * Runs one statement.
   *
   * @return the rows of a query, each an array; an empty array for a statement without
   * @throws Failed if QuestDB refuses the statement
   * @throws IOException if it does not answer
   */
  public JsonNode run(String statement) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                base.resolve("/exec?query=" + URLEncoder.encode(statement, StandardCharsets.UTF_8)))
            .timeout(TIMEOUT);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() == 401 || response.statusCode() == 403) {
        throw new IOException("QuestDB at " + base + " refuses our credentials");
      }
      JsonNode answer = Json.MAPPER.readTree(response.body());
      if (response.statusCode() != 200 || answer.has("error")) {
        throw new Failed(
            answer.path("error").asText("HTTP " + response.statusCode()) + " in: " + statement);
      }
      return answer.path("dataset").isArray()
          ? answer.path("dataset")
          : Json.MAPPER.createArrayNode();
    } catch (ConnectException e) {
      // It has no message of its own.
      throw new IOException("QuestDB at " + base + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while QuestDB was asked", e);
    }
  }

  /** A text as SQL has it. */
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /**
   * A table's name as SQL has it.
   *
   * @throws IllegalArgumentException for one that no measurement of ours has
   */
  public static String name(String measurement) {
    if (!measurement.matches("[A-Za-z0-9_.@-]{1,100}")) {
      throw new IllegalArgumentException("not a measurement: " + measurement);
    }
    return "'" + measurement + "'";
  }
}
