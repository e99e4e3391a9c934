package org.minusone.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.minusone.console.access.Need;
import org.minusone.console.feed.SensorBoard;
import org.minusone.console.feed.SensorState;
import org.minusone.console.feed.SensorView;
import org.minusone.console.quarantine.Rejections;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import org.minusone.model.port.SeriesReader;
import org.minusone.model.port.SiteCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sensors, their states and their series. */
public final class SensorRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(SensorRoutes.class);
  private static final int USUAL_LIMIT = 100;
  private static final int MOST = 2_000;
  private static final int USUAL_POINTS = 600;
  private static final int MOST_POINTS = 5_000;
  private static final Duration USUAL_RANGE = Duration.ofHours(1);

  private final SensorBoard board;
  private final SiteCatalog catalog;
  private final SeriesReader series;
  private final SiteChoice sites;
  private final UnknownView unknown;

  public SensorRoutes(
      SensorBoard board,
      SiteCatalog catalog,
      SeriesReader series,
      SiteChoice sites,
      Rejections rejections) {
    this.board = board;
    this.catalog = catalog;
    this.series = series;
    this.sites = sites;
    this.unknown = new UnknownView(board, catalog, rejections);
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/sensors", Need.READ, this::list),
        Route.get("/api/v1/sensors/nearest", Need.READ, this::nearest),
        Route.get("/api/v1/sensors/unknown", Need.READ, this::unknown),
        Route.get("/api/v1/sensors/{id}", Need.READ, this::one),
        Route.get("/api/v1/sensors/{id}/series", Need.READ, this::series));
  }

  private void list(Context context) {
    List<SensorView> all = board.views(sites.of(context));
    int limit = Exchange.whole(context, "limit", USUAL_LIMIT, 1, MOST);
    List<SensorView> found = all.stream().filter(wanted(context)).toList();
    Optional<SensorState> state = state(context);
    List<SensorView> shown =
        found.stream().filter(v -> state.isEmpty() || v.state() == state.get()).toList();
    String after = context.queryParam("next");
    List<SensorView> rest =
        after == null
            ? shown
            : shown.stream().filter(v -> v.id().value().compareTo(after) > 0).toList();
    List<SensorView> page = rest.subList(0, Math.min(limit, rest.size()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", page);
    answer.put("next", page.size() < rest.size() ? page.get(page.size() - 1).id() : null);
    answer.put("total", shown.size());
    answer.put("states", SensorBoard.count(found));
    Exchange.json(context, answer);
  }

  private static Predicate<SensorView> wanted(Context context) {
    String text = context.queryParam("q");
    String family = context.queryParam("family");
    Predicate<SensorView> wanted = view -> true;
    if (family != null && !family.isEmpty()) {
      Family known =
          Family.find(family)
              .orElseThrow(
                  () -> Problem.badRequest("family is one of " + Arrays.toString(familyIds())));
      wanted = wanted.and(view -> view.family() == known);
    }
    return text == null || text.isBlank() ? wanted : wanted.and(v -> v.matches(text.strip()));
  }

  private static String[] familyIds() {
    return Arrays.stream(Family.values()).map(Family::id).toArray(String[]::new);
  }

  private static Optional<SensorState> state(Context context) {
    String text = context.queryParam("state");
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        SensorState.find(text)
            .orElseThrow(
                () ->
                    Problem.badRequest(
                        "state is one of never-seen, normal, stale, suspect, alert")));
  }

  private void nearest(Context context) {
    int count = Exchange.whole(context, "count", 8, 1, 100);
    Exchange.json(
        context, Map.of("items", SensorBoard.nearest(board.views(sites.of(context)), count)));
  }

  private void unknown(Context context) {
    SiteId site = sites.of(context).base();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", unknown.of(site));
    answer.put("admits_unknown", catalog.live(site).orElseThrow().admitsUnknown());
    Exchange.json(context, answer);
  }

  private void one(Context context) {
    SiteId site = sites.of(context);
    SensorView view = view(site, Exchange.sensor(context));
    SiteVersion live = catalog.live(site).orElseThrow();
    List<Rule> rules =
        live.rules().stream()
            .filter(rule -> rule.family() == view.family())
            .flatMap(rule -> rule.at(view.id(), live.sensor(view.id()).orElse(null)).stream())
            .toList();
    ObjectNode answer = Json.MAPPER.valueToTree(view);
    answer.set("rules", Json.MAPPER.valueToTree(rules));
    answer.set(
        "registry",
        Json.MAPPER.valueToTree(live.sensor(view.id()).map(RegistryView::of).orElse(null)));
    answer.put("period_s", view.family().slowestPeriod().toSeconds());
    Exchange.json(context, answer);
  }

  private SensorView view(SiteId site, SensorId id) {
    return board
        .view(site, id)
        .orElseThrow(() -> Problem.notFound("no such sensor: " + id + " at " + site));
  }

  private void series(Context context) {
    SiteId site = sites.of(context);
    SensorId id = Exchange.sensor(context);
    SensorView view = view(site, id);
    Quantity quantity = quantity(context, view);
    Instant to = Exchange.instant(context, "to").orElseGet(() -> sites.now(site));
    Instant from = Exchange.instant(context, "from").orElseGet(() -> to.minus(USUAL_RANGE));
    if (!from.isBefore(to)) {
      throw Problem.badRequest("from is before to");
    }
    int most = Exchange.whole(context, "points", USUAL_POINTS, 2, MOST_POINTS);
    List<List<Object>> points = new ArrayList<>();
    try {
      for (SeriesReader.Point point :
          series.range(new SensorKey(site, id), quantity, from, to, most)) {
        points.add(
            Arrays.asList(
                point.time().toEpochMilli(),
                Double.isFinite(point.value()) ? point.value() : null,
                point.word(),
                point.flag().code()));
      }
    } catch (IOException e) {
      LOG.warn("the series cannot be read: {}", e.toString());
      throw new Problem(503, "store-away", "the series cannot be read now; alerts go on");
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("sensor", id);
    answer.put("quantity", quantity);
    answer.put("unit", quantity.unit());
    answer.put("points", points);
    Exchange.json(context, answer);
  }

  private static Quantity quantity(Context context, SensorView view) {
    String text = context.queryParam("quantity");
    if (text == null || text.isEmpty()) {
      return view.quantities().isEmpty()
          ? view.family().quantities().get(0)
          : view.quantities().get(0).quantity();
    }
    return Quantity.find(text).orElseThrow(() -> Problem.badRequest("no such quantity: " + text));
  }
}
