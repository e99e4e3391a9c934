package org.minusone.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.minusone.model.codec.Json;

/**
 * What {@code run.json} says while an instance runs: how every other command finds it. Mode 0600,
 * because of the passwords.
 *
 * @param pid of the process that runs
 * @param startedAt when it was ready
 * @param addresses by what they are the address of: {@code console}, {@code mqtt}, {@code kafka},
 *     {@code store}; and where the console's {@code certificate} and {@code accounts} are
 * @param passwords by the same names
 */
public record RunFile(
    long pid, Instant startedAt, Map<String, String> addresses, Map<String, String> passwords) {
  static final String NAME = "run.json";

  public RunFile {
    addresses = Map.copyOf(addresses);
    passwords = Map.copyOf(passwords);
  }

  /** Of this process, now. */
  public static RunFile ofThisProcess(
      Map<String, String> addresses, Map<String, String> passwords) {
    return new RunFile(ProcessHandle.current().pid(), Instant.now(), addresses, passwords);
  }

  /**
   * What runs on {@code data}, empty if nothing does; a file that a killed process left behind
   * counts as nothing.
   *
   * @throws IOException if the file is there and cannot be read
   */
  public static Optional<RunFile> find(Path data) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(data.resolve(NAME));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      RunFile file = Json.read(bytes, RunFile.class);
      return file.isAlive() ? Optional.of(file) : Optional.empty();
    } catch (UncheckedIOException e) {
      throw new IOException(data.resolve(NAME) + " is damaged: remove it", e);
    }
  }

  /** A process of that number that began after the file was written is another one. */
  private boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(p -> p.info().startInstant().map(at -> !at.isAfter(startedAt)).orElse(true))
        .isPresent();
  }
}
