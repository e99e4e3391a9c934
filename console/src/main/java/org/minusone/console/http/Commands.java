package org.minusone.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.minusone.console.access.Person;
import org.minusone.console.feed.CommandDesk;
import org.minusone.model.Alert;
import org.minusone.model.Command;

/** Gives a command for who asks and answers with what became of it (CONTRACTS §7). */
public final class Commands {
  private static final int LONGEST_NOTE = 2_000;

  private final CommandDesk desk;
  private final InstantSource clock;
  private final Audit audit;
  private final Executor answers;

  /**
   * @param answers writes the answers, so that no reader's connection holds up the feed
   */
  public Commands(CommandDesk desk, InstantSource clock, Audit audit, Executor answers) {
    this.desk = desk;
    this.clock = clock;
    this.audit = audit;
    this.answers = answers;
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * @param refusal why it cannot be, as far as the console knows; asked unless it was given already
   * @param details null where it has none
   * @param answer the body of a success, of the alert as it is then
   */
  void give(
      Context context,
      Command.Kind kind,
      Alert alert,
      Instant at,
      String note,
      Command.Details details,
      Supplier<Optional<String>> refusal,
      Function<Alert, Map<String, Object>> answer) {
    Person person = Exchange.person(context);
    Command command =
        new Command(
            Exchange.key(context),
            kind,
            alert.site(),
            alert.id(),
            person.name(),
            person.role(),
            at,
            note,
            null,
            details);
    String address = context.ip();
    Optional<String> refused = desk.isGiven(command.id()) ? Optional.empty() : refusal.get();
    if (refused.isPresent()) {
      CommandDesk.Outcome outcome =
          new CommandDesk.Outcome(CommandDesk.Status.REFUSED, alert, refused.get());
      audit.command(command, outcome, address);
      answer(context, outcome, answer);
      return;
    }
    context.future(
        () ->
            desk.give(command)
                .thenAcceptAsync(
                    outcome -> {
                      audit.command(command, outcome, address);
                      answer(context, outcome, answer);
                    },
                    answers));
  }

  /** One that only alerting can refuse. */
  void give(
      Context context,
      Command.Kind kind,
      Alert alert,
      Instant at,
      String note,
      Command.Details details,
      Function<Alert, Map<String, Object>> answer) {
    give(context, kind, alert, at, note, details, Optional::empty, answer);
  }

  private static void answer(
      Context context, CommandDesk.Outcome outcome, Function<Alert, Map<String, Object>> answer) {
    switch (outcome.status()) {
      case DONE -> Exchange.json(context, answer.apply(outcome.alert()));
      case WAITING -> Exchange.json(context, 202, Map.of());
      case REFUSED ->
          Exchange.problem(context, new Problem(409, outcome.reason(), why(outcome.reason())));
      case UNKNOWN_ALERT -> Exchange.problem(context, Problem.notFound("no such alert"));
      case KEY_REUSED ->
          Exchange.problem(
              context,
              new Problem(
                  422, outcome.reason(), "this Idempotency-Key was used for another command"));
      case UNAVAILABLE ->
          Exchange.problem(
              context,
              new Problem(503, outcome.reason(), "the command could not be kept; give it again"));
    }
  }

  /** In words, for who has no table of the reasons. */
  private static String why(String reason) {
    return switch (reason) {
      case "delivered" -> "the delivery was made already";
      case "not-over" -> "the delivery is not over: it is still being made";
      case "closed" -> "the alert is closed already";
      case "not-shelved" -> "the alert is not shelved";
      case "not-cleared" -> "the danger is not gone: only a cleared alert can be reset";
      case "end-out-of-range" -> "shelving ends within a day";
      case "end-in-the-past" -> "shelving ends in the future";
      case "already-dispatched" -> "this crew is asked or sent already";
      case "unknown-crew" -> "the site has no such crew";
      case "unknown-member" -> "the crew has no such member";
      case "unknown-job" -> "the alert has no such job";
      case "unassigned" -> "the job is nobody's now: dispatch it first";
      case "reassigned" -> "the job is another crew's now";
      case "resolved" -> "the job is resolved already";
      case "cancelled" -> "the job was cancelled";
      default ->
          reason.startsWith("already-")
              ? "the job is " + reason.substring("already-".length()) + " already"
              : "it cannot be done: " + reason;
    };
  }

  /** A text that must be there. */
  static String wantedNote(JsonNode body, String name) {
    String note = note(body, name);
    if (note == null) {
      throw Problem.badRequest(name + " has 1 to " + LONGEST_NOTE + " characters");
    }
    return note;
  }

  /** A text that may be there; null where it is not. */
  static String note(JsonNode body, String name) {
    String note = Exchange.text(body, name);
    if (note == null || note.isBlank()) {
      return null;
    }
    if (note.length() > LONGEST_NOTE) {
      throw Problem.badRequest(name + " has at most " + LONGEST_NOTE + " characters");
    }
    return note.strip();
  }

  /** An ISO-8601 duration longer than nothing; null where it is not there. */
  static Duration span(JsonNode body, String name) {
    String text = Exchange.text(body, name);
    if (text == null) {
      return null;
    }
    try {
      Duration span = Duration.parse(text);
      if (span.compareTo(Duration.ZERO) > 0 && span.compareTo(Duration.ofDays(1)) <= 0) {
        return span;
      }
    } catch (DateTimeParseException e) {
      // Said below, with the bounds.
    }
    throw Problem.badRequest(name + " is a duration up to P1D, as PT30M");
  }
}
