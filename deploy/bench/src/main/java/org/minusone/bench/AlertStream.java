package org.minusone.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.minusone.app.command.Instance;
import org.minusone.model.AlertEvent;
import org.minusone.model.codec.Json;

/** Alerts as a program hears of them: the event stream, with a bearer token. */
final class AlertStream implements AutoCloseable {
  private static final String DATA = "data:";
  private static final String EVENT = "event:";

  /** Told of each alert event. */
  interface Listener {
    /**
     * An event came.
     *
     * @param nanos {@link System#nanoTime} at which it was there, before it was parsed
     */
    void heard(AlertEvent event, long nanos);
  }

  private final Listener listener;
  private final Stream<String> lines;
  private String event = "";
  private volatile boolean closed;
  private volatile boolean ended;

  private AlertStream(Listener listener, Stream<String> lines) {
    this.listener = listener;
    this.lines = lines;
  }

  /** Opens it from now on; returns when the instance has answered. */
  static AlertStream open(Instance instance, Listener listener)
      throws IOException, InterruptedException, Unusable {
    HttpRequest request =
        HttpRequest.newBuilder(instance.console().resolve("/api/v1/stream"))
            .header("Authorization", "Bearer " + instance.file().passwords().get("console"))
            .header("Accept", "text/event-stream")
            .build();
    HttpResponse<Stream<String>> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
    if (answer.statusCode() != 200) {
      throw new Unusable("the event stream answered " + answer.statusCode());
    }
    AlertStream stream = new AlertStream(listener, answer.body());
    Thread reader = new Thread(stream::read, "alert-stream");
    reader.setDaemon(true);
    reader.start();
    return stream;
  }

  private void read() {
    try {
      lines.forEach(this::line);
    } catch (UncheckedIOException e) {
      if (!closed) {
        System.err.println("bench: the event stream broke: " + e.getMessage());
      }
    } finally {
      ended = true;
    }
  }

  private void line(String line) {
    long nanos = System.nanoTime();
    if (line.startsWith(EVENT)) {
      event = line.substring(EVENT.length()).strip();
    } else if (line.startsWith(DATA) && event.equals("alert")) {
      byte[] json = line.substring(DATA.length()).getBytes(StandardCharsets.UTF_8);
      listener.heard(Json.read(json, AlertEvent.class), nanos);
    }
  }

  /** Whether it broke: what is missing then is not the instance's loss. */
  boolean hasEnded() {
    return ended && !closed;
  }

  @Override
  public void close() {
    closed = true;
    lines.close();
  }
}
