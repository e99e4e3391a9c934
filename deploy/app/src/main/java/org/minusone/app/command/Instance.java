package org.minusone.app.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.minusone.app.embedded.RunFile;
import org.minusone.model.codec.Json;
import org.minusone.series.store.StoreConfig;

/** A running instance, as its {@code run.json} tells: where to reach it and with what password. */
public final class Instance {
  private final RunFile file;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private Instance(RunFile file) {
    this.file = file;
  }

  /**
   * The instance on {@code data}; without one named, the one that runs on a default directory.
   *
   * @param data null = the defaults
   */
  public static Instance find(Path data) throws Problem {
    List<Path> places = data == null ? List.of(Home.data("up"), Home.data("demo")) : List.of(data);
    for (Path place : places) {
      try {
        Optional<RunFile> found = RunFile.find(place);
        if (found.isPresent()) {
          return new Instance(found.get());
        }
      } catch (IOException e) {
        throw Problem.usage(
            "cannot read %s: %s; are you the user who started it?"
                .formatted(place.resolve("run.json"), e.getMessage()));
      }
    }
    throw Problem.usage(
        "nothing runs on %s: start it with `minusone up`, or name its --data DIR"
            .formatted(String.join(" or ", places.stream().map(Path::toString).toList())));
  }

  public RunFile file() {
    return file;
  }

  public URI console() {
    return URI.create(file.addresses().get("console"));
  }

  /** {@code host:port} of the MQTT broker. */
  public String mqtt() {
    return file.addresses().get("mqtt");
  }

  /** Its own series store. */
  StoreConfig store() {
    return StoreConfig.questDb(
        URI.create(file.addresses().get("store")), "minusone", file.passwords().get("store"));
  }

  /** GETs a path of the API; the body. */
  public HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, Object body) throws Exception {
    return client.send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(console().resolve(path))
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", "Bearer " + file.passwords().get("console"));
  }
}
