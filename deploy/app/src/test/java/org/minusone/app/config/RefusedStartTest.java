package org.minusone.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.app.embedded.EmbeddedKafka;

/** What stands in the way of {@code run} and {@code up} is said in exactly one line, exit 2. */
@Tag("slow")
class RefusedStartTest {
  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  @Test
  void anUnreachableKafkaAWrongPasswordAndAnExpiredCertificateGetOneLineEach() throws Exception {
    try (EmbeddedKafka kafka = new EmbeddedKafka(folder.resolve("kafka"), "the-right-one")) {
      kafka.start();
      Path away = write("away", "kafka: {bootstrap: '127.0.0.1:9'}");
      Path wrong =
          write(
              "wrong",
              "kafka:",
              "  bootstrap: " + kafka.bootstrap(),
              "  security: sasl-plain",
              "  username: minusone",
              "  password: the-wrong-one");
      Path copies =
          write(
              "copies",
              "kafka:",
              "  bootstrap: " + kafka.bootstrap(),
              "  security: sasl-plain",
              "  username: minusone",
              "  password: the-right-one");
      Path certificate = expiredCertificate();
      Path expired =
          write(
              "expired",
              "kafka: {bootstrap: '127.0.0.1:9'}",
              "mqtt:",
              "  url: ssl://mqtt.example.org:8883",
              "  certificate: " + certificate,
              "  key: " + certificate);
      Path open = write("open", "broker: {host: 0.0.0.0}");

      CompletableFuture<Ended> runsAway = minusone("run", "rules", "--config", away.toString());
      CompletableFuture<Ended> runsWrong = minusone("run", "rules", "--config", wrong.toString());
      CompletableFuture<Ended> runsCopies = minusone("run", "rules", "--config", copies.toString());
      CompletableFuture<Ended> runsExpired =
          minusone("run", "ingest", "--config", expired.toString());
      CompletableFuture<Ended> stands = minusone("up", "--config", open.toString());

      refused(
          runsAway,
          away
              + ":1: Kafka at 127.0.0.1:9 does not answer within 10 s: is it there, and is"
              + " kafka.security plaintext what it speaks?");
      refused(
          runsWrong,
          "%s:5: Kafka at %s refuses user 'minusone': look at kafka.username, kafka.password and"
              .formatted(wrong, kafka.bootstrap()));
      refused(runsCopies, "Kafka cannot keep 3 copies of a topic: start more brokers, or set");
      refused(
          runsExpired,
          "%s:4: the certificate in %s (CN=ingest) expired on ".formatted(expired, certificate));
      refused(
          stands,
          open
              + ":1: the broker listens beyond loopback (0.0.0.0) only with broker.tls"
              + " {certificate, key} and broker.anonymous: false");
    }
  }

  private static void refused(CompletableFuture<Ended> running, String line) throws Exception {
    Ended ended = running.get(90, TimeUnit.SECONDS);
    assertThat(ended.err().lines()).as(ended.toString()).hasSize(1);
    assertThat(ended.err()).startsWith("minusone: " + line);
    assertThat(ended.code()).isEqualTo(2);
  }

  private Path write(String name, String... lines) throws IOException {
    Path file = Files.write(folder.resolve(name + ".yaml"), List.of(lines));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** PEM of a certificate whose time was last week. */
  private Path expiredCertificate() throws Exception {
    Path store = folder.resolve("expired.p12");
    Path pem = folder.resolve("expired.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=ingest",
        "-startdate",
        "-14d",
        "-validity",
        "7",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "a",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit",
        "-file",
        pem.toString());
    return pem;
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private CompletableFuture<Ended> minusone(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx192m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dminusone.home=" + System.getProperty("minusone.home"),
            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "org.minusone.app.MinusOne"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", Files.createTempDirectory(folder, "data").toString()));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return process
        .onExit()
        .thenApply(
            ended -> {
              try {
                return new Ended(ended.exitValue(), Files.readString(out), Files.readString(err));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
  }
}
