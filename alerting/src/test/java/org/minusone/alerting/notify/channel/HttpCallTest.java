package org.minusone.alerting.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.minusone.alerting.notify.Outcome;

class HttpCallTest {
  /**
   * JDK's own timeout ends with the headers; without ours the sending thread would never return.
   */
  @Test
  void who_hangs_in_the_middle_of_his_answer_is_left_in_time() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer there =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    there.setExecutor(threads);
    there.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          OutputStream body = exchange.getResponseBody();
          body.write('{');
          body.flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    there.start();
    try {
      HttpCall call = new HttpCall(InstantSource.system(), Duration.ofMillis(400));
      URI url = URI.create("http://127.0.0.1:" + there.getAddress().getPort() + "/");
      Outcome outcome =
          assertTimeoutPreemptively(
              Duration.ofSeconds(5), () -> call.postJson(url, Map.of(), "{}").orAccepted());
      assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RECOVERABLE);
      assertThat(outcome.detail()).contains("127.0.0.1", "400 ms");
    } finally {
      over.countDown();
      there.stop(0);
      threads.shutdownNow();
    }
  }
}
