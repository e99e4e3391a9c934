package org.minusone.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.console.ConsoleConfig;

/** Beyond loopback the console speaks TLS, its own or a proxy's, or does not start. */
class ConsoleDoorTest {
  @TempDir private Path folder;

  private ConsoleConfig console(String... lines) throws Exception {
    Path file = Files.write(folder.resolve("minusone.yaml"), List.of(lines));
    Configuration configuration = ConfigurationReader.read(file, Map.of());
    return new UpPlan(configuration, Instant.EPOCH).options(folder, null, null).console();
  }

  @Test
  void onLoopbackItNeedsNothing() throws Exception {
    ConsoleConfig plain = console("console: {port: 0}");
    assertThat(plain.tls()).isNull();
    assertThat(plain.accounts()).isEqualTo(folder.resolve("accounts.json"));
  }

  @Test
  void beyondLoopbackItWantsTlsOrAProxyThatHasIt() throws Exception {
    for (String host : List.of("0.0.0.0", "'::'", "192.0.2.7")) {
      assertThatThrownBy(() -> console("console:", "  host: " + host))
          .as(host)
          .isInstanceOf(ConfigProblem.class)
          .hasMessageStartingWith(folder.resolve("minusone.yaml") + ":2")
          .hasMessageContaining("only with console.tls {certificate, key}, or behind a proxy");
    }
    assertThatThrownBy(
            () -> console("console: {host: 0.0.0.0, address: 'http://console.example.org'}"))
        .isInstanceOf(ConfigProblem.class);
    assertThat(console("console: {host: 0.0.0.0, address: 'https://console.example.org'}").tls())
        .isNull();
  }

  @Test
  void aCertificateWantsItsKeyAndMustBeOne() throws Exception {
    assertThatThrownBy(() -> console("console: {tls: {certificate: c.pem}}"))
        .hasMessageContaining("console.tls.certificate wants console.tls.key as well");
    Files.writeString(folder.resolve("c.pem"), "nothing");
    assertThatThrownBy(() -> console("console: {tls: {certificate: c.pem, key: c.pem}}"))
        .hasMessageContaining("c.pem holds no certificate in PEM form");
  }
}
