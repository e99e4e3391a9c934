package org.minusone.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.minusone.console.access.Person;
import org.minusone.console.http.ConsoleTls;
import org.minusone.model.Role;

/** The console over TLS of its own, with a certificate of the JDK's keytool. */
class ConsoleTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;
  private static ConsoleTls tls;
  private static HttpClient client;

  @BeforeAll
  static void make() throws Exception {
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
                    "CN=console",
                    "-ext",
                    "san=ip:127.0.0.1,dns:localhost",
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
    tls =
        new ConsoleTls(
            pem("CERTIFICATE", store.getCertificate("console").getEncoded()),
            pem("PRIVATE KEY", store.getKey("console", PASSWORD.toCharArray()).getEncoded()));
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("console", store.getCertificate("console"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context).build();
  }

  private static Path pem(String what, byte[] bytes) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        folder.resolve(what.replace(' ', '-') + ".pem"),
        "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
  }

  private static Rig over(ConsoleTls one) {
    return new Rig(new FakeSite(1), new FakeFeeds(), config -> config.withTls(one));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void signsInOverTlsAndNothingLess() throws Exception {
    try (Rig rig = over(tls).start()) {
      String address = rig.console.address();
      assertThat(address).startsWith("https://127.0.0.1:");
      String link = rig.console.newSignInLink(new Person("王值班", Role.OPERATOR));
      String body = "{\"token\":\"" + link.substring(link.indexOf("#token=") + 7) + "\"}";
      HttpResponse<String> in =
          send(rig.to("/api/v1/sessions").header("Origin", address).POST(Rig.json(body)));
      assertThat(in.statusCode()).isEqualTo(200);
      assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
          .contains("Secure", "HttpOnly", "SameSite=Strict");
      assertThat(in.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");

      // A page that came in the clear may be anybody's, on whatever port.
      String clear = address.replace("https:", "http:");
      assertThat(send(rig.to("/").header("Origin", clear).GET()).statusCode()).isEqualTo(403);

      // For localhost it would bar every other plain server of this machine.
      URI local = URI.create("https://localhost:" + rig.console.port() + "/");
      assertThat(
              send(HttpRequest.newBuilder(local)).headers().firstValue("Strict-Transport-Security"))
          .isEmpty();

      try (Socket socket = new Socket("127.0.0.1", rig.console.port())) {
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
            .doesNotContain("200 OK")
            .doesNotContain("<html");
      }
    }
  }

  @Test
  void saysWhichFileIsNoGood() throws Exception {
    Path none = Files.writeString(folder.resolve("none.pem"), "nothing");
    try (Rig rig = over(new ConsoleTls(none, tls.key()))) {
      assertThatThrownBy(rig::start)
          .isInstanceOf(IOException.class)
          .hasMessage(none + " holds no certificate in PEM form");
    }
    try (Rig rig = over(new ConsoleTls(tls.certificate(), none))) {
      assertThatThrownBy(rig::start).hasMessageStartingWith(none + " holds no PKCS #8 key");
    }
  }

  @Test
  void withoutTlsThereIsNeitherHstsNorASecureCookie() throws Exception {
    try (Rig rig = over(null).start()) {
      assertThat(rig.get("/").header("Strict-Transport-Security")).isNull();
      assertThat(rig.browser("a", Role.OPERATOR).setCookie()).doesNotContain("Secure");
    }
  }
}
