package org.minusone.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.minusone.console.access.Need;
import org.minusone.console.access.Person;
import org.minusone.console.feed.AlertBook;
import org.minusone.console.feed.CommandDesk;
import org.minusone.console.feed.SensorBoard;
import org.minusone.model.Alert;
import org.minusone.model.Command;
import org.minusone.model.Rule;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SiteCatalog;

/** Alerts, and what may be done with them. */
public final class AlertRoutes {
  private static final int USUAL_LIMIT = 200;
  private static final int MOST = 2_000;
  private static final int LONGEST_NOTE = 2_000;

  private final AlertBook alerts;
  private final SensorBoard board;
  private final SiteCatalog catalog;
  private final CommandDesk desk;
  private final SiteChoice sites;
  private final InstantSource clock;
  private final Audit audit;
  private final Executor answers;

  /**
   * @param answers writes the answers to commands, so that no reader's connection holds up the feed
   */
  public AlertRoutes(
      AlertBook alerts,
      SensorBoard board,
      SiteCatalog catalog,
      CommandDesk desk,
      SiteChoice sites,
      InstantSource clock,
      Audit audit,
      Executor answers) {
    this.alerts = alerts;
    this.board = board;
    this.catalog = catalog;
    this.desk = desk;
    this.sites = sites;
    this.clock = clock;
    this.audit = audit;
    this.answers = answers;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/alerts", Need.READ, this::list),
        Route.get("/api/v1/alerts/{id}", Need.READ, this::one),
        Route.post(
            "/api/v1/alerts/{id}/acknowledge",
            Need.COMMAND,
            context -> command(context, Command.Kind.ACKNOWLEDGE)),
        Route.post(
            "/api/v1/alerts/{id}/comment",
            Need.COMMAND,
            context -> command(context, Command.Kind.COMMENT)));
  }

  private void list(Context context) {
    boolean openOnly = isOpenOnly(context.queryParam("state"));
    int limit = Exchange.whole(context, "limit", USUAL_LIMIT, 1, MOST);
    AlertBook.Page page =
        alerts.page(sites.of(context), openOnly, place(context.queryParam("next")), limit);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", page.items());
    answer.put("next", page.next() == null ? null : text(page.next()));
    answer.put("position", page.position().toString());
    answer.put("now", clock.instant());
    Exchange.json(context, answer);
  }

  private static boolean isOpenOnly(String state) {
    if (state == null || state.equals("open")) {
      return true;
    }
    if (state.equals("all")) {
      return false;
    }
    throw Problem.badRequest("state is open or all");
  }

  private static String text(AlertBook.Place place) {
    String text = place.startedAt().toEpochMilli() + " " + place.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static AlertBook.Place place(String next) {
    if (next == null) {
      return null;
    }
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8).split(" ", 2);
      return new AlertBook.Place(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1]);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw Problem.badRequest("next is not one that we gave");
    }
  }

  private void one(Context context) {
    AlertBook.Told told =
        alerts.told(context.pathParam("id")).orElseThrow(() -> noSuchAlert(context));
    Alert alert = told.alert();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("alert", alert);
    answer.put("events", told.events());
    answer.put("rule", rule(alert));
    answer.put("sensor", board.view(alert.site(), alert.sensor()).orElse(null));
    answer.put("unit", alert.quantity() == null ? "" : alert.quantity().unit());
    Exchange.json(context, answer);
  }

  private Rule rule(Alert alert) {
    return catalog
        .live(alert.site())
        .flatMap((SiteVersion live) -> live.rule(alert.rule(), alert.sensor()))
        .orElse(null);
  }

  private static Problem noSuchAlert(Context context) {
    return Problem.notFound("no such alert: " + context.pathParam("id"));
  }

  private void command(Context context, Command.Kind kind) {
    Alert alert = alerts.alert(context.pathParam("id")).orElseThrow(() -> noSuchAlert(context));
    Person person = Exchange.person(context);
    Command command =
        new Command(
            Exchange.key(context),
            kind,
            alert.site(),
            alert.id(),
            person.name(),
            person.role(),
            clock.instant(),
            note(Exchange.body(context), kind));
    String address = context.ip();
    context.future(
        () ->
            desk.give(command)
                .thenAcceptAsync(
                    outcome -> {
                      audit.command(command, outcome, address);
                      answer(context, outcome);
                    },
                    answers));
  }

  private static String note(JsonNode body, Command.Kind kind) {
    String note = Exchange.text(body, "note");
    return switch (kind) {
      case ACKNOWLEDGE, RETRY -> null;
      case COMMENT -> {
        if (note == null || note.isBlank() || note.length() > LONGEST_NOTE) {
          throw Problem.badRequest("note has 1 to " + LONGEST_NOTE + " characters");
        }
        yield note.strip();
      }
    };
  }

  private static void answer(Context context, CommandDesk.Outcome outcome) {
    switch (outcome.status()) {
      case DONE -> Exchange.json(context, Map.of("alert", outcome.alert()));
      case WAITING -> Exchange.json(context, 202, Map.of());
      case REFUSED ->
          Exchange.problem(
              context, new Problem(409, outcome.reason(), "the alert is closed already"));
      case UNKNOWN_ALERT -> Exchange.problem(context, noSuchAlert(context));
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
}
