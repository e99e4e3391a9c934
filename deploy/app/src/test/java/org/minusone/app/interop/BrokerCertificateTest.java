package org.minusone.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.ingest.mqtt.MqttSettings;
import org.minusone.ingest.mqtt.MqttSource;
import org.minusone.ingest.mqtt.MqttTls;
import org.minusone.ingest.mqtt.PemFiles;

/** What ingest says of a broker whose certificate is not good. */
@Tag("slow")
class BrokerCertificateTest {
  @TempDir static Path folder;
  private static Certificates ours;

  @BeforeAll
  static void sign() throws Exception {
    ours =
        Certificates.authority(folder.resolve("ca"), "Test authority")
            .server("expired", "-10d", 3)
            .elsewhere("elsewhere")
            .server("good", "-1d", 10);
  }

  @Test
  void whatIsWrongWithTheBrokersCertificateIsSaidInOneLine() throws Exception {
    Certificates another = Certificates.authority(folder.resolve("other"), "Another authority");
    assertThat(problem(ours, "expired", ours.ca()))
        .startsWith("cannot connect: the broker's certificate (CN=expired) expired ")
        .doesNotContain("\n");
    assertThat(problem(ours, "elsewhere", ours.ca()))
        .isEqualTo(
            "cannot connect: the broker's certificate is for broker.example, not for 127.0.0.1");
    assertThat(problem(ours, "good", another.ca()))
        .isEqualTo(
            "cannot connect: the broker's certificate (CN=good, issued by CN=Test authority) is"
                + " signed by no authority in "
                + another.ca());
  }

  @Test
  void aKeyOfAnotherCertificateIsNotTaken() throws Exception {
    char[] password = "changeit".toCharArray();
    assertThat(PemFiles.identity(ours.certificate("good"), ours.key("good"), password).size())
        .isEqualTo(1);
    assertThatThrownBy(
            () -> PemFiles.identity(ours.certificate("good"), ours.key("expired"), password))
        .hasMessage(ours.key("expired") + " is not the key of " + ours.certificate("good"));
  }

  private static String problem(Certificates certificates, String name, Path ca) throws Exception {
    try (SSLServerSocket door =
        (SSLServerSocket)
            certificates
                .serving(name)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread serving = new Thread(() -> shakeHands(door));
      serving.setDaemon(true);
      serving.start();
      MqttSettings settings =
          new MqttSettings(
              "ssl://127.0.0.1:" + door.getLocalPort(),
              new MqttTls(ca, null, null),
              "ingest",
              null,
              null,
              1,
              null,
              false,
              Duration.ofDays(7),
              Duration.ofSeconds(30),
              List.of("sites/+/+/+/readings"),
              500,
              1 << 25,
              null);
      try (MqttSource source = new MqttSource(settings, InstantSource.system(), one -> {})) {
        source.start();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> !source.problem().equals("not connected yet"));
        return source.problem();
      }
    }
  }

  private static void shakeHands(SSLServerSocket door) {
    while (!door.isClosed()) {
      try (SSLSocket socket = (SSLSocket) door.accept()) {
        socket.startHandshake();
      } catch (IOException e) {
        // The other side did not like us, which is the point; or the test is over.
      }
    }
  }
}
