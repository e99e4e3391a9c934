package org.minusone.app.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority for a test, by the JDK's keytool: PEM files in a folder. */
final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** A new authority, {@code CN=name}. */
  static Certificates authority(Path folder, String name) throws Exception {
    Certificates made = new Certificates(Files.createDirectories(folder));
    made.keytool("-genkeypair", "ca", "-dname", "CN=" + name, "-ext", "bc:c", "-validity", "30");
    made.export("ca");
    return made;
  }

  Path ca() {
    return certificate("ca");
  }

  Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /**
   * Signs one for {@code localhost} and 127.0.0.1.
   *
   * @param start as keytool's {@code -startdate} has it, {@code -10d}
   * @param days that it is valid from then
   */
  Certificates server(String name, String start, int days) throws Exception {
    return sign(name, "san=dns:localhost,ip:127.0.0.1", start, days);
  }

  /** Signs one for a name that is not this machine's. */
  Certificates elsewhere(String name) throws Exception {
    return sign(name, "san=dns:broker.example", "-1d", 10);
  }

  /** Signs one for a client, {@code CN=name}. */
  Certificates client(String name) throws Exception {
    return sign(name, "eku=clientAuth", "-1d", 10);
  }

  private Certificates sign(String name, String extension, String start, int days)
      throws Exception {
    keytool("-genkeypair", name, "-dname", "CN=" + name);
    Path request = folder.resolve(name + ".csr");
    Path signed = folder.resolve(name + ".crt");
    keytool("-certreq", name, "-file", request.toString());
    keytool(
        "-gencert",
        "ca",
        "-infile",
        request.toString(),
        "-outfile",
        signed.toString(),
        "-ext",
        extension,
        "-startdate",
        start,
        "-validity",
        Integer.toString(days));
    keytool("-importcert", name, "-noprompt", "-file", signed.toString());
    export(name);
    return this;
  }

  private void keytool(String command, String alias, String... more) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of(command, "-alias", alias, "-keystore", store().toString()));
    line.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    if (command.equals("-genkeypair")) {
      line.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    line.addAll(Arrays.asList(more));
    Path log = folder.resolve("keytool.log");
    Process keytool =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException(String.join(" ", line) + ":\n" + Files.readString(log));
    }
  }

  private Path store() {
    return folder.resolve("store.p12");
  }

  /** A server's side of TLS with that certificate, whether it is any good or not. */
  SSLContext serving(String name) throws IOException, GeneralSecurityException {
    char[] password = PASSWORD.toCharArray();
    KeyStore store = loaded();
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(name, store.getKey(name, password), password, store.getCertificateChain(name));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private KeyStore loaded() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store())) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void export(String name) throws IOException, GeneralSecurityException {
    KeyStore store = loaded();
    StringBuilder chain = new StringBuilder();
    for (Certificate one : store.getCertificateChain(name)) {
      chain.append(pem("CERTIFICATE", one.getEncoded()));
    }
    Files.writeString(certificate(name), chain);
    Files.writeString(
        key(name), pem("PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded()));
  }

  private static String pem(String what, byte[] bytes) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
  }
}
