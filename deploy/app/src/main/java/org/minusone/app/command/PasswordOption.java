package org.minusone.app.command;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Option;

/** A new password: never an argument, which every user of the machine could read. */
final class PasswordOption {
  private static final int SHORTEST = 10;
  private static final int LONGEST = 256;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Its first line is the password; /dev/stdin reads a pipe (default: asks).")
  private Path file;

  String read(String name) throws Problem {
    String password = file == null ? asked(name) : firstLine();
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      throw Problem.usage(
          "a password has %d to %d characters, this one has %d"
              .formatted(SHORTEST, LONGEST, password.length()));
    }
    return password;
  }

  private String firstLine() throws Problem {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw Problem.usage("--password-file %s cannot be read".formatted(file));
    }
  }

  private static String asked(String name) throws Problem {
    Console console = System.console();
    if (console == null) {
      throw Problem.usage("nobody is there to be asked for the password: --password-file FILE");
    }
    char[] once = console.readPassword("Password for %s: ", name);
    char[] again = console.readPassword("Once more: ");
    if (once == null || again == null || !Arrays.equals(once, again)) {
      throw Problem.usage("these are two different passwords: try again");
    }
    return new String(once);
  }
}
