package org.minusone.app.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.minusone.app.config.ConfigProblem;
import org.minusone.app.config.Configuration;
import org.minusone.app.config.Setting;
import org.minusone.app.embedded.RunFile;
import org.minusone.console.access.BearerTokens;
import org.minusone.console.access.Person;
import org.minusone.model.Role;
import org.minusone.model.codec.Json;
import org.minusone.series.store.StoreConfig;

/**
 * A running instance: where its console is reached and with what token, as its {@code run.json}
 * tells or a configuration.
 */
public final class Instance {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  /** Null for one that a configuration names. */
  private final RunFile file;

  private final URI console;
  private final String token;
  private final HttpClient client;

  /**
   * @param certificate PEM of the console's own, which is trusted; null = as Java trusts others
   */
  private Instance(RunFile file, URI console, String token, Path certificate) throws Problem {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    if (certificate != null) {
      builder.sslContext(OwnCertificate.context(certificate));
    }
    this.client = builder.build();
    this.file = file;
    this.console = console;
    this.token = token;
  }

  private static Instance of(RunFile file) throws Problem {
    String console = file.addresses().get("console");
    String certificate = file.addresses().get("certificate");
    return new Instance(
        file,
        console == null ? null : URI.create(console),
        file.passwords().get("console"),
        certificate == null ? null : Path.of(certificate));
  }

  /**
   * The console that a configuration names, entered with a token of its own making.
   *
   * @param person who asks, as the audit shows it
   */
  static Instance of(Configuration configuration, String person) throws ConfigProblem, Problem {
    Path certificate = configuration.path(Setting.CONSOLE_TLS_CERTIFICATE);
    configuration.require("a command that asks the console", List.of(Setting.CONSOLE_SECRET));
    String address = configuration.text(Setting.CONSOLE_ADDRESS);
    if (address == null) {
      address =
          (certificate == null ? "http://" : "https://")
              + configuration.text(Setting.CONSOLE_HOST)
              + ":"
              + configuration.number(Setting.CONSOLE_PORT);
    }
    byte[] secret = configuration.text(Setting.CONSOLE_SECRET).getBytes(StandardCharsets.UTF_8);
    return new Instance(
        null,
        URI.create(address),
        new BearerTokens(secret, InstantSource.system())
            .issue(new Person(person, Role.ADMIN), TOKEN_LIFE),
        certificate);
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
          return of(found.get());
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
    return console;
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
        .header("Authorization", "Bearer " + token);
  }
}
