package org.minusone.console.http;

import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.minusone.console.access.Need;
import org.minusone.console.feed.Probes;

/** Metrics and probes. */
public final class ProbeRoutes {
  private final PrometheusMeterRegistry metrics;
  private final Supplier<List<Probes.Line>> healthy;
  private final Supplier<List<Probes.Line>> ready;

  public ProbeRoutes(
      PrometheusMeterRegistry metrics,
      Supplier<List<Probes.Line>> healthy,
      Supplier<List<Probes.Line>> ready) {
    this.metrics = metrics;
    this.healthy = healthy;
    this.ready = ready;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/metrics", Need.LOOPBACK, this::metrics),
        Route.get("/-/healthy", Need.LOOPBACK, c -> answer(c, "healthy", healthy.get())),
        Route.get("/-/ready", Need.LOOPBACK, c -> answer(c, "ready", ready.get())));
  }

  private void metrics(Context context) {
    context
        .contentType("text/plain; version=0.0.4; charset=utf-8")
        .header("Cache-Control", "no-store")
        .result(metrics.scrape());
  }

  private static void answer(Context context, String name, List<Probes.Line> lines) {
    boolean good = Probes.allGood(lines);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(name, good);
    answer.put("checks", lines);
    Exchange.json(context, good ? 200 : 503, answer);
  }
}
