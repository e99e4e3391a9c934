package org.minusone.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minusone.console.access.Need;
import org.minusone.console.access.Person;
import org.minusone.console.feed.AlertBook;
import org.minusone.console.feed.SensorBoard;
import org.minusone.model.Alert;
import org.minusone.model.Command;
import org.minusone.model.Crew;
import org.minusone.model.Job;
import org.minusone.model.Role;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.port.SiteCatalog;

/**
 * Jobs of crews. Who is in a crew sees and moves its own ones alone; to anybody else's it is told
 * that there is none, and a crew that had it moreover where it went. Others see all and may act for
 * a crew, under their own names.
 */
public final class JobRoutes {
  private static final int USUAL_LIMIT = 200;
  private static final int MOST = 2_000;

  /** How long ago a step may have been that a phone without a network tells late. */
  private static final Duration LATEST = Duration.ofHours(12);

  private final AlertBook alerts;
  private final SensorBoard board;
  private final SiteCatalog catalog;
  private final Commands commands;
  private final SiteChoice sites;

  public JobRoutes(
      AlertBook alerts,
      SensorBoard board,
      SiteCatalog catalog,
      Commands commands,
      SiteChoice sites) {
    this.alerts = alerts;
    this.board = board;
    this.catalog = catalog;
    this.commands = commands;
    this.sites = sites;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/jobs", Need.SIGNED_IN, this::list),
        Route.get("/api/v1/jobs/{id}", Need.SIGNED_IN, this::one),
        Route.get("/api/v1/crews", Need.READ, this::crews),
        step("accept", Command.Kind.ACCEPT),
        step("en-route", Command.Kind.EN_ROUTE),
        step("arrive", Command.Kind.ARRIVE),
        post("decline", context -> noted(context, Command.Kind.DECLINE)),
        post("message", context -> noted(context, Command.Kind.MESSAGE)),
        post("resolve", this::resolve),
        post("seen", this::seen));
  }

  private static Route post(String verb, Handler handler) {
    return Route.post("/api/v1/jobs/{id}/" + verb, Need.SIGNED_IN, handler);
  }

  private Route step(String verb, Command.Kind kind) {
    return post(
        verb,
        context -> {
          JsonNode body = Exchange.body(context);
          Command.Details eta =
              new Command.Details(null, null, null, null, Commands.span(body, "eta"), null);
          give(context, kind, body, null, eta);
        });
  }

  private void list(Context context) {
    SiteId site = sites.of(context);
    boolean openOnly = !"all".equals(context.queryParam("state"));
    int limit = Exchange.whole(context, "limit", USUAL_LIMIT, 1, MOST);
    Person person = Exchange.person(context);
    List<JobView> items = new ArrayList<>();
    List<Alert> open = alerts.open(site);
    for (Alert alert : alerts.attended(site)) {
      for (Job job : alert.jobs()) {
        boolean wanted = !openOnly || job.state().isOpen();
        if (wanted && isSeenBy(person, job) && items.size() < limit) {
          items.add(JobView.of(job, alert, open));
        }
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", items);
    answer.put("next", null);
    answer.put("now", commands.now());
    answer.put("zone", catalog.live(site).map(SiteVersion::zone).orElse(null));
    Exchange.json(context, answer);
  }

  private void one(Context context) {
    Found found = find(context);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("job", JobView.of(found.job(), found.alert(), alerts.open(found.alert().site())));
    answer.put("events", events(found));
    answer.put("sensor", board.view(found.alert().site(), found.alert().sensor()).orElse(null));
    answer.put("now", commands.now());
    Exchange.json(context, answer);
  }

  /** What happened to the job, without the alerts as they were then. */
  private List<Map<String, Object>> events(Found found) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (JsonNode event :
        alerts.told(found.alert().id()).map(AlertBook.Told::events).orElse(List.of())) {
      if (event.path("job").asText().equals(found.job().id())) {
        Map<String, Object> line = new LinkedHashMap<>();
        for (String name : List.of("id", "kind", "time", "by", "note")) {
          line.put(name, event.get(name));
        }
        events.add(line);
      }
    }
    return events;
  }

  private void crews(Context context) {
    SiteId site = sites.of(context);
    Instant now = commands.now();
    List<Alert> attended = alerts.attended(site);
    List<Map<String, Object>> items = new ArrayList<>();
    for (Crew crew : catalog.live(site).map(SiteVersion::crews).orElse(List.of())) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("id", crew.id());
      line.put("name", crew.name());
      line.put("families", crew.families());
      line.put("communities", crew.communities());
      line.put("on_duty", crew.onDuty(now));
      line.put("open_jobs", openJobs(attended, crew.id()));
      items.add(line);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", items);
    answer.put("next", null);
    Exchange.json(context, answer);
  }

  private static long openJobs(List<Alert> attended, String crew) {
    return attended.stream()
        .flatMap(alert -> alert.jobs().stream())
        .filter(job -> job.state().isOpen() && crew.equals(job.crew()))
        .count();
  }

  private record Found(Job job, Alert alert) {}

  private Found find(Context context) {
    String id = context.pathParam("id");
    Optional<Alert> alert = alerts.alert(Job.alertOf(id));
    Optional<Job> job = alert.flatMap(a -> a.job(id));
    Person person = Exchange.person(context);
    if (job.isPresent() && isSeenBy(person, job.get())) {
      return new Found(job.get(), alert.get());
    }
    if (job.isPresent() && wasAsked(person, job.get())) {
      throw new Problem(404, whereIs(job.get()), "no job of this crew any more: " + id);
    }
    throw Problem.notFound("no such job: " + id);
  }

  private static boolean wasAsked(Person person, Job job) {
    return person.crew() != null
        && job.tried().stream().anyMatch(tried -> person.crew().equals(tried.crew()));
  }

  /** For a crew that had it: whether another goes, or nobody does. */
  private static String whereIs(Job job) {
    return job.crew() == null && job.state().isOpen() ? "unassigned" : "reassigned";
  }

  private static boolean isSeenBy(Person person, Job job) {
    return person.role() != Role.CREW
        || (person.crew() != null && person.crew().equals(job.crew()));
  }

  private void noted(Context context, Command.Kind kind) {
    JsonNode body = Exchange.body(context);
    String note =
        kind == Command.Kind.MESSAGE
            ? Commands.wantedNote(body, "note")
            : Commands.note(body, "note");
    give(context, kind, body, note, Command.Details.NONE);
  }

  private void resolve(Context context) {
    JsonNode body = Exchange.body(context);
    Job.Report report =
        new Job.Report(
            Commands.note(body, "finding"),
            Commands.note(body, "cause"),
            Commands.wantedNote(body, "action"));
    Command.Details reported = new Command.Details(null, null, null, null, null, report);
    give(context, Command.Kind.RESOLVE, body, null, reported);
  }

  /** By either side. A word that came meanwhile was not on display. */
  private void seen(Context context) {
    JsonNode body = Exchange.body(context);
    give(
        context, Command.Kind.SEEN, body, null, Command.Details.until(until(body, commands.now())));
  }

  private static Instant until(JsonNode body, Instant now) {
    try {
      Instant until = Exchange.instant(String.valueOf(Exchange.text(body, "until")));
      return until.isAfter(now) ? now : until; // What is yet to be said was on no display.
    } catch (DateTimeException e) {
      throw Problem.badRequest(
          "until is when the last word on display was said, as 2026-01-31T12:00:00Z");
    }
  }

  private void give(
      Context context, Command.Kind kind, JsonNode body, String note, Command.Details more) {
    Found found = find(context);
    Person person = Exchange.person(context);
    boolean crew = person.role() == Role.CREW;
    Command.Details details =
        more.of(found.job().id(), crew ? person.crew() : null, crew ? person.member() : null);
    String id = found.job().id();
    commands.give(
        context,
        kind,
        found.alert(),
        at(body),
        note,
        details,
        after ->
            Map.of(
                "job",
                JobView.of(after.job(id).orElse(found.job()), after, alerts.open(after.site()))));
  }

  /** When the step was taken: now, unless a phone tells it late. */
  private Instant at(JsonNode body) {
    Instant now = commands.now();
    String text = Exchange.text(body, "at");
    if (text == null) {
      return now;
    }
    try {
      Instant at = Exchange.instant(text);
      // A phone's clock may be fast: then it is now.
      if (at.isAfter(now.minus(LATEST))) {
        return at.isAfter(now) ? now : at;
      }
    } catch (DateTimeException e) {
      // Said below, with the bounds.
    }
    throw Problem.badRequest("at is a time of the last 12 hours, as 2026-01-31T12:00:00Z");
  }
}
