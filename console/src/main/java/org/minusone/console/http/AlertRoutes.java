package org.minusone.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minusone.console.access.Need;
import org.minusone.console.feed.AlertBook;
import org.minusone.console.feed.DeliveryBook;
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

  private final AlertBook alerts;
  private final DeliveryBook deliveries;
  private final SensorBoard board;
  private final SiteCatalog catalog;
  private final Commands commands;
  private final SiteChoice sites;

  public AlertRoutes(
      AlertBook alerts,
      DeliveryBook deliveries,
      SensorBoard board,
      SiteCatalog catalog,
      Commands commands,
      SiteChoice sites) {
    this.alerts = alerts;
    this.deliveries = deliveries;
    this.board = board;
    this.catalog = catalog;
    this.commands = commands;
    this.sites = sites;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/alerts", Need.READ, this::list),
        Route.get("/api/v1/alerts/{id}", Need.READ, this::one),
        post("acknowledge", context -> command(context, Command.Kind.ACKNOWLEDGE)),
        post("comment", this::comment),
        post("shelve", this::shelve),
        post("unshelve", context -> command(context, Command.Kind.UNSHELVE)),
        post("reset", context -> command(context, Command.Kind.RESET)),
        post("dispatch", this::dispatch));
  }

  private static Route post(String verb, Handler handler) {
    return Route.post("/api/v1/alerts/{id}/" + verb, Need.COMMAND, handler);
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
    answer.put("now", commands.now());
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
    answer.put("deliveries", deliveries.of(alert.id()));
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

  private Alert alert(Context context) {
    return alerts.alert(context.pathParam("id")).orElseThrow(() -> noSuchAlert(context));
  }

  private void command(Context context, Command.Kind kind) {
    give(context, kind, null, null);
  }

  private void give(Context context, Command.Kind kind, String note, Command.Details details) {
    commands.give(
        context,
        kind,
        alert(context),
        commands.now(),
        note,
        details,
        after -> Map.of("alert", after));
  }

  private void comment(Context context) {
    give(context, Command.Kind.COMMENT, Commands.wantedNote(Exchange.body(context), "note"), null);
  }

  private void shelve(Context context) {
    JsonNode body = Exchange.body(context);
    Duration span = Commands.span(body, "for");
    String end = Exchange.text(body, "until");
    if ((span == null) == (end == null)) {
      throw Problem.badRequest("one of 'for', a duration, and 'until', a time, says how long");
    }
    Instant until = span != null ? commands.now().plus(span) : time(end);
    String reason = Commands.wantedNote(body, "reason");
    give(context, Command.Kind.SHELVE, reason, Command.Details.until(until));
  }

  private static Instant time(String text) {
    try {
      return Exchange.instant(text);
    } catch (DateTimeException e) {
      throw Problem.badRequest("until is a time as 2026-01-31T12:00:00Z");
    }
  }

  private void dispatch(Context context) {
    JsonNode body = Exchange.body(context);
    String crew = Exchange.text(body, "crew");
    String member = Exchange.text(body, "member");
    if (member != null && crew == null) {
      throw Problem.badRequest("member is one of a crew: say which crew");
    }
    Command.Details details =
        new Command.Details(Exchange.text(body, "job"), crew, member, null, null, null);
    give(context, Command.Kind.DISPATCH, Commands.note(body, "note"), details);
  }
}
