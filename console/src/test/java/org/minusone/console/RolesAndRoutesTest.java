package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.minusone.console.http.Route;
import org.minusone.model.Role;

/** Who may do what, route by route, as CONTRACTS §7 has it; and who may not at all. */
class RolesAndRoutesTest {
  private enum May {
    /** Anybody, signed in or not. */
    ALL,
    SIGNED_IN,
    /** Operator, engineer, admin; the probes moreover anybody on this machine. */
    READ,
    PROBE,
    COMMAND,
    MEND,
    ADMIN
  }

  /** Written down a second time on purpose: a route with the wrong need must fail here. */
  private static final Map<String, May> TABLE =
      Map.ofEntries(
          Map.entry("POST /api/v1/sessions", May.ALL),
          Map.entry("GET /api/v1/sessions/current", May.SIGNED_IN),
          Map.entry("DELETE /api/v1/sessions/current", May.SIGNED_IN),
          Map.entry("POST /api/v1/sign-in-links", May.ADMIN),
          Map.entry("POST /api/v1/tokens", May.ADMIN),
          Map.entry("GET /api/v1/sites", May.READ),
          Map.entry("GET /api/v1/alerts", May.READ),
          Map.entry("GET /api/v1/alerts/{id}", May.READ),
          Map.entry("POST /api/v1/alerts/{id}/acknowledge", May.COMMAND),
          Map.entry("POST /api/v1/alerts/{id}/comment", May.COMMAND),
          Map.entry("POST /api/v1/alerts/{id}/shelve", May.COMMAND),
          Map.entry("POST /api/v1/alerts/{id}/unshelve", May.COMMAND),
          Map.entry("POST /api/v1/alerts/{id}/reset", May.COMMAND),
          Map.entry("POST /api/v1/alerts/{id}/dispatch", May.COMMAND),
          Map.entry("GET /api/v1/crews", May.READ),
          Map.entry("GET /api/v1/deliveries", May.READ),
          Map.entry("POST /api/v1/deliveries/{id}/resend", May.COMMAND),
          Map.entry("GET /api/v1/jobs", May.SIGNED_IN),
          Map.entry("GET /api/v1/jobs/{id}", May.SIGNED_IN),
          Map.entry("POST /api/v1/jobs/{id}/accept", May.SIGNED_IN),
          Map.entry("POST /api/v1/jobs/{id}/decline", May.SIGNED_IN),
          Map.entry("POST /api/v1/jobs/{id}/en-route", May.SIGNED_IN),
          Map.entry("POST /api/v1/jobs/{id}/arrive", May.SIGNED_IN),
          Map.entry("POST /api/v1/jobs/{id}/resolve", May.SIGNED_IN),
          Map.entry("POST /api/v1/jobs/{id}/message", May.SIGNED_IN),
          Map.entry("POST /api/v1/jobs/{id}/seen", May.SIGNED_IN),
          Map.entry("GET /crew", May.ALL),
          Map.entry("GET /crew-worker.js", May.ALL),
          Map.entry("GET /api/v1/sensors", May.READ),
          Map.entry("GET /api/v1/sensors/nearest", May.READ),
          Map.entry("GET /api/v1/sensors/unknown", May.READ),
          Map.entry("GET /api/v1/sensors/{id}", May.READ),
          Map.entry("GET /api/v1/sensors/{id}/series", May.READ),
          Map.entry("GET /api/v1/pipeline", May.READ),
          Map.entry("GET /api/v1/quarantine", May.READ),
          Map.entry("GET /api/v1/quarantine/{id}", May.READ),
          Map.entry("POST /api/v1/quarantine/retry", May.MEND),
          Map.entry("GET /api/v1/quarantine/retries/{id}", May.READ),
          Map.entry("GET /api/v1/stream", May.READ),
          Map.entry("GET /metrics", May.PROBE),
          Map.entry("GET /-/healthy", May.PROBE),
          Map.entry("GET /-/ready", May.PROBE),
          Map.entry("GET /api/v1/openapi.yaml", May.ALL),
          Map.entry("GET /", May.ALL),
          Map.entry("GET /alerts/{id}", May.ALL),
          Map.entry("GET /sensors", May.ALL),
          Map.entry("GET /sensors/{id}", May.ALL),
          Map.entry("GET /pipeline", May.ALL),
          Map.entry("GET /quarantine", May.ALL),
          Map.entry("GET /quarantine/{id}", May.ALL),
          Map.entry("GET /assets/<path>", May.ALL),
          Map.entry("GET /webjars/<path>", May.ALL));

  /** What who is let in gets with an empty body for what is not there; 200 where not named. */
  private static final Map<String, Integer> LET_IN =
      Map.ofEntries(
          Map.entry("DELETE /api/v1/sessions/current", 204),
          Map.entry("GET /-/ready", 503),
          Map.entry("GET /api/v1/alerts/{id}", 404),
          Map.entry("GET /api/v1/jobs/{id}", 404),
          Map.entry("GET /api/v1/quarantine/retries/{id}", 404),
          Map.entry("GET /api/v1/quarantine/{id}", 404),
          Map.entry("GET /assets/<path>", 404),
          Map.entry("GET /webjars/<path>", 404),
          Map.entry("POST /api/v1/alerts/{id}/acknowledge", 404),
          Map.entry("POST /api/v1/alerts/{id}/comment", 400),
          Map.entry("POST /api/v1/alerts/{id}/dispatch", 404),
          Map.entry("POST /api/v1/alerts/{id}/reset", 404),
          Map.entry("POST /api/v1/alerts/{id}/shelve", 400),
          Map.entry("POST /api/v1/alerts/{id}/unshelve", 404),
          Map.entry("POST /api/v1/deliveries/{id}/resend", 404),
          Map.entry("POST /api/v1/jobs/{id}/accept", 404),
          Map.entry("POST /api/v1/jobs/{id}/arrive", 404),
          Map.entry("POST /api/v1/jobs/{id}/decline", 404),
          Map.entry("POST /api/v1/jobs/{id}/en-route", 404),
          Map.entry("POST /api/v1/jobs/{id}/message", 400),
          Map.entry("POST /api/v1/jobs/{id}/resolve", 400),
          Map.entry("POST /api/v1/jobs/{id}/seen", 400),
          Map.entry("POST /api/v1/quarantine/retry", 400),
          Map.entry("POST /api/v1/sessions", 400),
          Map.entry("POST /api/v1/tokens", 400));

  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new Rig().start();
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  private static boolean may(May may, Role role) {
    return switch (may) {
      case ALL, PROBE -> true;
      case SIGNED_IN -> role != null;
      case READ, COMMAND -> role == Role.OPERATOR || role == Role.ENGINEER || role == Role.ADMIN;
      case MEND -> role == Role.ENGINEER || role == Role.ADMIN;
      case ADMIN -> role == Role.ADMIN;
    };
  }

  private static String path(Route route) {
    return route.path().replace("{id}", "F-01").replace("<path>", "nothing.js");
  }

  private static HttpRequest.Builder request(Route route) {
    return rig.to(path(route)).method(route.method(), Rig.json(""));
  }

  /** Its status only: a stream goes on for ever. */
  private static int status(HttpRequest.Builder request) throws Exception {
    var response =
        Rig.CLIENT.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofInputStream());
    response.body().close();
    return response.statusCode();
  }

  @Test
  void everyRoleOnEveryRoute() throws Exception {
    List<Role> roles = new ArrayList<>(List.of(Role.values()));
    roles.add(null);
    for (Route route : rig.console.routes()) {
      May may = TABLE.get(route.method() + " " + route.path());
      assertThat(may).as("%s %s is in the table", route.method(), route.path()).isNotNull();
      for (Role role : roles) {
        HttpRequest.Builder request = request(route);
        if (role != null) {
          request.header("Authorization", "Bearer " + rig.token(role));
        }
        int status = status(request);
        String what = route.method() + " " + route.path() + " as " + role;
        if (may(may, role)) {
          assertThat(status)
              .as(what)
              .isEqualTo(LET_IN.getOrDefault(route.method() + " " + route.path(), 200));
        } else {
          assertThat(status).as(what).isEqualTo(role == null ? 401 : 403);
        }
      }
    }
    assertThat(rig.console.routes()).hasSize(TABLE.size());
  }

  @Test
  void aForeignOriginGetsNothingAnywhere() throws Exception {
    for (Route route : rig.console.routes()) {
      HttpRequest.Builder request =
          request(route)
              .header("Authorization", "Bearer " + rig.token(Role.ADMIN))
              .header("Origin", "http://127.0.0.1:3000");
      assertThat(status(request)).as(route.path()).isEqualTo(403);
    }
  }

  @Test
  void aForeignPageReadsNoData() throws Exception {
    for (Route route : rig.console.routes()) {
      if (TABLE.get(route.method() + " " + route.path()) == May.ALL) {
        continue;
      }
      HttpRequest.Builder request =
          request(route)
              .header("Authorization", "Bearer " + rig.token(Role.ADMIN))
              .header("Sec-Fetch-Site", "same-site");
      assertThat(status(request)).as(route.path()).isEqualTo(403);
    }
  }

  @Test
  void aForgedHostGetsNothingAnywhere() throws Exception {
    for (Route route : rig.console.routes()) {
      assertThat(firstLine(route.method(), path(route), "evil.example"))
          .as(route.path())
          .contains(" 421 ");
    }
    assertThat(firstLine("GET", "/no/such/thing", "evil.example")).contains(" 421 ");
    assertThat(firstLine("GET", "/-/healthy", "localhost:" + rig.console.port())).contains(" 200 ");
  }

  private static String firstLine(String method, String path, String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", rig.console.port())) {
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }
  }

  @Test
  void aProxyOnThisMachineDoesNotOpenTheProbes() throws Exception {
    assertThat(status(rig.to("/metrics").header("X-Forwarded-For", "203.0.113.9").GET()))
        .isEqualTo(401);
    assertThat(
            status(
                rig.as(Role.ENGINEER, "/metrics").header("X-Forwarded-For", "203.0.113.9").GET()))
        .isEqualTo(200);
  }

  @Test
  void aCookieAloneCommandsNothing() throws Exception {
    Rig.Browser admin = rig.browser("admin", Role.ADMIN);
    for (Route route : rig.console.routes()) {
      if (route.method().equals("GET") || route.path().equals("/api/v1/sessions")) {
        continue;
      }
      HttpRequest.Builder bare = request(route).header("Cookie", admin.cookie());
      assertThat(status(bare)).as(route.path()).isEqualTo(403);
      HttpRequest.Builder withoutToken =
          request(route).header("Cookie", admin.cookie()).header("Origin", rig.console.address());
      assertThat(status(withoutToken)).as(route.path()).isEqualTo(403);
      HttpRequest.Builder withoutOrigin =
          request(route).header("Cookie", admin.cookie()).header("X-CSRF-Token", admin.csrf());
      assertThat(status(withoutOrigin)).as(route.path()).isEqualTo(403);
    }
  }

  @Test
  void whatFailsIsAProblem() throws Exception {
    for (String path :
        List.of("/api/v1/nothing", "/api/v1/alerts/none", "/api/v1/sensors?limit=0", "/x/y")) {
      Rig.Answer answer = rig.get(path);
      assertThat(answer.header("Content-Type")).as(path).startsWith("application/problem+json");
      assertThat(answer.json().get("type").asText()).isEqualTo("about:blank");
      assertThat(answer.json().get("status").asInt()).as(path).isEqualTo(answer.status());
      assertThat(answer.json().get("title").asText()).isNotBlank();
      assertThat(answer.json().get("detail").asText()).isNotBlank();
    }
    assertThat(rig.send(rig.as(Role.OPERATOR, "/api/v1/alerts").PUT(Rig.json("{}"))).status())
        .isEqualTo(405);
  }
}
