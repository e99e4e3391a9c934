package org.minusone.app.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.RuleOverride;
import org.minusone.model.SensorId;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import org.minusone.rules.backtest.Backtest;
import org.minusone.rules.backtest.CsvReadings;
import org.minusone.rules.backtest.SignalLines;
import org.minusone.rules.load.ForecastMethods;
import org.minusone.rules.load.RuleLoader;
import org.minusone.rules.load.SiteLoader;
import org.minusone.rules.load.SiteNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = {
      "Runs rules over recorded readings and writes the signals they would have given.",
      "The evaluator is the live one."
    })
final class RulesBacktestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rules",
      paramLabel = "FILE|DIR",
      description = "Rule file or folder (default: deploy/sites/fubao/rules).")
  private Path rules;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "CSV",
      description = "Columns sensor,time,quantity,value, optional family,quality.")
  private Path input;

  @Option(
      names = "--output",
      paramLabel = "JSONL",
      description = "Signals, one JSON object a line (default: standard output).")
  private Path output;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = {
        "A site's files: where sensors are, what is stored there, what is out of service; and the",
        "families of its sensors where the rows have none."
      })
  private Path site;

  @Option(names = "--json", description = "The summary as JSON; wants --output.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (json && output == null) {
      throw Problem.usage("--json wants --output FILE: standard output then holds the summary");
    }
    Path where = rules == null ? Home.fubao().resolve("rules") : rules;
    SiteLoader.Loaded here = site == null ? null : SiteFiles.load(site);
    SiteVersion known = here == null ? null : here.draft();
    RuleLoader.Loaded loaded =
        RuleLoader.load(
            where, ForecastMethods.LIVE, here == null ? SiteNames.UNKNOWN : here.names());
    PrintWriter err = spec.commandLine().getErr();
    loaded.problems().forEach(err::println);
    if (known == null && loaded.rules().stream().anyMatch(RulesBacktestCommand::wantsPlaces)) {
      err.println(
          "without --site: overrides by place and hazard class, maintenance and 'together' do"
              + " nothing here");
    }
    err.flush();
    if (loaded.hasErrors()) {
      return 1;
    }
    CsvReadings.Content content = readings(loaded, known);
    content.problems().forEach(problem -> err.println(input + ": " + problem));
    Backtest backtest =
        known == null
            ? new Backtest(loaded.rules(), 1)
            : new Backtest(loaded.rules(), known.sensors(), known.maintenance(), 1);
    List<Signal> signals = backtest.run(content.readings());
    write(signals);
    summary(content, backtest, signals);
    return 0;
  }

  private static boolean wantsPlaces(Rule rule) {
    return rule.condition().kind() == Rule.Kind.TOGETHER
        || rule.overrides().stream().anyMatch(o -> o.scope() != RuleOverride.Scope.SENSOR);
  }

  private CsvReadings.Content readings(RuleLoader.Loaded loaded, SiteVersion known)
      throws Problem, IOException {
    var byRules = CsvReadings.familiesOf(loaded.rules());
    CsvReadings csv =
        new CsvReadings(
            new SiteId("backtest"),
            (sensor, quantity) ->
                family(known, sensor, quantity).or(() -> byRules.apply(sensor, quantity)));
    try (BufferedReader in = Files.newBufferedReader(input)) {
      return csv.read(in);
    } catch (NoSuchFileException e) {
      throw Problem.usage("cannot read " + input + ": name a CSV file that exists");
    } catch (IllegalArgumentException e) {
      throw Problem.usage(input + ": " + e.getMessage());
    }
  }

  private static Optional<Family> family(SiteVersion site, SensorId sensor, Quantity quantity) {
    return site == null
        ? Optional.empty()
        : site.sensor(sensor)
            .map(known -> known.family())
            .filter(family -> family.quantities().contains(quantity));
  }

  private void write(List<Signal> signals) throws IOException {
    if (output == null) {
      PrintWriter out = spec.commandLine().getOut();
      SignalLines.write(signals, out);
      out.flush();
      return;
    }
    try (Writer out = Files.newBufferedWriter(output)) {
      SignalLines.write(signals, out);
    }
  }

  private void summary(CsvReadings.Content content, Backtest backtest, List<Signal> signals) {
    Map<String, Integer> kinds = new TreeMap<>();
    signals.forEach(signal -> kinds.merge(signal.signal().id(), 1, Integer::sum));
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("readings", content.readings().size());
      answer.put("bad_rows", content.badRows());
      answer.put("out_of_order", content.outOfOrder());
      answer.put("outcomes", backtest.outcomes());
      answer.put("signals", kinds);
      answer.put("flags", backtest.flags());
      PrintWriter out = spec.commandLine().getOut();
      out.println(Json.text(answer));
      out.flush();
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%,d readings (%d bad rows skipped, %d out of order), signals %s%n",
        content.readings().size(), content.badRows(), content.outOfOrder(), kinds);
    if (!backtest.flags().isEmpty()) {
      err.println("quality flags given: " + backtest.flags());
    }
    err.flush();
  }
}
