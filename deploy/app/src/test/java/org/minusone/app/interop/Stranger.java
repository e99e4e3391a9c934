package org.minusone.app.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Publishes with mosquitto_pub: a client that knows nothing of us. */
final class Stranger {
  private final List<String> always;
  private final Path scratch;

  private Stranger(Path scratch, List<String> always) {
    this.scratch = scratch;
    this.always = always;
  }

  /** At that port of loopback; {@code options} are mosquitto_pub's. */
  static Stranger at(Path scratch, String host, int port, String... options) {
    List<String> always = new ArrayList<>();
    always.add(Mosquitto.program("mosquitto_pub").orElseThrow().toString());
    always.addAll(List.of("-h", host, "-p", Integer.toString(port)));
    always.addAll(Arrays.asList(options));
    return new Stranger(scratch, always);
  }

  /** What became of a publication: exit code, and what was said. */
  record Outcome(int exit, String said) {}

  void publishes(String topic, String payload, String... options) throws Exception {
    Outcome outcome = tries(topic, payload.getBytes(StandardCharsets.UTF_8), options);
    if (outcome.exit() != 0) {
      throw new IOException("mosquitto_pub: " + outcome.said());
    }
  }

  Outcome tries(String topic, byte[] payload, String... options) throws Exception {
    Path file = Files.createTempFile(scratch, "payload", "");
    Files.write(file, payload);
    List<String> line = new ArrayList<>(always);
    line.addAll(List.of("-t", topic));
    line.addAll(payload.length == 0 ? List.of("-n") : List.of("-f", file.toString()));
    line.addAll(Arrays.asList(options));
    Path said = Files.createTempFile(scratch, "said", "");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", line) + " does not end");
    }
    return new Outcome(process.exitValue(), Files.readString(said).strip());
  }

  /** One line each, over one connection. */
  void publishesLines(String topic, List<String> lines, String... options) throws Exception {
    List<String> line = new ArrayList<>(always);
    line.addAll(List.of("-t", topic, "-l"));
    line.addAll(Arrays.asList(options));
    Process process =
        new ProcessBuilder(line).inheritIO().redirectInput(ProcessBuilder.Redirect.PIPE).start();
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      for (String one : lines) {
        in.write(one + "\n");
      }
    }
    if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("mosquitto_pub failed on " + topic);
    }
  }
}
