package org.minusone.app.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The name of a process that was given none: the host's and a few random letters, kept in its data
 * directory. So it is the same over restarts, and two beside each other differ.
 */
public final class InstanceName {
  private static final String FILE = "instance";
  private static final int LONGEST_HOST = 40;

  private InstanceName() {}

  /** As configured, else as kept in {@code data}, else a new one, which is kept. */
  public static String of(Configuration configuration, Path data) throws IOException {
    String configured = configuration.text(Setting.INSTANCE);
    if (configured != null) {
      return configured;
    }
    Path file = data.resolve(FILE);
    try {
      String kept = Files.readString(file).strip();
      if (SettingKind.NAME.missed(kept).isEmpty()) {
        return kept;
      }
    } catch (NoSuchFileException e) {
      // The first start here.
    }
    byte[] random = new byte[3];
    new SecureRandom().nextBytes(random);
    String name = host() + "-" + HexFormat.of().formatHex(random);
    Files.writeString(file, name + System.lineSeparator());
    return name;
  }

  private static String host() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "host";
    }
    String plain = host.replaceAll("\\..*", "").replaceAll("[^A-Za-z0-9-]", "");
    return plain.isEmpty() || plain.startsWith("-")
        ? "host"
        : plain.substring(0, Math.min(LONGEST_HOST, plain.length()));
  }
}
