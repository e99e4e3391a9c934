package org.minusone.rules.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.rules.Rules;
import org.minusone.rules.backtest.Backtest;
import org.minusone.rules.backtest.CsvReadings;
import org.minusone.rules.backtest.SignalLines;

/**
 * The scorer against another one in Python, on recorded readings: {@code -Druler=score.py
 * -Druler.data=DIR}. Not part of a build without them.
 */
@EnabledIfSystemProperty(named = "ruler", matches = ".+")
final class RulerTest {
  @ParameterizedTest
  @CsvSource({
    "floodnet-dev,flood-point,depth,10,900,2,false,false",
    "floodnet-dev,flood-point,depth,15,900,2,false,false",
    "floodnet-dev,flood-point,depth,27,900,2,false,true",
    "floodnet-dev,flood-point,depth,5,300,1,true,false",
    "nist-smoke-alarms,fire-facility,temperature,54,60,0,false,true",
    "nist-smoke-alarms,smoke,obscuration,1,30,0,false,false",
    "uci-household-power,electrical,voltage,248,900,1,false,false",
    "uci-household-power,electrical,voltage,230,900,1,true,true"
  })
  void bothSayTheSame(
      String set,
      String family,
      String quantity,
      double limit,
      int horizonS,
      double deadband,
      boolean below,
      boolean undecided,
      @TempDir Path temp)
      throws IOException, InterruptedException {
    Path csv = Path.of(System.getProperty("ruler.data"), set, "readings.csv");
    Rules writing =
        Rules.of("r", Family.of(family), Quantity.of(quantity))
            .deadband(deadband)
            .forecast(Duration.ofSeconds(horizonS), Level.ALARM);
    Rule rule =
        (below ? writing.below(Level.ALARM, limit) : writing.above(Level.ALARM, limit)).rule();
    CsvReadings.Content content;
    try (BufferedReader in = Files.newBufferedReader(csv)) {
      content =
          new CsvReadings(new SiteId("ruler"), CsvReadings.familiesOf(List.of(rule))).read(in);
    }
    List<Signal> signals = new Backtest(List.of(rule), 1).run(content.readings());
    Question question = Question.of(rule.quantity(), (Rule.Threshold) rule.condition(), limit);
    Score score =
        Scorer.score(
            undecided ? question.undecidedAtTheEnd() : question, content.readings(), signals);

    Path lines = temp.resolve("signals.jsonl");
    try (Writer out = Files.newBufferedWriter(lines)) {
      SignalLines.write(signals, out);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "python3",
                System.getProperty("ruler"),
                csv.toString(),
                lines.toString(),
                "--quantity",
                quantity,
                "--limit",
                "" + limit,
                "--horizon",
                "" + horizonS,
                "--deadband",
                "" + deadband));
    if (below) {
      command.add("--below");
    }
    if (undecided) {
      command.add("--undecided");
    }
    Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).as(said).isZero();
    Map<String, String> theirs = new TreeMap<>();
    for (String pair : said.strip().split("  ")) {
      theirs.put(pair.split(" ")[0], pair.split(" ")[1]);
    }
    System.out.println(set + " " + limit + ": " + said.strip());
    Map<String, Double> ours = new TreeMap<>();
    ours.put("events", (double) score.events());
    ours.put("true", (double) score.foreseen());
    ours.put("false", (double) score.falseWarnings().size());
    ours.put("undecided", (double) score.undecided());
    ours.put("recall", rounded(score.recall(), 3));
    ours.put("precision", rounded(score.precision(), 3));
    ours.put("lead_median_s", rounded(score.leadMedianS(), 1));
    ours.put("lead_p10_s", rounded(score.leadP10S(), 1));
    ours.put("false_per_sensor_day", rounded(score.falsePerSensorDay(), 4));
    ours.put("warned_share", rounded(score.warnedShare(), 4));
    ours.put("interval_coverage", rounded(score.intervalCoverage(), 3));
    assertThat(theirs).hasSize(ours.size());
    theirs.forEach(
        (key, text) -> {
          double value = text.equals("None") ? Double.NaN : Double.parseDouble(text);
          assertThat(ours.get(key)).as(key).isEqualTo(value);
        });
  }

  private static double rounded(double value, int digits) {
    return Double.isNaN(value)
        ? value
        : new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
  }
}
