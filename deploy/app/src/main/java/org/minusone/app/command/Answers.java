package org.minusone.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.minusone.model.codec.Json;

/** What the API answered. */
final class Answers {
  private Answers() {}

  /**
   * @throws Problem with what the console says, unless the answer is a success
   */
  static JsonNode of(HttpResponse<String> answer) throws Exception {
    JsonNode body = Json.MAPPER.readTree(answer.body());
    if (answer.statusCode() >= 300) {
      String detail = body.path("detail").asText("HTTP " + answer.statusCode());
      throw answer.statusCode() == 400 ? Problem.usage(detail) : Problem.failed(detail);
    }
    return body;
  }
}
