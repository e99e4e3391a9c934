package org.minusone.app.embedded;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Keeps a library that greets on standard output from doing so while it starts and stops: with
 * {@code --json} that stream is for the reader of the JSON. What others print meanwhile passes.
 */
final class QuietConsole implements AutoCloseable {
  private static final List<String> GREETINGS =
      List.of(
          "QuestDB is shut",
          "Log configuration loaded",
          "Reading log configuration",
          "Created log directory");

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final PrintStream quietOut = new Filter(out);
  private final PrintStream quietErr = new Filter(err);

  QuietConsole() {
    System.setOut(quietOut);
    System.setErr(quietErr);
  }

  @Override
  public void close() {
    // Somebody who replaced a stream meanwhile keeps his.
    if (System.out == quietOut) {
      System.setOut(out);
    }
    if (System.err == quietErr) {
      System.setErr(err);
    }
  }

  private static final class Filter extends PrintStream {
    Filter(PrintStream target) {
      super(target, true, Charset.defaultCharset());
    }

    @Override
    public void println(String line) {
      if (!isGreeting(line)) {
        super.println(line);
      }
    }

    @Override
    public PrintStream printf(String format, Object... arguments) {
      return isGreeting(format) ? this : super.printf(format, arguments);
    }

    private static boolean isGreeting(String text) {
      return text != null && GREETINGS.stream().anyMatch(text::startsWith);
    }
  }
}
