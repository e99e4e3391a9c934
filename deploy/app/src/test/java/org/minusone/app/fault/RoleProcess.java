package org.minusone.app.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minusone.app.embedded.FreePorts;

/**
 * {@code minusone run ROLE} as a process of its own, under a supervisor that starts it again a
 * second after it ended, as systemd would.
 */
final class RoleProcess implements AutoCloseable {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final int HEAP_MB = 256;

  private final String role;
  private final Path configuration;
  private final Path log;
  private final int probes;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Thread supervisor = new Thread(this::supervise, "supervisor");
  private volatile Process process;
  private volatile Instant startedAt;
  private volatile boolean wanted = true;

  /** Starts it; not ready yet. */
  RoleProcess(Servers servers, Path dir, String role, String instance) throws Exception {
    this.role = role;
    this.probes = FreePorts.pick();
    this.configuration = servers.configuration(instance, probes);
    this.log = dir.resolve(instance + ".log");
    launch();
    supervisor.setDaemon(true);
    supervisor.start();
  }

  private synchronized void launch() throws IOException {
    startedAt = Instant.now();
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.timezone=" + TimeZone.getDefault().getID(),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "org.minusone.app.MinusOne",
                "run",
                role,
                "--config",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  private void supervise() {
    try {
      while (wanted) {
        process.waitFor();
        TimeUnit.SECONDS.sleep(1);
        if (wanted) {
          launch();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@code kill -9}; the supervisor starts another. */
  void kill() {
    process.destroyForcibly();
  }

  /** {@code kill -9}, and nobody starts another. */
  void killForGood() {
    wanted = false;
    process.destroyForcibly();
  }

  /** It stands still with all it holds, as on a machine that swaps or in a paused guest. */
  void stall() throws Exception {
    signal("-STOP");
  }

  /** It goes on where it stood. */
  void goOn() throws Exception {
    signal("-CONT");
  }

  private void signal(String which) throws Exception {
    Process kill = new ProcessBuilder("kill", which, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("kill " + which + " failed for " + role);
    }
  }

  /** When the present one was started. */
  Instant startedAt() {
    return startedAt;
  }

  /** Whether it is subscribed and Kafka answers it. */
  boolean isReady() {
    try {
      return http.send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + probes + "/-/ready"))
                      .timeout(Duration.ofSeconds(2))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * How long until it is ready.
   *
   * @throws IllegalStateException with its log's end, if it is not within {@code patience}
   */
  Duration awaitReady(Duration patience) throws Exception {
    long begin = System.nanoTime();
    while (!isReady()) {
      if (System.nanoTime() - begin > patience.toNanos()) {
        List<String> lines = lines();
        throw new IllegalStateException(
            role
                + " is not ready after "
                + patience
                + ":\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Heap in use after a collection, in MB; -1 where the process has just gone. */
  long heapAfterCollectionMb() throws Exception {
    String text = jcmd("GC.run") + jcmd("GC.heap_info");
    long kilobytes = 0;
    Matcher used = USED.matcher(text.replaceAll("(?m)^ *(Metaspace|class space).*$", ""));
    while (used.find()) {
      kilobytes += Long.parseLong(used.group(1));
    }
    return kilobytes == 0 ? -1 : kilobytes / 1024;
  }

  private String jcmd(String command) throws Exception {
    Process asking =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String answer = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asking.waitFor();
    return answer;
  }

  /** Everything it said, all of its lives. */
  List<String> lines() throws IOException {
    return Files.readAllLines(log);
  }

  /** Ends it in order. */
  @Override
  public void close() throws Exception {
    wanted = false;
    supervisor.interrupt();
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(role + " did not stop within ten seconds");
    }
  }
}
