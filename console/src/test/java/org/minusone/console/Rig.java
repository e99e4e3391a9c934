package org.minusone.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.minusone.console.access.Access;
import org.minusone.console.access.Accounts;
import org.minusone.console.access.Person;
import org.minusone.model.Role;
import org.minusone.model.codec.Json;

/** The console on a free port, over fakes, and a client that talks to it. */
final class Rig implements AutoCloseable {
  static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final HandClock clock = new HandClock();
  final FakeSite site;
  final FakeFeeds feeds;
  final FakeSender sender = new FakeSender();
  final FakeAuditLog audit = new FakeAuditLog();
  final FakeHealth health = new FakeHealth(clock);
  final FakeSeries series = new FakeSeries((key, t) -> t.getEpochSecond() % 100);
  final Access access;
  final ConsoleApp console;

  private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

  Rig() {
    this(new FakeSite(20), new FakeFeeds(), config -> config);
  }

  Rig(FakeSite site, FakeFeeds feeds, UnaryOperator<ConsoleConfig> change) {
    this(site, feeds, change, Accounts.NONE);
  }

  Rig(Accounts accounts) {
    this(new FakeSite(20), new FakeFeeds(), config -> config, accounts);
  }

  private Rig(
      FakeSite site, FakeFeeds feeds, UnaryOperator<ConsoleConfig> change, Accounts accounts) {
    this.access = new Access("a secret of at least 32 bytes, yes".getBytes(UTF), clock, accounts);
    this.site = site;
    this.feeds = feeds;
    this.console =
        new ConsoleApp(
            change.apply(ConsoleConfig.DEFAULT.withPort(0)),
            feeds,
            feeds.log,
            sender,
            audit,
            site,
            series,
            health,
            clock,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            access);
  }

  Rig start() throws Exception {
    console.start();
    return this;
  }

  String token(Role role) {
    return access.tokens().issue(new Person("script-" + role.id(), role), Duration.ofHours(1));
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(console.address() + path))
        .timeout(Duration.ofSeconds(10));
  }

  HttpRequest.Builder as(Role role, String path) {
    return to(path).header("Authorization", "Bearer " + token(role));
  }

  Answer get(String path) throws Exception {
    return send(as(Role.OPERATOR, path).GET());
  }

  static HttpRequest.BodyPublisher json(String text) {
    return HttpRequest.BodyPublishers.ofString(text);
  }

  Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  /** Signs in through a link, as a browser does. */
  Browser browser(String name, Role role) throws Exception {
    String link = console.newSignInLink(new Person(name, role));
    String token = link.substring(link.indexOf("#token=") + 7);
    Answer answer = send(to("/api/v1/sessions").POST(json("{\"token\":\"" + token + "\"}")));
    String cookie = answer.response().headers().firstValue("Set-Cookie").orElseThrow();
    return new Browser(cookie, answer.json().get("csrf").asText());
  }

  record Browser(String setCookie, String csrf) {
    String cookie() {
      return setCookie.substring(0, setCookie.indexOf(';'));
    }
  }

  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    JsonNode json() {
      return Json.read(response.body().getBytes(UTF), JsonNode.class);
    }
  }

  @Override
  public void close() {
    console.close();
  }
}
