package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesAndPagesTest {
  @Test
  void readyOnceEverythingThatIsRequiredIs() throws Exception {
    try (Rig rig = new Rig(FakeSite.empty(), new FakeFeeds(false), c -> c).start()) {
      rig.health.allWell();
      Rig.Answer answer = rig.send(rig.to("/-/ready").GET());
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.response().body())
          .contains("\"name\":\"live\",\"ok\":false", "\"name\":\"alerts-read\",\"ok\":false");
      assertThat(rig.get("/api/v1/alerts").status()).as("no site yet").isEqualTo(503);
    }
    try (Rig rig = new Rig().start()) {
      assertThat(rig.send(rig.to("/-/ready").GET()).status()).isEqualTo(503);
      rig.health.allWell();
      assertThat(rig.send(rig.to("/-/ready").GET()).status()).isEqualTo(200);
      rig.health.report("series", true, false, Map.of(), Map.of());
      assertThat(rig.send(rig.to("/-/ready").GET()).status())
          .as("a store away is reported, not red")
          .isEqualTo(200);
      rig.health.report("rules", true, false, Map.of(), Map.of());
      assertThat(rig.send(rig.to("/-/ready").GET()).status()).isEqualTo(503);
      rig.health.allWell();
      rig.clock.pass(Duration.ofSeconds(16));
      Rig.Answer old = rig.send(rig.to("/-/ready").GET());
      assertThat(old.status()).isEqualTo(503);
      assertThat(old.response().body()).contains("not heard of");
    }
  }

  @Test
  void healthyUntilAWorkerDies() throws Exception {
    try (Rig rig = new Rig().start()) {
      rig.health.allWell();
      assertThat(rig.send(rig.to("/-/healthy").GET()).status()).isEqualTo(200);
      rig.health.report("rules", false, true, Map.of(), Map.of());
      Rig.Answer dead = rig.send(rig.to("/-/healthy").GET());
      assertThat(dead.status()).isEqualTo(503);
      assertThat(dead.json().get("healthy").asBoolean()).isFalse();
      rig.health.allWell();
      rig.feeds.alive = false;
      assertThat(rig.send(rig.to("/-/healthy").GET()).status()).isEqualTo(503);
    }
  }

  @Test
  void everyPageIsTheSameDocumentUnderAStrictPolicy() throws Exception {
    try (Rig rig = new Rig().start()) {
      for (String path :
          new String[] {"/", "/alerts/a:b@c:1", "/sensors", "/sensors/H-01", "/pipeline"}) {
        Rig.Answer page = rig.send(rig.to(path).GET());
        assertThat(page.status()).as(path).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        String policy = page.header("Content-Security-Policy");
        assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'");
        String scripts = policy.replaceAll(".*script-src ([^;]*);.*", "$1");
        assertThat(scripts).doesNotContain("unsafe").startsWith("'self'");
        Matcher inline =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL)
                .matcher(page.response().body());
        while (inline.find()) {
          byte[] hash =
              MessageDigest.getInstance("SHA-256")
                  .digest(inline.group(1).getBytes(StandardCharsets.UTF_8));
          assertThat(scripts).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        }
        Rig.Answer again =
            rig.send(rig.to(path).header("If-None-Match", page.header("ETag")).GET());
        assertThat(again.status()).isEqualTo(304);
      }
    }
  }

  @Test
  void whatThePageLoadsIsThere() throws Exception {
    try (Rig rig = new Rig().start()) {
      String page = rig.send(rig.to("/").GET()).response().body();
      Matcher link = Pattern.compile("\"(/(?:assets|webjars)/[^\"]+\\.[a-z]+)\"").matcher(page);
      int count = 0;
      while (link.find()) {
        Rig.Answer file = rig.send(rig.to(link.group(1)).GET());
        assertThat(file.status()).as(link.group(1)).isEqualTo(200);
        String type = file.header("Content-Type");
        String suffix = link.group(1).substring(link.group(1).lastIndexOf('.') + 1);
        assertThat(type)
            .startsWith(
                switch (suffix) {
                  case "js" -> "text/javascript";
                  case "css" -> "text/css";
                  case "svg" -> "image/svg+xml";
                  case "wav" -> "audio/wav";
                  default -> "";
                });
        assertThat(file.header("Cache-Control"))
            .contains(link.group(1).startsWith("/webjars/") ? "immutable" : "no-cache");
        count++;
      }
      assertThat(count).isPositive();
    }
  }

  @Test
  void theCrewsWorkerKeepsAllThatItsPageIsMadeOf() throws Exception {
    try (Rig rig = new Rig().start()) {
      Rig.Answer worker = rig.send(rig.to("/crew-worker.js").GET());
      assertThat(worker.status()).isEqualTo(200);
      assertThat(worker.header("Content-Type")).startsWith("text/javascript");
      assertThat(worker.header("Cache-Control")).isEqualTo("no-cache");
      assertThat(worker.header("Content-Security-Policy")).contains("connect-src 'self'");
      assertThat(rig.send(rig.to("/crew").GET()).header("Content-Security-Policy"))
          .contains("worker-src 'self'");
      String shell = worker.response().body().lines().skip(1).findFirst().orElseThrow();
      assertThat(shell)
          .contains(
              "\"/crew\"",
              "\"/assets/css/crew.css\"",
              "\"/assets/js/early.js\"",
              "\"/assets/js/crew/state.js\"",
              "\"/assets/js/kept.js\"",
              "/lit-html.js\"",
              "/reactive-element.js\"")
          .doesNotContain("/api/");
      Matcher path = Pattern.compile("\"(/[^\"]+)\"").matcher(shell);
      while (path.find()) {
        assertThat(rig.send(rig.to(path.group(1)).GET()).status()).as(path.group(1)).isEqualTo(200);
      }
    }
  }

  @Test
  void aChangedFileMakesAnotherWorker(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("assets"));
    Files.writeString(folder.resolve("crew-worker.js"), "// keeps");
    Files.writeString(
        folder.resolve("crew.html"), "<script type=\"module\" src=\"/assets/a.js\"></script>");
    Files.writeString(folder.resolve("assets/a.js"), "import \"./b.js\";");
    Files.writeString(folder.resolve("assets/b.js"), "1;");
    try (Rig rig =
        new Rig(new FakeSite(20), new FakeFeeds(), c -> c.withWebFolder(folder)).start()) {
      String before = rig.send(rig.to("/crew-worker.js").GET()).response().body();
      assertThat(before).contains("[\"/assets/a.js\",\"/assets/b.js\",\"/crew\"]");
      Files.writeString(folder.resolve("assets/b.js"), "2;");
      String after = rig.send(rig.to("/crew-worker.js").GET()).response().body();
      assertThat(after).isNotEqualTo(before).endsWith("// keeps");
    }
  }

  @Test
  void nothingElseIsServed() throws Exception {
    try (Rig rig = new Rig().start()) {
      for (String path :
          new String[] {
            "/assets/../index.html",
            "/assets/%2e%2e/index.html",
            "/assets/..%2f..%2fopenapi.yaml",
            "/assets/js",
            "/assets//etc/passwd",
            "/webjars/../../../logback.xml",
            "/webjars/%2e%2e/%2e%2e/MANIFEST.MF",
            "/webjars/lit",
            "/org/minusone/console/ConsoleApp.class",
            "/web/index.html"
          }) {
        assertThat(rig.send(rig.to(path).GET()).status()).as(path).isIn(400, 404);
      }
    }
  }

  @Test
  void metricsAreScraped() throws Exception {
    try (Rig rig = new Rig().start()) {
      Rig.Answer metrics = rig.send(rig.to("/metrics").GET());
      assertThat(metrics.header("Content-Type")).startsWith("text/plain");
      assertThat(metrics.response().body()).contains("minusone_console_stream_readers 0");
    }
  }

  @Test
  void aTakenPortIsSaidInOneLine() throws Exception {
    try (Rig first = new Rig().start()) {
      int port = first.console.port();
      try (Rig second = new Rig(new FakeSite(20), new FakeFeeds(), c -> c.withPort(port))) {
        assertThatThrownBy(second::start)
            .isInstanceOf(IOException.class)
            .hasMessage(
                "the console cannot listen on 127.0.0.1:" + port + ": another program does");
      }
    }
  }
}
