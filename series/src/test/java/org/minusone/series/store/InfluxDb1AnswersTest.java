package org.minusone.series.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of InfluxDB 1.x that a real one gives only after a long time or at a hard limit. */
class InfluxDb1AnswersTest {
  private HttpServer server;
  private StoreConfig config;
  private int status;
  private String answer;
  private String request;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          request =
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization");
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    config = StoreConfig.influxDb1(url, "city & port", "me", "s3cret");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void given(int nextStatus, String nextAnswer) {
    status = nextStatus;
    answer = nextAnswer;
  }

  @Test
  void writesGoToTheDatabaseInMillisecondsWithBasicCredentials() throws Exception {
    given(200, "{}");
    try (SeriesStore store = config.store()) {
      store.write(List.of("readings value=1 1"));
    }
    assertThat(request)
        .startsWith("POST /write?db=city%20%26%20port&precision=ms Basic bWU6czNjcmV0");
    assertThat(config.toString()).doesNotContain("s3cret").contains("city & port");
  }

  @Test
  void onlyThePointsFaultRefusesThem() {
    try (SeriesStore store = config.store()) {
      for (int refusal : List.of(400, 413)) {
        given(refusal, "{\"error\":\"partial write: no dropped=1\"}");
        assertThatThrownBy(() -> store.write(List.of("x")))
            .isInstanceOf(StoreRefused.class)
            .hasMessageContaining("partial write: no dropped=1");
      }
      for (int away : List.of(401, 403, 404, 429, 500, 503)) {
        given(away, "{\"error\":\"timeout\"}");
        assertThatThrownBy(() -> store.write(List.of("x"))).isInstanceOf(StoreAway.class);
      }
    }
  }

  @Test
  void aServerAtItsLimitIsFullAndThePointsAreGood() {
    try (SeriesStore store = config.store()) {
      for (String limit :
          List.of(
              "partial write: max-values-per-tag limit exceeded (100000/100000):"
                  + " measurement=\\\"readings\\\" tag=\\\"sensor\\\" value=\\\"x\\\" dropped=1",
              "partial write: max-series-per-database limit exceeded: (1000000) dropped=3")) {
        given(400, "{\"error\":\"" + limit + "\"}");
        assertThatThrownBy(() -> store.write(List.of("x")))
            .isInstanceOf(StoreAway.class)
            .hasMessageStartingWith("InfluxDB is full, raise its limit: ");
      }
    }
  }

  @Test
  void anAnswerCutShortIsNone() {
    InfluxQl influxQl = new InfluxQl(config);
    given(
        200,
        "{\"results\":[{\"statement_id\":0,\"series\":[{\"name\":\"r\",\"columns\":[\"time\"],"
            + "\"values\":[[1]],\"partial\":true}]}]}");
    assertThatThrownBy(() -> influxQl.run("SELECT 1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("max-row-limit");
    given(502, "{\"error\":");
    assertThatThrownBy(() -> influxQl.run("SELECT 1")).isInstanceOf(IOException.class);
    given(401, "{\"error\":\"authorization failed\"}");
    assertThatThrownBy(() -> influxQl.run("SELECT 1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refuses our credentials");
  }
}
