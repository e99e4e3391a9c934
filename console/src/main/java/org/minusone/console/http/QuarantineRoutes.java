package org.minusone.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.minusone.console.access.Need;
import org.minusone.console.access.Person;
import org.minusone.console.quarantine.EntryId;
import org.minusone.console.quarantine.Item;
import org.minusone.console.quarantine.QuarantineSearch;
import org.minusone.console.quarantine.Rejections;
import org.minusone.console.quarantine.RetryDesk;
import org.minusone.console.quarantine.Wanted;
import org.minusone.model.SiteId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was rejected, and its retry. */
public final class QuarantineRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(QuarantineRoutes.class);
  private static final int USUAL_LIMIT = 100;
  private static final int MOST = 500;
  private static final int MOST_IDS = 5_000;
  private static final int USUAL_RETRY = 10_000;
  private static final int MOST_RETRIED = 100_000;

  private final Rejections rejections;
  private final QuarantineSearch search;
  private final RetryDesk desk;
  private final SiteChoice sites;
  private final InstantSource clock;
  private final Audit audit;
  private final Executor answers;

  public QuarantineRoutes(
      Rejections rejections,
      QuarantineSearch search,
      RetryDesk desk,
      SiteChoice sites,
      InstantSource clock,
      Audit audit,
      Executor answers) {
    this.rejections = rejections;
    this.search = search;
    this.desk = desk;
    this.sites = sites;
    this.clock = clock;
    this.audit = audit;
    this.answers = answers;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/quarantine", Need.READ, this::list),
        Route.post("/api/v1/quarantine/retry", Need.MEND, this::retry),
        Route.get("/api/v1/quarantine/retries/{id}", Need.READ, this::progress),
        Route.get("/api/v1/quarantine/{id}", Need.READ, this::one));
  }

  private void list(Context context) {
    Wanted wanted = Filters.of(context::queryParam);
    int limit = Exchange.whole(context, "limit", USUAL_LIMIT, 1, MOST);
    QuarantineSearch.Page page;
    try {
      page = search.page(wanted, next(context), limit);
    } catch (IOException e) {
      throw away(e);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", page.items().stream().map(this::view).toList());
    answer.put("next", page.next() == null ? null : EntryId.of(page.next()));
    answer.put("counts", counts(wanted));
    Exchange.json(context, answer);
  }

  /** How many entries of each reason, at the site asked for or at all; the most open ones first. */
  private List<Map<String, Object>> counts(Wanted wanted) {
    Map<String, long[]> byReason = new TreeMap<>();
    rejections
        .indexed()
        .forEach(
            count -> {
              if (wanted.site() == null || wanted.site().equals(count.site())) {
                long[] sum = byReason.computeIfAbsent(count.reason(), reason -> new long[2]);
                sum[0] += count.entries();
                sum[1] += count.open();
              }
            });
    List<Map<String, Object>> counts = new ArrayList<>();
    byReason.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, long[]>>comparingLong(one -> -one.getValue()[1])
                .thenComparing(Map.Entry::getKey))
        .forEach(
            one -> {
              Map<String, Object> count = new LinkedHashMap<>();
              count.put("reason", one.getKey());
              count.put("entries", one.getValue()[0]);
              count.put("open", one.getValue()[1]);
              counts.add(count);
            });
    return counts;
  }

  private static Long next(Context context) {
    String text = context.queryParam("next");
    if (text == null || text.isEmpty()) {
      return null;
    }
    OptionalLong offset = EntryId.parse(text);
    if (offset.isEmpty()) {
      throw Problem.badRequest("next is not one that we gave");
    }
    return offset.getAsLong();
  }

  private Map<String, Object> view(Item item) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", EntryId.of(item.offset()));
    view.put("at", item.at());
    view.put("site", item.site());
    view.put("topic", item.topic());
    view.put("client", item.client());
    view.put("reason", item.reason());
    view.put("detail", item.detail());
    view.put("count", item.count());
    view.put("bytes", item.bytes());
    view.put("sha256", item.sha256());
    view.put("retry_of", item.retryOf() == null ? null : EntryId.of(item.retryOf()));
    view.put("state", rejections.isRetried(item.offset()) ? "retried" : "open");
    view.put("outcome", rejections.outcome(item.offset()).map(QuarantineRoutes::view).orElse(null));
    return view;
  }

  private static Map<String, Object> view(org.minusone.model.Retried outcome) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("at", outcome.at());
    view.put("by", outcome.by());
    view.put("readings", outcome.readings());
    view.put("rejected", outcome.rejected());
    view.put("refused", outcome.refused());
    return view;
  }

  private void one(Context context) {
    String id = context.pathParam("id");
    OptionalLong offset = EntryId.parse(id);
    if (offset.isEmpty()) {
      throw Problem.notFound("no such entry: " + id + "; ids look like 0-1234");
    }
    Optional<QuarantineSearch.Found> found;
    try {
      found = search.find(offset.getAsLong());
    } catch (IOException e) {
      throw away(e);
    }
    QuarantineSearch.Found entry =
        found.orElseThrow(
            () -> Problem.notFound("no entry " + id + ": it never was, or is past 30 days"));
    Map<String, Object> answer = view(entry.item());
    answer.put("payload", PayloadView.of(entry));
    Exchange.json(context, answer);
  }

  private void progress(Context context) {
    String key = context.pathParam("id");
    Exchange.json(
        context,
        desk.progress(key).orElseThrow(() -> Problem.notFound("no retry is known by that key")));
  }

  private void retry(Context context) {
    JsonNode body = Exchange.body(context);
    Person person = Exchange.person(context);
    String key = Exchange.key(context);
    if (desk.isTaken(key, person, body)) {
      throw new Problem(
          422, "idempotency-key-reused", "this Idempotency-Key was used for another command");
    }
    if (desk.isKnown(key, person, body)) {
      RetryDesk.Progress progress = desk.progress(key).orElseThrow();
      Exchange.json(context, progress.isComplete() ? 200 : 202, answer(progress, List.of(), false));
      return;
    }
    boolean byIds = body.has("ids");
    if (byIds == body.has("filter")) {
      throw Problem.badRequest("give either ids or a filter");
    }
    List<Map<String, String>> skipped = new ArrayList<>();
    QuarantineSearch.Selection selection = byIds ? named(body, skipped) : wanted(body);
    if (selection.offsets().isEmpty()) {
      throw new Problem(
          409,
          "nothing-to-retry",
          byIds
              ? "none of these can be tried again: " + skipped.get(0).get("reason")
              : "no open entry is like that");
    }
    String said = byIds ? "by id" : body.get("filter").toString();
    int asked = selection.offsets().size();
    String address = context.ip();
    SiteId site = sites.of(context);
    context.future(
        () ->
            desk.give(key, person, body, site, selection.offsets(), clock.instant())
                .handleAsync(
                    (progress, failure) -> {
                      audit.retry(
                          site.value(),
                          key,
                          person,
                          asked,
                          said,
                          failure != null ? "not-kept" : progress.isComplete() ? "done" : "waiting",
                          address);
                      if (failure != null) {
                        Exchange.problem(context, notKept());
                      } else {
                        Exchange.json(
                            context,
                            progress.isComplete() ? 200 : 202,
                            answer(progress, skipped, selection.more()));
                      }
                      return null;
                    },
                    answers));
  }

  private static Problem notKept() {
    return new Problem(503, "not-kept", "the command could not be kept; give it again");
  }

  private static Map<String, Object> answer(
      RetryDesk.Progress progress, List<Map<String, String>> skipped, boolean more) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("command", progress.command());
    answer.put("asked", progress.asked());
    answer.put("done", progress.done());
    answer.put("readings", progress.readings());
    answer.put("rejected", progress.rejected());
    answer.put("refused", progress.refused());
    answer.put("why", progress.why());
    answer.put("skipped", skipped);
    answer.put("more", more);
    return answer;
  }

  private QuarantineSearch.Selection named(JsonNode body, List<Map<String, String>> skipped) {
    JsonNode ids = body.get("ids");
    if (!ids.isArray() || ids.isEmpty() || ids.size() > MOST_IDS) {
      throw Problem.badRequest("ids is a list of 1 to " + MOST_IDS + " ids");
    }
    List<Long> offsets = new ArrayList<>();
    for (JsonNode id : ids) {
      OptionalLong offset = EntryId.parse(id.asText());
      Optional<String> objection =
          offset.isEmpty() ? Optional.of("unknown") : rejections.objection(offset.getAsLong());
      if (objection.isPresent()) {
        skipped.add(Map.of("id", id.asText(), "reason", objection.get()));
      } else if (!offsets.contains(offset.getAsLong())) {
        offsets.add(offset.getAsLong());
      }
    }
    offsets.sort(Comparator.naturalOrder());
    return new QuarantineSearch.Selection(offsets, false);
  }

  private QuarantineSearch.Selection wanted(JsonNode body) {
    JsonNode filter = body.get("filter");
    if (!filter.isObject()) {
      throw Problem.badRequest("filter is an object");
    }
    Filters.refuseUnknown(filter);
    int limit = body.path("limit").asInt(USUAL_RETRY);
    if (limit < 1 || limit > MOST_RETRIED) {
      throw Problem.badRequest("limit is a whole number from 1 to " + MOST_RETRIED);
    }
    Wanted wanted = Filters.of(name -> Exchange.text(filter, name));
    try {
      return search.select(Filters.open(wanted), limit);
    } catch (IOException e) {
      throw away(e);
    }
  }

  private static Problem away(IOException e) {
    LOG.warn("the topic of rejections cannot be read: {}", e.toString());
    return new Problem(503, "log-away", "what was rejected cannot be read now; alerts go on");
  }
}
