package org.minusone.series.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The request InfluxDB 2 documents for {@code POST /api/v2/write}, and what its answers mean. */
class InfluxDb2StoreTest {
  private final AtomicInteger status = new AtomicInteger(204);
  private final AtomicReference<String> request = new AtomicReference<>();
  private HttpServer server;
  private SeriesStore store;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          request.set(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    store = StoreConfig.influxDb2(url, "city", "raw", "s3cret").store();
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop(0);
  }

  @Test
  void writesLinesWithTokenAndMilliseconds() throws Exception {
    store.prepare("readings", true);
    store.write(
        List.of("readings,site=a value=1.0,flag=1i 1", "readings,site=a value=2.0,flag=1i 2"));
    assertThat(request.get())
        .contains("/api/v2/write?")
        .contains("org=city")
        .contains("bucket=raw")
        .contains("precision=ms")
        .contains("Token s3cret")
        .endsWith("readings,site=a value=1.0,flag=1i 1\nreadings,site=a value=2.0,flag=1i 2");
  }

  @Test
  void onlyThePointsFaultRefusesThem() {
    for (int refusal : List.of(400, 413, 422)) {
      status.set(refusal);
      assertThatThrownBy(() -> store.write(List.of("x"))).isInstanceOf(StoreRefused.class);
    }
    for (int away : List.of(401, 403, 404, 429, 500, 503)) {
      status.set(away);
      assertThatThrownBy(() -> store.write(List.of("x"))).isInstanceOf(StoreAway.class);
    }
    server.stop(0);
    assertThatThrownBy(() -> store.write(List.of("x"))).isInstanceOf(StoreAway.class);
    assertThat(store.answers()).isFalse();
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(StoreConfig.influxDb2(URI.create("http://a"), "o", "b", "s3cret").toString())
        .doesNotContain("s3cret");
    assertThat(StoreConfig.questDb(URI.create("http://a"), "u", "s3cret").toString())
        .doesNotContain("s3cret");
  }
}
