package org.minusone.app.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.minusone.alerting.notify.NotifyConfig;
import org.minusone.alerting.notify.Route;
import org.minusone.alerting.notify.Texts.Language;
import org.minusone.alerting.notify.channel.MqttDownlink;
import org.minusone.alerting.notify.channel.Webhook;
import org.minusone.model.AlertEventKind;
import org.minusone.model.codec.Json;

/** A webhook's receiver on loopback. */
public final class Told implements AutoCloseable {
  private final HttpServer server;

  /** The bodies it was sent, oldest first. */
  public final Queue<JsonNode> bodies = new ConcurrentLinkedQueue<>();

  /** The status of its answers. */
  public volatile int answers = 204;

  public Told() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(answers, -1);
          exchange.close();
        });
    server.start();
  }

  public NotifyConfig telling(String broker) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    Set<AlertEventKind> withCrews =
        Set.of(AlertEventKind.RAISED, AlertEventKind.FOREWARNED, AlertEventKind.DISPATCHED);
    return new NotifyConfig(
        Map.of(
            "centre",
            new Webhook("centre", url, "s3cret", Language.EN, InstantSource.system()),
            "screens",
            new MqttDownlink(
                new MqttDownlink.Broker(broker, "screens", null, null),
                "alerts/{site}/{family}/{sensor}",
                Language.ZH)),
        List.of(
            new Route(
                null, List.of(), List.of(), List.of(), withCrews, List.of("centre", "screens"))),
        Duration.ofMinutes(5),
        null,
        Duration.ofMinutes(1),
        null);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
