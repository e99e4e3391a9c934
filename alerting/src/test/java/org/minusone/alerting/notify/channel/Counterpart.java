package org.minusone.alerting.notify.channel;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service on loopback: answers as it is told, and remembers what it was asked. */
final class Counterpart implements AutoCloseable {
  /** One request as it came. */
  record Asked(String method, URI uri, Map<String, List<String>> headers, String body) {
    String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : values.get(0);
    }
  }

  /**
   * @param hangs answers only when the service ends
   */
  record Says(int status, Map<String, String> headers, String body, boolean hangs) {
    static Says ok(String body) {
      return new Says(200, Map.of(), body, false);
    }

    static Says status(int status) {
      return new Says(status, Map.of(), "no", false);
    }

    static Says hang() {
      return new Says(200, Map.of(), "", true);
    }
  }

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Queue<Says> next = new ArrayDeque<>();
  private final Says usual;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch ended = new CountDownLatch(1);

  Counterpart(Says usual) throws IOException {
    this.usual = usual;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(
              new Asked(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  Map.copyOf(exchange.getRequestHeaders()),
                  body));
          Says says = says();
          if (says.hangs()) {
            hang();
          }
          says.headers().forEach(exchange.getResponseHeaders()::set);
          byte[] answer = says.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(says.status(), answer.length == 0 ? -1 : answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  private void hang() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Says says() {
    return next.isEmpty() ? usual : next.poll();
  }

  /** What it says to the next request, then as usual again. */
  synchronized void next(Says says) {
    next.add(says);
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  Asked last() {
    return asked.get(asked.size() - 1);
  }

  @Override
  public void close() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
