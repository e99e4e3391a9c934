package org.minusone.app.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.minusone.app.embedded.RunFile;
import org.minusone.model.codec.Json;

/** An operator's desk over HTTP: asks, commands and listens to the stream. */
public final class Desk implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final RunFile run;
  private final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();
  private Stream<String> stream;

  public Desk(Path data) throws IOException {
    run = RunFile.find(data).orElseThrow();
  }

  public JsonNode get(String path) throws Exception {
    return Json.MAPPER.readTree(
        client.send(request(path).build(), HttpResponse.BodyHandlers.ofString()).body());
  }

  public HttpResponse<String> post(String path, String key, String body) throws Exception {
    return client.send(
        request(path)
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Opens the stream at {@code position} and gathers its alert events. */
  Queue<JsonNode> listen(String position) throws Exception {
    stream =
        client
            .send(
                request("/api/v1/stream?from=" + position)
                    .header("Accept", "text/event-stream")
                    .build(),
                HttpResponse.BodyHandlers.ofLines())
            .body();
    Thread reader =
        new Thread(
            () -> {
              String[] event = {""};
              try {
                stream.forEach(line -> take(line, event));
              } catch (UncheckedIOException e) {
                // The stream ends with the test.
              }
            },
            "desk-stream");
    reader.setDaemon(true);
    reader.start();
    return events;
  }

  private void take(String line, String[] event) {
    if (line.startsWith("event:")) {
      event[0] = line.substring("event:".length()).strip();
    } else if (line.startsWith("data:") && event[0].equals("alert")) {
      try {
        events.add(Json.MAPPER.readTree(line.substring("data:".length())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(run.addresses().get("console")).resolve(path))
        .header("Authorization", "Bearer " + run.passwords().get("console"));
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.close();
    }
  }
}
