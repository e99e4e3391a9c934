package org.minusone.app.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.minusone.app.embedded.StartProblem;
import org.minusone.model.codec.Json;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.PartHealth;

/**
 * The probes of a process without a console, as the console answers them (CONTRACTS §7), for this
 * process alone: {@code /-/healthy}, {@code /-/ready}, {@code /metrics}.
 */
public final class HealthEndpoint implements AutoCloseable {
  private final Place place;
  private final BooleanSupplier started;
  private final Supplier<List<HealthReport>> reports;
  private final Supplier<String> metrics;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "probes");
            thread.setDaemon(true);
            return thread;
          });
  private HttpServer server;

  /**
   * @param host an address of this machine
   * @param port 0 picks a free one
   */
  public record Place(String host, int port) {}

  /**
   * @param started whether all parts of the process have been started
   */
  public HealthEndpoint(
      Place place,
      BooleanSupplier started,
      Supplier<List<HealthReport>> reports,
      Supplier<String> metrics) {
    this.place = place;
    this.started = started;
    this.reports = reports;
    this.metrics = metrics;
  }

  /**
   * @throws StartProblem if the port is not to be had
   */
  public void start() throws StartProblem {
    try {
      server = HttpServer.create(new InetSocketAddress(place.host(), place.port()), 16);
    } catch (IOException | RuntimeException e) {
      throw new StartProblem(
          "health.port %d of %s cannot be listened on: %s"
              .formatted(place.port(), place.host(), e.getMessage()),
          e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/-/healthy",
        exchange -> answer(exchange, "healthy", true, check -> check.equals("alive")));
    server.createContext(
        "/-/ready", exchange -> answer(exchange, "ready", started.getAsBoolean(), check -> true));
    server.createContext(
        "/metrics",
        exchange -> send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
    server.start();
  }

  /** The port it listens on, once started. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(
      HttpExchange exchange, String name, boolean ifStarted, Predicate<String> asked)
      throws IOException {
    boolean good = ifStarted;
    List<Map<String, Object>> lines = new ArrayList<>();
    for (HealthReport report : reports.get()) {
      List<PartHealth.Check> checks = new ArrayList<>();
      checks.add(new PartHealth.Check("alive", report.health().alive(), true, null));
      checks.addAll(report.health().checks());
      for (PartHealth.Check check : checks) {
        if (asked.test(check.name())) {
          good &= check.ok() || !check.required();
          lines.add(line(report, check));
        }
      }
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(name, good);
    body.put("checks", lines);
    send(exchange, good ? 200 : 503, "application/json", Json.text(body));
  }

  private static Map<String, Object> line(HealthReport report, PartHealth.Check check) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("role", report.role());
    line.put("instance", report.instance());
    line.put("name", check.name());
    line.put("ok", check.ok());
    line.put("required", check.required());
    line.put("detail", check.detail());
    return line;
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
  }
}
