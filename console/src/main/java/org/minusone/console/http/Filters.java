package org.minusone.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.minusone.console.quarantine.Wanted;
import org.minusone.model.RejectionReason;

/** Which rejections a request asks for, in its query or in its body. */
final class Filters {
  private static final List<String> NAMES =
      List.of("site", "reason", "topic", "q", "from", "to", "state");

  private Filters() {}

  /**
   * @param field gives the text of a field, null where it is missing
   */
  static Wanted of(UnaryOperator<String> field) {
    return new Wanted(
        given(field.apply("site")),
        reason(given(field.apply("reason"))),
        given(field.apply("topic")),
        given(field.apply("q")),
        time("from", given(field.apply("from"))),
        time("to", given(field.apply("to"))),
        state(given(field.apply("state"))));
  }

  /** A misspelt filter must not retry everything. */
  static void refuseUnknown(JsonNode filter) {
    filter
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!NAMES.contains(name)) {
                throw Problem.badRequest("no filter " + name + "; there are " + NAMES);
              }
            });
  }

  static Wanted open(Wanted wanted) {
    return new Wanted(
        wanted.site(),
        wanted.reason(),
        wanted.topic(),
        wanted.text(),
        wanted.from(),
        wanted.to(),
        Wanted.State.OPEN);
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static String reason(String text) {
    if (text != null
        && !text.equals("unreadable")
        && Arrays.stream(RejectionReason.values()).noneMatch(r -> r.id().equals(text))) {
      throw Problem.badRequest(
          "reason is one of "
              + Arrays.stream(RejectionReason.values()).map(RejectionReason::id).toList());
    }
    return text;
  }

  private static Wanted.State state(String text) {
    if (text == null) {
      return Wanted.State.OPEN;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "open" -> Wanted.State.OPEN;
      case "retried" -> Wanted.State.RETRIED;
      case "all" -> Wanted.State.ALL;
      default -> throw Problem.badRequest("state is open, retried or all");
    };
  }

  private static Instant time(String name, String text) {
    if (text == null) {
      return null;
    }
    try {
      return Exchange.instant(text);
    } catch (DateTimeException e) {
      throw Problem.badRequest(name + " is a time as 2026-01-31T12:00:00Z or epoch milliseconds");
    }
  }
}
