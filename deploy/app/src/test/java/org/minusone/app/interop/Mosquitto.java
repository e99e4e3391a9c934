package org.minusone.app.interop;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's mosquitto, as its own process on free ports of loopback, with persistence. */
final class Mosquitto implements BrokerUnderTest {
  private static final long PATIENCE_MS = 10_000;

  private final Path folder;
  private final Certificates certificates;
  private final int[] ports = new int[3];
  private Process process;

  Mosquitto(Path folder, Certificates certificates) {
    this.folder = folder;
    this.certificates = certificates;
  }

  /** A program of that name on the PATH, or where Debian keeps servers. */
  static Optional<Path> program(String name) {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void start() throws Exception {
    if (ports[0] == 0) {
      for (int i = 0; i < ports.length; i++) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          ports[i] = free.getLocalPort();
        }
      }
      configure();
    }
    process =
        new ProcessBuilder(program("mosquitto").orElseThrow().toString(), "-c", conf().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    for (int port : ports) {
      while (!isOpen(port)) {
        if (!process.isAlive() || System.nanoTime() > until) {
          throw new IOException("mosquitto does not start:\n" + Files.readString(log()));
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  private void configure() throws Exception {
    Files.createDirectories(folder);
    Path passwords = folder.resolve("passwords");
    password(passwords, "-c", INGEST, INGEST_PASSWORD);
    password(passwords, null, GATEWAY, GATEWAY_PASSWORD);
    Files.writeString(
        conf(),
        """
        per_listener_settings true
        user %s
        persistence true
        persistence_location %s/
        listener %d 127.0.0.1
        allow_anonymous true
        listener %d 127.0.0.1
        allow_anonymous false
        password_file %s
        certfile %s
        keyfile %s
        listener %d 127.0.0.1
        allow_anonymous false
        use_identity_as_username true
        require_certificate true
        cafile %s
        certfile %6$s
        keyfile %7$s
        """
            .formatted(
                System.getProperty("user.name"),
                folder,
                ports[0],
                ports[1],
                passwords,
                certificates.certificate("server"),
                certificates.key("server"),
                ports[2],
                certificates.ca()));
  }

  private static void password(Path file, String create, String user, String password)
      throws Exception {
    List<String> line =
        Stream.of(
                program("mosquitto_passwd").orElseThrow().toString(),
                "-b",
                create,
                file.toString(),
                user,
                password)
            .filter(one -> one != null)
            .toList();
    if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
      throw new IOException("mosquitto_passwd failed");
    }
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private Path conf() {
    return folder.resolve("mosquitto.conf");
  }

  private Path log() {
    return folder.resolve("mosquitto.log");
  }

  @Override
  public void stop() throws Exception {
    process.destroy();
    if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  @Override
  public int plainPort() {
    return ports[0];
  }

  @Override
  public int passwordPort() {
    return ports[1];
  }

  @Override
  public int certificatePort() {
    return ports[2];
  }

  @Override
  public void close() throws Exception {
    if (process != null) {
      stop();
    }
  }
}
