package org.minusone.console.http;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.minusone.console.access.Need;
import org.minusone.console.feed.DeliveryBook;

/** Who was told what, and what could not be delivered. */
public final class DeliveryRoutes {
  private static final int USUAL_LIMIT = 200;
  private static final int MOST = 2_000;

  private final DeliveryBook deliveries;
  private final SiteChoice sites;

  public DeliveryRoutes(DeliveryBook deliveries, SiteChoice sites) {
    this.deliveries = deliveries;
    this.sites = sites;
  }

  public List<Route> routes() {
    return List.of(Route.get("/api/v1/deliveries", Need.READ, this::list));
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
