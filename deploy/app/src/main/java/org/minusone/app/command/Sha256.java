package org.minusone.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What a file, or the YAML of a folder, says, as a number: who has the same gets the same. */
final class Sha256 {
  private Sha256() {}

  /**
   * Of a folder: of its {@code *.yaml}, in the order of their names, those of {@code rules/} too.
   */
  static String of(Path fileOrDirectory) throws IOException {
    MessageDigest digest = digest();
    for (Path file : files(fileOrDirectory)) {
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    Path inner = path.resolve("rules");
    Path folder = Files.isDirectory(inner) ? inner : path;
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(p -> p.toString().matches(".*\\.ya?ml")).sorted().toList();
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
