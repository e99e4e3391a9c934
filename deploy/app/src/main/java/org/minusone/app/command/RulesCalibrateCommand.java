package org.minusone.app.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.codec.Json;
import org.minusone.rules.backtest.CsvReadings;
import org.minusone.rules.calibrate.Calibration;
import org.minusone.rules.calibrate.Calibrator;
import org.minusone.rules.load.ForecastEdit;
import org.minusone.rules.load.RuleLoader;
import org.minusone.rules.load.Value;
import org.minusone.rules.score.Score;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description = {
      "Fits the forecasts of rules to recorded readings, and writes what it found into the files.",
      "Fitted are the probability from which on a crossing is announced, and the width of the",
      "interval of the time left. Both stand in the rule's forecast, with the figures; nothing else",
      "in the file changes. A rule that would warn falsely more often than before, and than wanted,",
      "is left as it is. Rules at work learn nothing by themselves."
    })
final class RulesCalibrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rules",
      required = true,
      paramLabel = "FILE|DIR",
      description = "Rule file or folder; it is written to.")
  private Path rules;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "CSV",
      description = "Columns sensor,time,quantity,value, optional family,quality.")
  private Path input;

  @Option(names = "--rule", split = ",", paramLabel = "NAME", description = "Only these rules.")
  private List<String> only = List.of();

  @Option(
      names = "--precision",
      paramLabel = "SHARE",
      defaultValue = "0.75",
      description = "What share of the forewarnings should come true (default ${DEFAULT-VALUE}).")
  private double precision;

  @Option(
      names = "--undecided",
      description = "A forewarning still open where a recording ends counts neither way.")
  private boolean undecided;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = "A site's files: says the families of its sensors where the rows have none.")
  private Path site;

  @Option(names = "--dry-run", description = "Says what would change and writes nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "The figures as JSON.")
  private boolean json;

  /** Rules that a calibration would not better. */
  private int left;

  @Override
  public Integer call() throws Exception {
    if (!(precision > 0 && precision < 1)) {
      throw Problem.usage("--precision is a share between 0 and 1, not " + precision);
    }
    RuleLoader.Loaded loaded = RuleLoader.load(rules);
    PrintWriter err = spec.commandLine().getErr();
    loaded.problems().forEach(err::println);
    err.flush();
    if (loaded.hasErrors()) {
      return 1;
    }
    for (String name : only) {
      if (loaded.rules().stream().noneMatch(rule -> rule.name().equals(name))) {
        List<String> known = loaded.rules().stream().map(Rule::name).toList();
        throw Problem.usage(Value.unknown("rule", name, known) + ", in " + rules);
      }
    }
    List<Reading> readings = readings(loaded);
    List<Map<String, Object>> answers = new ArrayList<>();
    for (Path file : ForecastEdit.files(rules)) {
      calibrate(file, readings, answers);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(Map.of("rules", answers, "written", !dryRun)));
    } else if (answers.isEmpty() && left == 0) {
      out.println("nothing to calibrate: no rule with a forecast has a crossing in " + input);
    }
    out.flush();
    return 0;
  }

  private List<Reading> readings(RuleLoader.Loaded loaded) throws Problem, IOException {
    var byRules = CsvReadings.familiesOf(loaded.rules());
    SiteVersion known = site == null ? null : SiteFiles.load(site).draft();
    CsvReadings csv =
        new CsvReadings(
            new SiteId("calibrate"),
            (sensor, quantity) ->
                (known == null
                        ? Optional.<org.minusone.model.Family>empty()
                        : known
                            .sensor(sensor)
                            .map(s -> s.family())
                            .filter(family -> family.quantities().contains(quantity)))
                    .or(() -> byRules.apply(sensor, quantity)));
    try (BufferedReader in = Files.newBufferedReader(input)) {
      CsvReadings.Content content = csv.read(in);
      PrintWriter err = spec.commandLine().getErr();
      CsvReadings.Problem.told(content.problems())
          .forEach(problem -> err.println(input + ": " + problem));
      err.flush();
      return content.readings();
    } catch (NoSuchFileException e) {
      throw Problem.usage("cannot read " + input + ": name a CSV file that exists");
    } catch (CharacterCodingException e) {
      throw Problem.usage(input + " is no CSV file: it is not text in UTF-8");
    } catch (IllegalArgumentException e) {
      throw Problem.usage(input + ": " + e.getMessage());
    }
  }

  private void calibrate(Path file, List<Reading> readings, List<Map<String, Object>> answers)
      throws IOException, Problem {
    String before = Files.readString(file, StandardCharsets.UTF_8);
    String text = before;
    for (Rule rule : RuleLoader.load(file).rules()) {
      boolean asked = only.isEmpty() || only.contains(rule.name());
      if (!asked || !Calibrator.applies(rule)) {
        continue;
      }
      Optional<Calibration> found = Calibrator.calibrate(rule, readings, precision, !undecided);
      if (found.isEmpty()) {
        continue;
      }
      Calibration calibration = found.get();
      if (!calibration.helps(precision)) {
        tell(file, calibration);
        spec.commandLine()
            .getErr()
            .printf(
                Locale.ROOT,
                "%s: left as it is: held out, %.2f of the forewarnings come true, %.2f before and"
                    + " %.2f wanted; more recorded crossings may do better%n",
                rule.name(),
                calibration.heldOut().precision(),
                calibration.before().precision(),
                precision);
        left++;
        continue;
      }
      Optional<String> edited =
          ForecastEdit.edit(
              text,
              rule.name(),
              calibration.probability(),
              calibration.interval(),
              calibration.figures());
      if (edited.isEmpty()) {
        throw Problem.failed(
            file
                + ": the forecast of "
                + rule.name()
                + " is shared through an anchor: give the rule its own");
      }
      text = edited.get();
      answers.add(answer(file, calibration));
      tell(file, calibration);
    }
    if (text.equals(before)) {
      return;
    }
    show(before, text);
    if (!dryRun) {
      Path beside = Files.createTempFile(file.toAbsolutePath().getParent(), ".rules", ".yaml.part");
      Files.writeString(beside, text, StandardCharsets.UTF_8);
      Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(file));
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void tell(Path file, Calibration c) {
    if (json) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s: %s (%s)%n", file, c.rule(), c.method());
    out.printf("  before     %s%n", line(c.before()));
    out.printf("  held out   %s%n", line(c.heldOut()));
    if (c.interval() == null) {
      out.println("  interval   left as it is: fewer than 20 true forewarnings with one");
    }
  }

  private static String line(Score score) {
    return String.format(
        Locale.ROOT,
        "crossings %d  recall %.3f  precision %.3f  lead %.0f s  false a sensor-day %.3f"
            + "  in the interval %.3f of %d",
        score.events(),
        score.recall(),
        score.precision(),
        score.leadMedianS(),
        score.falsePerSensorDay(),
        score.intervalCoverage(),
        score.intervals());
  }

  private Map<String, Object> answer(Path file, Calibration c) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("file", file.toString());
    answer.put("rule", c.rule());
    answer.put("method", c.method());
    answer.put("probability", c.probability());
    answer.put(
        "interval", c.interval() == null ? null : List.of(c.interval().low(), c.interval().high()));
    answer.put("before", figures(c.before()));
    answer.put("held_out", figures(c.heldOut()));
    answer.put("sensors", c.sensors());
    answer.put("folds", c.folds());
    return answer;
  }

  private static Map<String, Object> figures(Score score) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("events", score.events());
    figures.put("recall", orNull(score.recall()));
    figures.put("precision", orNull(score.precision()));
    figures.put("lead_median_s", orNull(score.leadMedianS()));
    figures.put("lead_p10_s", orNull(score.leadP10S()));
    figures.put("false_per_sensor_day", orNull(score.falsePerSensorDay()));
    figures.put("warned_share", orNull(score.warnedShare()));
    figures.put("interval_coverage", orNull(score.intervalCoverage()));
    figures.put("intervals", score.intervals());
    return figures;
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(Math.round(value * 1e4) / 1e4);
  }

  /** The lines that differ, as they were and as they are. */
  private void show(String before, String after) {
    if (json) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        i++;
        j++;
        continue;
      }
      // Only lines are changed or added: the next old line that comes again ends the change.
      int next = i;
      while (next < old.size() && indexFrom(now, j, old.get(next)) < 0) {
        out.println("- " + old.get(next++));
      }
      int until = next < old.size() ? indexFrom(now, j, old.get(next)) : now.size();
      while (j < until) {
        out.println("+ " + now.get(j++));
      }
      i = next;
    }
  }

  private static int indexFrom(List<String> lines, int from, String line) {
    for (int i = from; i < Math.min(lines.size(), from + 20); i++) {
      if (lines.get(i).equals(line)) {
        return i;
      }
    }
    return -1;
  }
}
