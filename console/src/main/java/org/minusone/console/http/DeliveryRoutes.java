package org.minusone.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minusone.console.access.Need;
import org.minusone.console.feed.AlertBook;
import org.minusone.console.feed.DeliveryBook;
import org.minusone.model.Alert;
import org.minusone.model.Command;

/** Who was told what, what could not be delivered, and sending that again. */
public final class DeliveryRoutes {
  private static final int USUAL_LIMIT = 200;
  private static final int MOST = 2_000;

  private final DeliveryBook deliveries;
  private final AlertBook alerts;
  private final Commands commands;
  private final SiteChoice sites;

  public DeliveryRoutes(
      DeliveryBook deliveries, AlertBook alerts, Commands commands, SiteChoice sites) {
    this.deliveries = deliveries;
    this.alerts = alerts;
    this.commands = commands;
    this.sites = sites;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/deliveries", Need.READ, this::list),
        Route.post("/api/v1/deliveries/{id}/resend", Need.COMMAND, this::resend));
  }

  private void resend(Context context) {
    String id = context.pathParam("id");
    JsonNode delivery = deliveries.one(id).orElseThrow(() -> noSuchDelivery(id));
    Alert alert =
        alerts.alert(delivery.path("alert").asText()).orElseThrow(() -> noSuchDelivery(id));
    commands.give(
        context,
        Command.Kind.RESEND,
        alert,
        commands.now(),
        null,
        Command.Details.ofDelivery(id),
        () -> DeliveryBook.refusal(delivery),
        after -> Map.of("alert", after, "delivery", deliveries.one(id).orElse(delivery)));
  }

  private static Problem noSuchDelivery(String id) {
    return Problem.notFound("no such delivery, or of an alert that is forgotten: " + id);
  }

  private void list(Context context) {
    int limit = Exchange.whole(context, "limit", USUAL_LIMIT, 1, MOST);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", deliveries.of(sites.of(context), which(context), limit));
    answer.put("next", null);
    Exchange.json(context, answer);
  }

  private static DeliveryBook.Which which(Context context) {
    String state = context.queryParam("state");
    if (state == null) {
      return DeliveryBook.Which.FAILED;
    }
    return switch (state) {
      case "failed" -> DeliveryBook.Which.FAILED;
      case "open" -> DeliveryBook.Which.OPEN;
      case "all" -> DeliveryBook.Which.ALL;
      default -> throw Problem.badRequest("state is failed, open or all");
    };
  }
}
