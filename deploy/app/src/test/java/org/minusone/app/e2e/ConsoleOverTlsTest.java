package org.minusone.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.alerting.notify.NotifyConfig;
import org.minusone.app.command.AccountCommand;
import org.minusone.app.command.AuditCommand;
import org.minusone.app.command.HealthCommand;
import org.minusone.app.command.Instance;
import org.minusone.app.command.TokenCommand;
import org.minusone.app.stack.BrokerPlace;
import org.minusone.app.stack.EmbeddedStack;
import org.minusone.app.stack.Progress;
import org.minusone.app.stack.StackOptions;
import org.minusone.console.ConsoleConfig;
import org.minusone.console.http.ConsoleTls;
import picocli.CommandLine;

/** Commands find a console with a certificate that nobody else trusts; its audit comes out. */
@Tag("slow")
class ConsoleOverTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  private static String run(Object command, Object... words) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(command);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(out));
    String[] all = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      all[i] = words[i].toString();
    }
    assertThat(line.execute(all)).as("%s: %s", List.of(words), out).isZero();
    return out.toString();
  }

  @Test
  void healthTokenAccountAndAudit() throws Exception {
    Path data = folder.resolve("data");
    StackOptions options =
        new StackOptions(
            data,
            ConsoleConfig.DEFAULT.withPort(0).withTls(certificate()),
            BrokerPlace.loopback(0),
            NotifyConfig.NOBODY);
    EmbeddedStack stack = EmbeddedStack.start(options, RunningStack.fubao(), Progress.SILENT);
    try (stack) {
      assertThat(stack.consoleAddress()).startsWith("https://127.0.0.1:");
      // Streams may rebalance once more just after the start.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(run(new HealthCommand(), "--data", data)).startsWith("ready"));
      assertThat(
              run(
                  new TokenCommand(),
                  "--role",
                  "engineer",
                  "--name",
                  "bot, the =1st",
                  "--data",
                  data))
          .startsWith("m1.");
      Path password = Files.writeString(folder.resolve("password"), "warm store seven\n");
      run(
          new AccountCommand(),
          "add",
          "wang",
          "--role",
          "operator",
          "--password-file",
          password,
          "--data",
          data);
      assertThat(data.resolve("accounts.json")).exists();
      assertThat(Instance.find(data).get("/api/v1/alerts").statusCode()).isEqualTo(200);

      Path csv = folder.resolve("audit.csv");
      run(new AuditCommand(), "export", "--output", csv, "--data", data);
      List<String> lines = Files.readAllLines(csv);
      assertThat(lines.get(0)).isEqualTo("at,site,who,role,from,what,target,key,outcome");
      assertThat(lines).hasSize(2);
      assertThat(lines.get(1))
          .contains(",-,local,admin,127.0.0.1,token,\"bot, the =1st (engineer)\",,done");
      Path none = folder.resolve("none.jsonl");
      run(new AuditCommand(), "export", "--from", "2999-01-01", "--output", none, "--data", data);
      assertThat(none).isEmptyFile();
    }
  }

  /** For a name by which this machine does not reach it, signed by itself. */
  private ConsoleTls certificate() throws Exception {
    Path file = folder.resolve("console.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "console",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=console.example.org",
                    "-validity",
                    "10",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString()))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS) && keytool.exitValue() == 0).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new ConsoleTls(
        pem("CERTIFICATE", store.getCertificate("console").getEncoded()),
        pem("PRIVATE KEY", store.getKey("console", PASSWORD.toCharArray()).getEncoded()));
  }

  private Path pem(String what, byte[] bytes) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        folder.resolve(what.replace(' ', '-') + ".pem"),
        "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
  }
}
