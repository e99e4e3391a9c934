package org.minusone.console.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.minusone.console.access.Gate;
import org.minusone.console.access.Person;
import org.minusone.model.SensorId;
import org.minusone.model.codec.Json;

/**
 * Reading a request and writing JSON, in one place. Bad parameters are problems with status 400.
 */
final class Exchange {
  private static final String VERDICT = "verdict";
  private static final int LONGEST_KEY = 128;

  private Exchange() {}

  static void json(Context context, int status, Object body) {
    context
        .status(status)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .result(Json.bytes(body));
  }

  static void json(Context context, Object body) {
    json(context, 200, body);
  }

  static void problem(Context context, Problem problem) {
    json(context, problem.status(), problem.body());
    context.contentType(Problem.CONTENT_TYPE);
  }

  static void admit(Context context, Gate.Verdict verdict) {
    context.attribute(VERDICT, verdict);
  }

  static Gate.Verdict verdict(Context context) {
    Gate.Verdict verdict = context.attribute(VERDICT);
    return verdict;
  }

  /** Who asks; only on routes that need somebody. */
  static Person person(Context context) {
    return verdict(context).person();
  }

  static int whole(Context context, String name, int usual, int least, int most) {
    String text = context.queryParam(name);
    if (text == null) {
      return usual;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, with the bounds.
    }
    throw Problem.badRequest(name + " is a whole number from " + least + " to " + most);
  }

  /** ISO-8601 or epoch ms. */
  static Optional<Instant> instant(Context context, String name) {
    String text = context.queryParam(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(instant(text));
    } catch (DateTimeException e) {
      throw Problem.badRequest(name + " is a time as 2026-01-31T12:00:00Z or epoch milliseconds");
    }
  }

  /**
   * @throws DateTimeException unless it is ISO-8601 or epoch ms
   */
  static Instant instant(String text) {
    return text.matches("-?\\d{1,15}")
        ? Instant.ofEpochMilli(Long.parseLong(text))
        : Instant.parse(text);
  }

  static SensorId sensor(Context context) {
    String id = context.pathParam("id");
    if (!SensorId.isValid(id)) {
      throw Problem.notFound("no such sensor: " + id);
    }
    return new SensorId(id);
  }

  /** The request's Idempotency-Key; a new one where it has none. */
  static String key(Context context) {
    String key = context.header("Idempotency-Key");
    if (key == null) {
      return UUID.randomUUID().toString();
    }
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw Problem.badRequest("Idempotency-Key has 1 to " + LONGEST_KEY + " characters");
    }
    return key;
  }

  /** The body as a JSON object; an empty body is an empty one. */
  static JsonNode body(Context context) {
    byte[] bytes = context.bodyAsBytes();
    try {
      JsonNode node =
          bytes.length == 0 ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(bytes);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      throw Problem.badRequest("the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw Problem.badRequest("the body could not be read");
    }
    throw Problem.badRequest("the body is not a JSON object");
  }

  /** A text field of the body; null when it is missing or null. */
  static String text(JsonNode body, String name) {
    JsonNode field = body.path(name);
    if (field.isMissingNode() || field.isNull()) {
      return null;
    }
    if (!field.isTextual()) {
      throw Problem.badRequest(name + " is a text");
    }
    return field.asText();
  }
}
