package org.minusone.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.RuleOverride;
import org.minusone.model.Signal;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import org.minusone.rules.backtest.Backtest;
import org.minusone.rules.backtest.CsvReadings;
import org.minusone.rules.backtest.SignalLines;
import org.minusone.rules.load.ForecastMethods;
import org.minusone.rules.load.RuleLoader;
import org.minusone.rules.report.BacktestFigures;
import org.minusone.rules.report.Comparison;
import org.minusone.rules.report.Provenance;
import org.minusone.rules.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = {
      "Runs rules over recorded readings and writes the signals they would have given.",
      "The evaluator is the live one. Same input, same bytes."
    })
final class RulesBacktestCommand implements Callable<Integer> {
  private static final ZoneId UTC = ZoneId.of("UTC");

  @Spec private CommandSpec spec;

  @Option(
      names = "--rules",
      paramLabel = "FILE|DIR",
      description = "Rule file or folder (default: deploy/sites/fubao/rules).")
  private Path rules;

  @Mixin private BacktestInput input;

  @Option(
      names = "--output",
      paramLabel = "JSONL",
      description =
          "Signals, one JSON object a line (default: standard output, unless a report or a"
              + " comparison is wanted).")
  private Path output;

  @Option(
      names = "--report",
      paramLabel = "HTML",
      description = "One self-contained page: figures, lead times, load, the worst cases drawn.")
  private Path report;

  @Option(
      names = "--compare",
      paramLabel = "OTHER_RULES",
      description = "Also runs these rules, and says what would change.")
  private Path compare;

  @Option(
      names = "--json",
      description = "The summary as JSON; wants --output, --report or --compare.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    boolean lines = output == null && report == null && compare == null;
    if (json && lines) {
      throw Problem.usage("--json wants --output FILE: standard output then holds the summary");
    }
    PrintWriter err = spec.commandLine().getErr();
    Path where = rules == null ? Home.fubao().resolve("rules") : rules;
    RuleLoader.Loaded loaded = load(where, err);
    RuleLoader.Loaded others = compare == null ? null : load(compare, err);
    if (input.files() == null
        && loaded.rules().stream().anyMatch(RulesBacktestCommand::wantsPlaces)) {
      err.println(
          "without --site: overrides by place and hazard class, maintenance and 'together' do"
              + " nothing here");
    }
    err.flush();
    if (loaded.hasErrors() || others != null && others.hasErrors()) {
      return 1;
    }
    Recorded recorded = input.read(loaded.rules());
    CsvReadings.Problem.told(recorded.problems())
        .forEach(problem -> err.println(recorded.from() + ": " + problem));
    if (recorded.readings().isEmpty() && recorded.badRows() > 0) {
      throw Problem.failed("no row of " + recorded.from() + " could be read");
    }
    Run here = run(where, loaded, recorded);
    Run there = others == null ? null : run(compare, others, recorded);
    if (output != null) {
      write(output, here.signals);
    } else if (lines) {
      PrintWriter out = spec.commandLine().getOut();
      SignalLines.write(here.signals, out);
      out.flush();
    }
    Comparison comparison = there == null ? null : Comparison.of(here.signals, there.signals);
    if (report != null) {
      Files.writeString(
          report, ReportPage.of(here.figures, there == null ? null : there.figures, comparison));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.text(
              BacktestText.asJson(
                  recorded, here.figures, there == null ? null : there.figures, comparison)));
    } else {
      // Standard output is the signals' where they go there.
      PrintWriter talk = lines ? err : out;
      BacktestText.print(talk, recorded, here.figures);
      if (comparison != null) {
        BacktestText.print(talk, here.figures, there.figures, comparison);
      }
      talk.flush();
    }
    out.flush();
    return 0;
  }

  private record Run(List<Signal> signals, BacktestFigures figures) {}

  private static boolean wantsPlaces(Rule rule) {
    return rule.condition().kind() == Rule.Kind.TOGETHER
        || rule.overrides().stream().anyMatch(o -> o.scope() != RuleOverride.Scope.SENSOR);
  }

  private RuleLoader.Loaded load(Path path, PrintWriter err) throws Problem {
    RuleLoader.Loaded loaded = RuleLoader.load(path, ForecastMethods.LIVE, input.names());
    loaded.problems().forEach(err::println);
    return loaded;
  }

  private Run run(Path where, RuleLoader.Loaded loaded, Recorded recorded) throws Exception {
    SiteVersion known = input.files();
    Backtest backtest =
        known == null
            ? new Backtest(loaded.rules(), 1)
            : new Backtest(loaded.rules(), known.sensors(), known.maintenance(), 1);
    List<Signal> signals = backtest.run(recorded.readings());
    List<Reading> readings = recorded.readings();
    long first = readings.stream().mapToLong(Reading::timeMs).min().orElse(0);
    long last = readings.stream().mapToLong(Reading::timeMs).max().orElse(0);
    Provenance made =
        new Provenance(
            where.toString(),
            Sha256.of(where),
            loaded.rules().size(),
            recorded.from(),
            recorded.hash(),
            readings.size(),
            (int) readings.stream().map(Reading::sensor).distinct().count(),
            first,
            last,
            recorded.badRows(),
            recorded.outOfOrder(),
            backtest.outcomes(),
            String.join(" ", spec.root().version()));
    return new Run(
        signals,
        BacktestFigures.of(
            made,
            loaded.rules(),
            known == null ? Map.of() : known.sensors(),
            readings,
            signals,
            zone()));
  }

  private ZoneId zone() throws Problem {
    SiteVersion site = input.files();
    try {
      return site == null || site.zone() == null ? UTC : ZoneId.of(site.zone());
    } catch (DateTimeException e) {
      return UTC;
    }
  }

  private static void write(Path file, List<Signal> signals) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      SignalLines.write(signals, out);
    }
  }
}
