package org.minusone.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minusone.app.command.Instance;
import org.minusone.app.command.Problem;
import org.minusone.model.SensorId;

/** {@code minusone demo} as a child process, started by the launcher on ports of its own. */
final class Demo implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final long STOP_PATIENCE_S = 20;
  private static final int LAST_WORDS = 10;
  private static final Pattern READY = Pattern.compile("\\s*[0-9.]+ s {2}ready");

  /** {@code 14:05:09 H-07: cooling fails}: what the demo says it is going to do. */
  private static final Pattern STORY =
      Pattern.compile("\\s*\\d{2}:\\d{2}:\\d{2}\\s+([A-Za-z0-9_-]+): .*");

  private final Path data;
  private final Process process;
  private final long begun;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Set<SensorId> stars = ConcurrentHashMap.newKeySet();
  private final Deque<String> lastWords = new ArrayDeque<>();
  private volatile long readyAt;

  private Demo(Path data, Process process, long begun) {
    this.data = data;
    this.process = process;
    this.begun = begun;
  }

  /** Starts it; {@link #awaitReady} tells how long it took. */
  static Demo start(House house, Path data) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            house.launcher().toString(),
            "demo",
            "--data",
            data.toString(),
            "--port",
            "0",
            "--mqtt-port",
            "0");
    long begun = System.nanoTime();
    Demo demo = new Demo(data, builder.redirectErrorStream(true).start(), begun);
    Thread reader = new Thread(demo::listen, "demo-output");
    reader.setDaemon(true);
    reader.start();
    return demo;
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
    } catch (IOException | UncheckedIOException e) {
      // It has ended; its last words are kept.
    }
    ready.countDown();
  }

  private void hear(String line) {
    synchronized (lastWords) {
      lastWords.add(line);
      if (lastWords.size() > LAST_WORDS) {
        lastWords.remove();
      }
    }
    if (READY.matcher(line).matches()) {
      readyAt = System.nanoTime();
      ready.countDown();
    }
    SensorId star = star(line);
    if (star != null) {
      stars.add(star);
    }
  }

  /** The sensor that a line of the plan names; null if it is no such line. */
  static SensorId star(String line) {
    Matcher story = STORY.matcher(line);
    return story.matches() ? new SensorId(story.group(1)) : null;
  }

  /** Seconds from the start of the launcher until the demo said that it is ready. */
  double awaitReady() throws Unusable, InterruptedException {
    boolean came = ready.await(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (!came || readyAt == 0) {
      synchronized (lastWords) {
        throw new Unusable("the demo did not become ready:\n" + String.join("\n", lastWords));
      }
    }
    return Distribution.round((readyAt - begun) / 1e9);
  }

  /** Sensors that its story uses in its first ten minutes: to be left alone. */
  Set<SensorId> stars() {
    return Set.copyOf(stars);
  }

  Instance instance() throws Unusable {
    try {
      return Instance.find(data);
    } catch (Problem e) {
      throw new Unusable(e.getMessage());
    }
  }

  Footprint footprint() throws IOException {
    return Footprint.of(process.toHandle());
  }

  /**
   * Stops it as Ctrl-C does.
   *
   * @return seconds it took
   */
  double stop() throws InterruptedException {
    long from = System.nanoTime();
    process.destroy();
    if (!process.waitFor(STOP_PATIENCE_S, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return Distribution.round((System.nanoTime() - from) / 1e9);
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }
}
