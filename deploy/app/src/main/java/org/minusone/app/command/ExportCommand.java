package org.minusone.app.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.app.export.CsvRows;
import org.minusone.app.export.ExportFile;
import org.minusone.app.export.ExportProgress;
import org.minusone.model.codec.Json;
import org.minusone.model.port.SeriesReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes stored readings as CSV, in order of time: sensor,time,quantity,value,family,quality.",
      "`rules backtest --input` and `replay` read it back."
    },
    footer = {
      "",
      "One sensor's day:   export --sensor H-07 --from 2026-03-01 --to 2026-03-02 -o h07.csv",
      "All of a run:       export --site fubao@r17 -o r17.csv",
      "Compressed:         export --family smoke | gzip > smoke.csv.gz"
    })
public final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LiveSites system;
  @Mixin private ExportSelection what;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Appears when it is complete (default: standard output).")
  private Path output;

  @Option(names = "--json", description = "The summary as JSON; wants --output.")
  private boolean json;

  private final OutputStream standardOutput;

  public ExportCommand() {
    // Not System.out: it would keep to itself that whoever read it has left.
    this(new FileOutputStream(FileDescriptor.out));
  }

  ExportCommand(OutputStream standardOutput) {
    this.standardOutput = standardOutput;
  }

  @Override
  public Integer call() throws Exception {
    if (json && output == null) {
      throw Problem.usage("--json wants --output FILE: standard output then holds the summary");
    }
    what.check();
    try (SeriesSource source = SeriesSource.open(system)) {
      SeriesReader.Selection selection = what.of(source);
      PrintWriter err = spec.commandLine().getErr();
      ExportProgress progress =
          new ExportProgress(err, what.from(), selection.to(), System::nanoTime);
      return output == null
          ? toStandardOutput(source, selection, progress)
          : toFile(source, selection, progress);
    }
  }

  private int toFile(SeriesSource source, SeriesReader.Selection selection, ExportProgress progress)
      throws Problem, IOException {
    CsvRows rows;
    try (ExportFile file = opened()) {
      rows = new CsvRows(file.stream(), progress);
      try {
        export(source, selection, rows, progress);
        file.complete();
      } catch (CsvRows.Unwritten e) {
        throw Problem.failed("cannot write " + output + ": " + e.getMessage());
      }
    }
    tell(selection, rows, progress);
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

  private int toStandardOutput(
      SeriesSource source, SeriesReader.Selection selection, ExportProgress progress)
      throws Problem {
    CsvRows rows = new CsvRows(standardOutput, progress);
    try {
      export(source, selection, rows, progress);
    } catch (CsvRows.Unwritten e) {
      if (Files.isRegularFile(Path.of("/dev/stdout"))) {
        throw Problem.failed("cannot write to standard output: " + e.getMessage());
      }
      // Who read it has seen enough: | head.
      return 0;
    }
    tell(selection, rows, progress);
    return 0;
  }

  private static void export(
      SeriesSource source, SeriesReader.Selection selection, CsvRows rows, ExportProgress progress)
      throws Problem, CsvRows.Unwritten {
    try {
      source.export(selection, rows);
      rows.end();
    } finally {
      progress.end();
    }
    if (rows.rows() == 0) {
      throw Problem.failed(ExportSelection.nothing(selection));
    }
  }

  private void tell(SeriesReader.Selection selection, CsvRows rows, ExportProgress progress) {
    double seconds = progress.took().toMillis() / 1000.0;
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("output", output.toString());
      answer.put("site", selection.site());
      answer.put("rows", rows.rows());
      answer.put("sensors", rows.sensors());
      answer.put("first", rows.first());
      answer.put("last", rows.last());
      answer.put("bytes", rows.bytes());
      answer.put("took_s", seconds);
      PrintWriter out = spec.commandLine().getOut();
      out.println(Json.text(answer));
      out.flush();
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        Locale.ROOT,
        "%,d readings of %d sensor%s of %s, %s to %s, %s%s, in %.1f s%n",
        rows.rows(),
        rows.sensors(),
        rows.sensors() == 1 ? "" : "s",
        selection.site(),
        rows.first(),
        rows.last(),
        size(rows.bytes()),
        output == null ? "" : " in " + output,
        seconds);
    err.flush();
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%,.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }
}
