package org.minusone.bench.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.minusone.model.codec.Json;

/**
 * A process of the bench: asked by a line on its standard input, it answers with a line of JSON. It
 * ends when its input does, and so with the bench.
 */
public final class Child implements AutoCloseable {
  private final String name;
  private final Process process;
  private final Writer in;
  private final BufferedReader out;
  private final Path log;

  /** What a child does with a line. */
  public interface Answers {
    Object to(String line) throws Exception;
  }

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts {@code main} on this process's class path.
   *
   * @param logs a folder for what it logs
   */
  public static Child start(Path logs, int heapMb, Class<?> main, String... arguments)
      throws IOException {
    String name = main.getSimpleName();
    Path log = Files.createTempFile(logs, name + "-", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heapMb + "m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8"));
    command.add("--enable-native-access=ALL-UNNAMED");
    for (String property : List.of("logback.configurationFile", "minusone.home")) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    return new Child(name, process, log);
  }

  /** The first line it says: what it has to tell once it is ready. */
  public JsonNode awaitReady() throws IOException {
    return read();
  }

  public JsonNode ask(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
    return read();
  }

  private JsonNode read() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException(name + " ended, its log is " + log + ":\n" + tail());
    }
    return Json.MAPPER.readTree(line);
  }

  private String tail() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
  }

  /** CPU seconds it has used. */
  double cpuS() {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  @Override
  public void close() throws IOException {
    in.close();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The child's side: says {@code ready} once, then answers line by line until the input ends. */
  public static void serve(PrintStream out, Object ready, Answers answers) throws Exception {
    out.println(Json.text(ready));
    out.flush();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(Json.text(answers.to(line)));
      out.flush();
    }
  }

  /** Standard output for the answers alone: what else is printed goes to the log. */
  public static PrintStream claimOutput() {
    PrintStream out = System.out;
    System.setOut(System.err);
    return out;
  }

  /** Heap in use after a collection, MiB. */
  static double heapMb() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
  }
}
