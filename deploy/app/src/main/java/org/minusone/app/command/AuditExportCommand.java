package org.minusone.app.command;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.app.export.AuditText;
import org.minusone.app.export.ExportFile;
import org.minusone.model.codec.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the audit as it is now, in the order in which it was kept: as CSV, or one JSON object",
      "a line where the file's name ends with .jsonl."
    },
    footer = {"", "A month:  audit export --from 2026-03-01 --to 2026-04-01 --output march.csv"})
final class AuditExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LiveSites system;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Not before: 2026-03-01 or 2026-03-01T10:00:00+08:00 (default: all kept).")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before (default: until now).")
  private String to;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "Appears when it is complete; /dev/stdout prints it.")
  private Path output;

  @Option(names = "--json", description = "The summary as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Instant first = Moments.parse(from, "--from");
    Instant end = Moments.parse(to, "--to");
    if (first != null && end != null && !first.isBefore(end)) {
      throw Problem.usage("--from %s is not before --to %s".formatted(from, to));
    }
    AuditText text = new AuditText(output.toString().endsWith(".jsonl"));
    TopicRecords audit = new TopicRecords();
    LiveSites.Kafka kafka = system.kafka();
    try (ExportFile file = opened()) {
      OutputStream out = file.stream();
      out.write(text.head().getBytes(StandardCharsets.UTF_8));
      audit.read(
          kafka,
          kafka.topics().audit(),
          first,
          end,
          value -> out.write(text.line(value).getBytes(StandardCharsets.UTF_8)));
      file.complete();
    } catch (IOException e) {
      throw Problem.failed("cannot write " + output + ": " + e.getMessage());
    }
    tell(audit.records(), text.unreadable());
    return 0;
  }

  private ExportFile opened() throws Problem {
    if (Files.isDirectory(output)) {
      throw Problem.usage("--output " + output + " is a folder: name a file");
    }
    try {
      return ExportFile.open(output);
    } catch (IOException e) {
      throw Problem.usage(
          "cannot write %s: is there such a folder, and is it yours?".formatted(output));
    }
  }

  private void tell(long entries, long unreadable) {
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("output", output.toString());
      answer.put("entries", entries);
      answer.put("unreadable", unreadable);
      PrintWriter out = spec.commandLine().getOut();
      out.println(Json.text(answer));
      out.flush();
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf("%,d entries in %s%n", entries, output);
    if (unreadable > 0) {
      err.printf("%,d of them are not ours to read: written as they are%n", unreadable);
    }
    err.flush();
  }
}
