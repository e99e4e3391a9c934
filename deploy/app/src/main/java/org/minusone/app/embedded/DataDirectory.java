package org.minusone.app.embedded;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.minusone.model.codec.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything an embedded instance keeps, in one directory that one process owns at a time: {@code
 * kafka/}, {@code mqtt/}, {@code store/}; {@code secrets.json} (0600), which outlives the process
 * as the data do; {@code run.json} (0600) while it runs; {@code lock}, held while it is open.
 */
public final class DataDirectory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
  private static final String LOCK = "lock";
  private static final String SECRETS = "secrets.json";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * Open in this JVM. Asked before the lock file is touched: POSIX drops a process's lock as soon
   * as the process closes any descriptor of that file, even one opened only to look.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lockChannel;
  private final Map<String, String> secrets;

  private DataDirectory(Path path, FileChannel lockChannel, Map<String, String> secrets) {
    this.path = path;
    this.lockChannel = lockChannel;
    this.secrets = secrets;
  }

  /**
   * Makes the directory (0700) where it is missing and locks it.
   *
   * @throws StartProblem if it cannot be made or written, or another process has it
   */
  public static DataDirectory open(Path directory) throws StartProblem {
    Path path = made(directory);
    if (!OPEN.add(path)) {
      throw inUse(path, ProcessHandle.current().pid());
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              path.resolve(LOCK),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              OWNER_ONLY_FILE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(path, owner(channel));
      }
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
      Files.deleteIfExists(path.resolve(RunFile.NAME));
      return new DataDirectory(path, channel, readSecrets(path));
    } catch (IOException e) {
      release(path, channel);
      throw notWritable(path, e);
    } catch (StartProblem e) {
      release(path, channel);
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  /** Where the embedded Kafka keeps its logs. */
  public Path kafka() {
    return path.resolve("kafka");
  }

  /** Where the embedded MQTT broker keeps sessions and messages. */
  public Path mqtt() {
    return path.resolve("mqtt");
  }

  /** Where ingest notes which of its sessions and subscriptions a broker keeps. */
  public Path mqttSessions() {
    return path.resolve("mqtt-sessions.json");
  }

  /** Where the embedded series store keeps its tables. */
  public Path store() {
    return path.resolve("store");
  }

  /**
   * The password of that name, 24 random bytes as text (letters, digits, {@code -} and {@code _}):
   * made when it is first asked for, then always the same for this directory.
   *
   * @throws StartProblem if it cannot be kept
   */
  public synchronized String password(String name) throws StartProblem {
    String known = secrets.get(name);
    if (known != null) {
      return known;
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    secrets.put(name, made);
    try {
      writePrivately(path.resolve(SECRETS), Json.bytes(secrets));
    } catch (IOException e) {
      secrets.remove(name);
      throw notWritable(path, e);
    }
    return made;
  }

  /**
   * Tells other commands where this instance is; until {@link #close}.
   *
   * @throws StartProblem if it cannot be written
   */
  public void announce(RunFile run) throws StartProblem {
    try {
      writePrivately(path.resolve(RunFile.NAME), Json.bytes(run));
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  /** Takes {@code run.json} away and gives the directory free; may be called twice. */
  @Override
  public void close() {
    if (!lockChannel.isOpen()) {
      return;
    }
    try {
      Files.deleteIfExists(path.resolve(RunFile.NAME));
    } catch (IOException e) {
      // It names a process that is about to be gone: RunFile.find takes it for nothing.
      log.warn("run.json stays behind", e);
    }
    release(path, lockChannel);
  }

  /** Written whole or not at all, and never readable by others, not even for an instant. */
  private static void writePrivately(Path file, byte[] bytes) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel out =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OWNER_ONLY_FILE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Map<String, String> readSecrets(Path path) throws IOException {
    Path file = path.resolve(SECRETS);
    if (!Files.exists(file)) {
      return new TreeMap<>();
    }
    return Json.MAPPER.readValue(
        Files.readAllBytes(file), new TypeReference<TreeMap<String, String>>() {});
  }

  private static Path made(Path directory) throws StartProblem {
    try {
      Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
      return directory.toRealPath();
    } catch (FileAlreadyExistsException e) {
      throw new StartProblem(
          "%s is a file, not a directory: choose another with --data DIR".formatted(directory), e);
    } catch (IOException e) {
      throw notWritable(directory, e);
    }
  }

  private static StartProblem notWritable(Path path, IOException e) {
    String why = e instanceof AccessDeniedException ? "permission denied" : StartProblem.reason(e);
    return new StartProblem(
        "data directory %s cannot be written (%s): make it yours, or choose another with --data DIR"
            .formatted(path, why),
        e);
  }

  private static StartProblem inUse(Path path, long pid) {
    return new StartProblem(
        "data directory %s is in use by %s: stop it first, or choose another with --data DIR"
            .formatted(path, pid < 0 ? "another process" : "pid " + pid));
  }

  /** The pid that the holder of the lock wrote; -1 where it is not to be read. */
  private static long owner(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(32);
    channel.read(buffer, 0);
    String text = StandardCharsets.US_ASCII.decode(buffer.flip()).toString().strip();
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }

  private static void release(Path path, FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      log.warn("lock of {} stays", path, e);
    } finally {
      OPEN.remove(path);
    }
  }
}
