package org.minusone.series;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real InfluxDB 1.x on loopback, in a folder of its own. As a condition on a class: where {@code
 * influxd} is not installed the class is skipped, and one line says so; a build server must not
 * look away, so there it fails.
 */
public final class Influxd implements AutoCloseable {
  private static final String MISSING =
      "NO TESTS ON INFLUXDB 1.x: no influxd on the PATH; install the package influxdb to run them";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path folder;
  private final boolean wantsPassword;
  private int port;
  private Process process;

  /** Skips a class where there is nothing to run it on. */
  public static final class Installed implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (found().isPresent() || "true".equals(System.getenv("CI"))) {
        return ConditionEvaluationResult.enabled("influxd, or a server that must have it");
      }
      context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Influxd.class))
          .getOrComputeIfAbsent(
              MISSING,
              said -> {
                System.err.println(said);
                return said;
              });
      return ConditionEvaluationResult.disabled(MISSING);
    }
  }

  /**
   * @param folder empty, for its data
   * @param wantsPassword whether it lets in nobody it does not know
   */
  public Influxd(Path folder, boolean wantsPassword) {
    this.folder = folder;
    this.wantsPassword = wantsPassword;
  }

  /** Starts it on free ports the first time, on the same address after that. */
  public void start() throws IOException {
    Path program = found().orElseThrow(() -> new IllegalStateException(MISSING));
    if (port == 0) {
      port = freePort();
    }
    Path config = folder.resolve("influxdb.conf");
    Files.writeString(
        config,
        """
        reporting-disabled = true
        bind-address = "127.0.0.1:%d"
        [meta]
        dir = "%s"
        [data]
        dir = "%s"
        wal-dir = "%s"
        query-log-enabled = false
        [http]
        bind-address = "127.0.0.1:%d"
        auth-enabled = %b
        log-enabled = false
        [monitor]
        store-enabled = false
        [subscriber]
        enabled = false
        [continuous_queries]
        enabled = false
        """
            .formatted(
                freePort(),
                folder.resolve("meta"),
                folder.resolve("data"),
                folder.resolve("wal"),
                port,
                wantsPassword));
    process =
        new ProcessBuilder(program.toString(), "-config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    Awaitility.await("influxd, whose log is " + folder.resolve("log"))
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(this::answers);
  }

  private boolean answers() throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("influxd ended with " + process.exitValue());
    }
    try {
      HttpRequest ping = HttpRequest.newBuilder(url().resolve("/ping")).build();
      return HTTP.send(ping, HttpResponse.BodyHandlers.discarding()).statusCode() == 204;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it as a power failure would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    if (process == null) {
      return;
    }
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      kill();
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** What an administrator says to it; user and password only where it wants them. */
  public String say(String statement, String user, String password)
      throws IOException, InterruptedException {
    String basic =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(
                url().resolve("/query?q=" + URLEncoder.encode(statement, StandardCharsets.UTF_8)))
            .header("Authorization", "Basic " + basic)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Optional<Path> found() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(each -> Path.of(each, "influxd"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
