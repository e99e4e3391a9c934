package org.minusone.bench.foresight;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.minusone.model.codec.Json;
import org.minusone.rules.forecast.Forecasters;
import org.minusone.rules.score.Score;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The table of methods over recorded readings. */
@Command(
    name = "deploy/bench/run foresight",
    mixinStandardHelpOptions = true,
    description = {
      "What each forecasting method foresees in recorded readings, how early, how often falsely.",
      "Methods with fitted constants are scored by constants fitted without the sensor.",
      "DIR has a folder a set, each with a readings.csv (sensor,time,quantity,value,family)."
    })
public final class ForesightBench implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Sets sets;

  static final class Sets {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The sets.")
    private Path data;

    @Option(
        names = "--simulated",
        required = true,
        description = "Store rooms and cables, simulated every 10 s, minute and 5 min.")
    private boolean simulated;
  }

  @Option(names = "--json", description = "Standard output holds the findings as JSON alone.")
  private boolean json;

  @Option(
      names = "--method",
      split = ",",
      paramLabel = "NAME",
      description = "Only these (default: all).")
  private List<String> only = Forecasters.names();

  @Option(
      names = "--constants",
      description = "Prints the constants fitted on each whole set instead of a table.")
  private boolean constants;

  @Option(
      names = "--shipped",
      description = "Scores the fitted methods by the constants that rules have, not fitted anew.")
  private boolean shipped;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ForesightBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    for (String method : only) {
      if (!Forecasters.names().contains(method)) {
        throw new ParameterException(
            spec.commandLine(),
            "no method " + method + "; there are " + String.join(", ", Forecasters.names()));
      }
    }
    List<Recording> recordings = sets.simulated ? Simulated.all() : recorded(sets.data);
    PrintWriter out = spec.commandLine().getOut();
    if (constants) {
      recordings.forEach(recording -> printConstants(recording, out));
      return 0;
    }
    Findings findings = find(recordings);
    if (json) {
      out.println(Json.text(findings));
    } else {
      print(findings, out);
    }
    out.flush();
    return 0;
  }

  private List<Recording> recorded(Path data) throws IOException {
    if (!Files.isDirectory(data)) {
      throw new ParameterException(spec.commandLine(), "there is no folder " + data);
    }
    List<Recording> recordings = Recording.in(data);
    if (recordings.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no folder in " + data + " has a readings.csv with known quantities");
    }
    return recordings;
  }

  private Findings find(List<Recording> recordings) {
    List<Findings.Row> table = new ArrayList<>();
    List<Findings.Honesty> probabilities = new ArrayList<>();
    List<Findings.Interval> intervals = new ArrayList<>();
    for (Recording recording : recordings) {
      Kind kind = recording.kind();
      String usual = Forecasters.usual(kind.quantity());
      for (String method : only) {
        say("%s, %s: %s", recording.set(), kind.quantity().id(), method);
        Methods methods = new Methods(recording);
        Map<Double, Methods.Result> results =
            shipped ? methods.shipped(method) : methods.of(method);
        for (double limit : kind.limits()) {
          Score score = results.get(limit).score();
          table.add(Findings.Row.of(recording, limit, method, method.equals(usual), score));
        }
        Methods.Result pooled = Methods.Result.NOTHING;
        for (double limit : kind.judged()) {
          pooled = pooled.plus(results.get(limit));
        }
        if (pooled.score().intervals() > 0) {
          intervals.add(Findings.Interval.of(recording, method, kind.judged(), pooled.score()));
        }
        if (!pooled.chances().isEmpty()) {
          for (double limit : kind.limits()) {
            honesty(recording, method, List.of(limit), results.get(limit), probabilities);
          }
          if (kind.judged().size() > 1) {
            honesty(recording, method, kind.judged(), pooled, probabilities);
          }
        }
      }
    }
    table.sort(
        java.util.Comparator.comparing(Findings.Row::set)
            .thenComparing(Findings.Row::quantity)
            .thenComparingDouble(Findings.Row::limit));
    return new Findings(table, probabilities, intervals);
  }

  private static void honesty(
      Recording recording,
      String method,
      List<Double> limits,
      Methods.Result result,
      List<Findings.Honesty> into) {
    into.add(
        new Findings.Honesty(
            recording.set(),
            recording.kind().quantity().id(),
            method,
            limits,
            result.chances().bins()));
  }

  private static void print(Findings findings, PrintWriter out) {
    String before = "";
    for (Findings.Row row : findings.table()) {
      String head =
          String.format(
              Locale.ROOT,
              "%s, %s %s, %.0f s ahead, %d events",
              row.set(),
              row.quantity(),
              plain(row.limit()),
              row.horizonS(),
              row.events());
      if (!head.equals(before)) {
        out.printf("%n%-46s recall  prec  lead50  lead10  false/day  warned  in 80%%%n", head);
        before = head;
      }
      out.printf(
          "  %-44s %6s %5s %7s %7s %10s %7s %7s%n",
          row.method() + (row.isDefault() ? " (default)" : ""),
          text(row.recall()),
          text(row.precision()),
          text(row.leadMedianS()),
          text(row.leadP10S()),
          text(row.falsePerSensorDay()),
          text(row.warnedShare()),
          text(row.intervalCoverage()));
    }
    out.printf(
        "%nProbability: predicted / seen (crossings) by fifths, over every reading below the"
            + " limit%n");
    for (Findings.Honesty h : findings.probabilities()) {
      StringBuilder line = new StringBuilder();
      for (Chances.Bin bin : h.bins()) {
        boolean off = bin.counts() && Math.abs(bin.predicted() - bin.seen()) > .07;
        line.append(
            String.format(
                Locale.ROOT,
                "  %.2f/%.2f (%d)%s",
                bin.predicted(),
                bin.seen(),
                bin.crossed(),
                off ? "!" : ""));
      }
      out.printf("  %-44s%s%n", h.set() + " " + h.method() + " " + limits(h.limits()), line);
    }
    out.printf("%nInterval: true warnings, of them within the 80 %% interval, high by low%n");
    for (Findings.Interval i : findings.intervals()) {
      out.printf(
          Locale.ROOT,
          "  %-60s n %4d  %.3f (%.3f to %.3f)%s  ratio %s%n",
          i.set() + " " + i.quantity() + " " + i.method() + " " + limits(i.limits()),
          i.warnings(),
          i.coverage(),
          i.least(),
          i.most(),
          i.holds() ? "" : " missed",
          text(i.highByLowMedian()));
    }
  }

  private static void printConstants(Recording recording, PrintWriter out) {
    Methods methods = new Methods(recording);
    List<org.minusone.model.SensorId> all = List.copyOf(recording.sensors().keySet());
    switch (Forecasters.usual(recording.kind().quantity())) {
      case "three-trends" ->
          out.println(recording.set() + " " + Json.text(methods.trendWeights(all)));
      case "t-squared" -> out.println(recording.set() + " " + Json.text(methods.riseWeights(all)));
      default -> {}
    }
    out.flush();
  }

  private static String limits(List<Double> limits) {
    return String.join("/", limits.stream().map(ForesightBench::plain).toList());
  }

  private static String plain(double value) {
    return new java.math.BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  private static String text(Double value) {
    return value == null ? "-" : plain(value);
  }

  private void say(String format, Object... arguments) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("bench: " + format.formatted(arguments));
    err.flush();
  }
}
