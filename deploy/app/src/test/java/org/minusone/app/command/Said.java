package org.minusone.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.minusone.model.codec.Json;
import picocli.CommandLine;

/** What a command printed, its problem as its last line, and how it ended. */
record Said(int code, String out) {
  static Said by(Object command, Object... words) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(command);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(out));
    line.setExecutionExceptionHandler(
        (failure, on, parsed) -> {
          if (failure instanceof Problem problem) {
            out.append(problem.getMessage());
            return problem.exitCode();
          }
          throw failure;
        });
    String[] arguments = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = words[i].toString();
    }
    return new Said(line.execute(arguments), out.toString());
  }

  JsonNode json() {
    return Json.read(out.getBytes(UTF_8), JsonNode.class);
  }
}
