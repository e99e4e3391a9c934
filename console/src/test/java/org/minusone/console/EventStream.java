package org.minusone.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.minusone.model.codec.Json;

/** A browser's EventSource, as far as a test needs one. */
final class EventStream implements AutoCloseable {
  record Event(String kind, String id, String data) {
    JsonNode json() {
      return Json.read(data.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
  }

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final InputStream body;
  private volatile boolean ended;

  EventStream(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        Rig.CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    body = response.body();
    Thread thread = new Thread(this::read, "event-stream");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String kind = "message";
      String id = null;
      String data = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (data != null) {
            events.add(new Event(kind, id, data));
          }
          kind = "message";
          id = null;
          data = null;
        } else if (line.startsWith("event: ")) {
          kind = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        }
      }
    } catch (IOException e) {
      // Closed by the test, or cut by the server: either way it ended.
    }
    ended = true;
  }

  /** The next event of that kind; others are passed over. */
  Event next(String kind) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
    while (true) {
      Event event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new AssertionError("no event " + kind + " within 8 s");
      }
      if (event.kind().equals(kind)) {
        return event;
      }
    }
  }

  List<Event> next(String kind, int count) throws InterruptedException {
    List<Event> found = new ArrayList<>();
    while (found.size() < count) {
      found.add(next(kind));
    }
    return found;
  }

  boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
