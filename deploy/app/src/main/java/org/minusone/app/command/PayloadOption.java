package org.minusone.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.minusone.app.decode.DryRun;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The bytes of a message: from a file, from the command line, from standard input. */
final class PayloadOption {
  /** What the decoder refuses as too large it refuses as well when it is a little larger. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The payload, byte for byte; - or nothing: standard input.")
  private Path file;

  @Option(names = "--file", paramLabel = "FILE", description = "The same, by name.")
  private Path named;

  @Option(
      names = "--hex",
      paramLabel = "BYTES",
      description = "The payload in hexadecimal; blanks and colons do not count.")
  private String hex;

  @Option(names = "--base64", paramLabel = "TEXT", description = "The payload in base64.")
  private String base64;

  @Option(
      names = "--before",
      paramLabel = "TOPIC=FILE",
      description = {
        "A message that came first, for formats that announce what follows: a Sparkplug birth.",
        "As often as needed, in order."
      })
  private List<String> before = List.of();

  byte[] read(InputStream standardInput) throws Problem, IOException {
    if (Stream.of(file, named, hex, base64).filter(one -> one != null).count() > 1) {
      throw Problem.usage("one payload: a FILE, --file, --hex or --base64");
    }
    if (hex != null) {
      return hex(hex);
    }
    if (base64 != null) {
      return base64(base64);
    }
    Path from = file == null ? named : file;
    return from == null || from.toString().equals("-")
        ? standardInput.readNBytes(MOST_BYTES)
        : bytes(from);
  }

  List<DryRun.Message> before() throws Problem, IOException {
    List<DryRun.Message> messages = new ArrayList<>();
    for (String one : before) {
      int equals = one.lastIndexOf('=');
      if (equals <= 0) {
        throw Problem.usage("--before " + one + ": write TOPIC=FILE");
      }
      messages.add(
          new DryRun.Message(one.substring(0, equals), bytes(Path.of(one.substring(equals + 1)))));
    }
    return messages;
  }

  private static byte[] bytes(Path from) throws IOException {
    try (InputStream in = Files.newInputStream(from)) {
      return in.readNBytes(MOST_BYTES);
    }
  }

  private static byte[] hex(String text) throws Problem {
    String digits = text.replaceFirst("^0[xX]", "").replaceAll("[\\s:]", "");
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      throw Problem.usage("--hex: two digits 0-9 a-f for each byte belong there");
    }
  }

  private static byte[] base64(String text) throws Problem {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw Problem.usage("--base64: " + e.getMessage());
    }
  }
}
