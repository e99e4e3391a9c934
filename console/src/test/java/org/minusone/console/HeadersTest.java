package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.console.http.Route;
import org.minusone.model.Role;

/** What every answer tells the browser, whatever it answers. */
class HeadersTest {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");

  private static HttpResponse<?> answer(HttpRequest.Builder request) throws Exception {
    var response = Rig.CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    response.body().close();
    return response;
  }

  @Test
  void everyAnswerIsHardened() throws Exception {
    try (Rig rig = new Rig().start()) {
      List<HttpRequest.Builder> requests = new ArrayList<>();
      for (Route route : rig.console.routes()) {
        String path = route.path().replace("{id}", "F-01").replace("<path>", "css/base.css");
        for (boolean known : new boolean[] {true, false}) {
          HttpRequest.Builder request = known ? rig.as(Role.ADMIN, path) : rig.to(path);
          requests.add(request.method(route.method(), Rig.json("")));
        }
      }
      requests.add(rig.to("/no/such/thing").GET());
      requests.add(rig.to("/api/v1/alerts").PUT(Rig.json("{")));
      requests.add(rig.to("/api/v1/sessions").header("Origin", "http://evil.example").GET());
      for (HttpRequest.Builder request : requests) {
        HttpResponse<?> response = answer(request);
        String what = response.request().method() + " " + response.uri().getPath();
        ALWAYS.forEach(
            (name, value) ->
                assertThat(response.headers().allValues(name))
                    .as("%s of %s: %d", name, what, response.statusCode())
                    .containsExactly(value));
        String policy = response.headers().firstValue("Content-Security-Policy").orElse("");
        assertThat(policy)
            .as(what)
            .startsWith("default-src 'none'")
            .contains("frame-ancestors 'none'")
            .doesNotContain("unsafe-eval")
            .doesNotContain("*");
        assertThat(scripts(policy)).as(what).doesNotContain("unsafe-inline");
      }
    }
  }

  /** What it says of scripts; without a word of them, default-src bars them all. */
  private static String scripts(String policy) {
    for (String directive : policy.split(";", -1)) {
      if (directive.strip().startsWith("script-src")) {
        return directive;
      }
    }
    return "";
  }
}
