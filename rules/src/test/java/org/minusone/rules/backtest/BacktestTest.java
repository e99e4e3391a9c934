package org.minusone.rules.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.SiteId;
import org.minusone.rules.Rules;
import org.minusone.rules.evaluate.Outcome;

final class BacktestTest {
  private static final Rule STREET = Rules.street().rule();

  private static CsvReadings.Content read(List<Rule> rules, String... lines) throws IOException {
    return new CsvReadings(new SiteId("backtest"), CsvReadings.familiesOf(rules))
        .read(new BufferedReader(new StringReader(String.join("\n", lines))));
  }

  private static List<String> run(List<Rule> rules, CsvReadings.Content content)
      throws IOException {
    StringBuilder out = new StringBuilder();
    SignalLines.write(new Backtest(rules, 1).run(content.readings()), out);
    return out.toString().lines().toList();
  }

  @Test
  void everyKeyIsThereInTheOrderOfTheContract() throws IOException {
    assertThat(
            run(
                List.of(STREET),
                read(
                    List.of(STREET),
                    "sensor,time,quantity,value",
                    "F-1,2026-07-01T12:00:00Z,depth,0",
                    "F-1,1782907260000,depth,15.25",
                    "F-1,2026-07-01T20:02:00.500+08:00,depth,1")))
        .containsExactly(
            "{\"time\":\"2026-07-01T12:01:00Z\",\"sensor\":\"F-1\",\"rule\":\"flood\",\"quantity\":\"depth\","
                + "\"signal\":\"alarm\",\"value\":15.25,\"limit\":15,\"eta_s\":null,\"eta_low_s\":null,"
                + "\"eta_high_s\":null,\"probability\":null}",
            "{\"time\":\"2026-07-01T12:02:00.500Z\",\"sensor\":\"F-1\",\"rule\":\"flood\",\"quantity\":\"depth\","
                + "\"signal\":\"cleared\",\"value\":1,\"limit\":15,\"eta_s\":null,\"eta_low_s\":null,"
                + "\"eta_high_s\":null,\"probability\":null}");
  }

  @Test
  void aForewarningSaysWhen() throws IOException {
    StringBuilder csv = new StringBuilder("sensor,time,quantity,value,family\n");
    for (int minute = 0; minute < 12; minute++) {
      csv.append("F-1,")
          .append(minute * 60_000)
          .append(",depth,")
          .append(minute)
          .append(",flood-point\n");
    }
    List<String> lines = run(List.of(STREET), read(List.of(STREET), csv.toString()));
    assertThat(lines).hasSizeGreaterThan(0);
    assertThat(lines.get(0))
        .contains("\"signal\":\"forewarned\"", "\"limit\":15,", "\"eta_s\":", "\"probability\":0.")
        .doesNotContain("\"eta_s\":null", "\"eta_high_s\":null");
  }

  @Test
  void rowsOutOfOrderAreSortedAndCounted() throws IOException {
    CsvReadings.Content content =
        read(
            List.of(STREET),
            "sensor,time,quantity,value",
            "F-1,3000,depth,3",
            "F-2,1000,depth,1",
            "F-1,2000,depth,2",
            "F-1,4000,depth,4");
    assertThat(content.outOfOrder()).isEqualTo(1);
    assertThat(content.readings()).extracting(r -> r.value()).containsExactly(1.0, 2.0, 3.0, 4.0);
  }

  @Test
  void aBadRowIsToldWithItsLineAndSkipped() throws IOException {
    CsvReadings.Content content =
        read(
            List.of(STREET),
            "sensor,time,quantity,value,family,quality",
            "F-1,1000,depth,3,flood-point,",
            "F-1,yesterday,depth,3,flood-point,",
            "F-1,2000,depth,NaN,flood-point,",
            "F-1,2000,deepth,3,flood-point,",
            "F 1,2000,depth,3,flood-point,",
            "F-1,2000,depth,3,flood,",
            "F-1,2000,depth,3,flood-point,fine",
            "F-1,2000,state,burning,flood-point,",
            "F-1,3000,depth,900,flood-point,4",
            "F-1,4000,de");
    assertThat(content.badRows()).isEqualTo(8);
    assertThat(content.readings()).hasSize(2);
    assertThat(content.problems())
        .extracting(Object::toString)
        .containsExactly(
            "line 3: not a time (ISO-8601 with its offset, or epoch milliseconds): yesterday",
            "line 4: not a number: NaN",
            "line 5: no such quantity: deepth",
            "line 6: not a sensor id: F 1",
            "line 7: no such family: flood",
            "line 8: not a QARTOD flag (1, 2, 3, 4, 9): fine",
            "line 9: state knows normal, fire, fault, removed, low-battery, contaminated, silenced,"
                + " test, offline, not burning",
            "line 11: 3 of 6 columns, cut off: F-1,4000,de");
  }

  @Test
  void aRowMayCallAReadingWorseThanItIsAndNeverBetter() throws IOException {
    CsvReadings.Content content =
        read(
            List.of(Rules.street().rule()),
            "sensor,time,quantity,value,quality",
            "F-1,0,depth,3,4",
            "F-1,60000,depth,9999,1");
    assertThat(content.readings()).extracting(r -> r.flag().code()).containsExactly(4, 4);
  }

  @Test
  void whatIsWrongInManyRowsIsSaidOnce() throws IOException {
    CsvReadings.Content content =
        read(
            List.of(Rules.street().rule()),
            "sensor,time,quantity,value",
            "F-1,0,depth,x",
            "F-1,60000,depth,x",
            "F-1,120000,dept,3");
    assertThat(CsvReadings.Problem.told(content.problems()))
        .containsExactly(
            "line 2: not a number: x (and 1 more like it)", "line 4: no such quantity: dept");
  }

  @Test
  void aFileWithoutTheColumnsIsNotRead() {
    assertThatThrownBy(() -> read(List.of(STREET), "sensor,when,quantity,value"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 1: no column time in sensor,when,quantity,value");
  }

  @Test
  void aQuantityThatSeveralFamiliesWatchNeedsTheColumn() throws IOException {
    List<Rule> rules =
        List.of(
            Rules.store().rule(),
            Rules.of("cable", Family.ELECTRICAL, Quantity.TEMPERATURE)
                .above(Level.ALARM, 70)
                .rule());
    assertThat(read(rules, "sensor,time,quantity,value", "S-1,1000,temperature,3").problems())
        .extracting(Object::toString)
        .containsExactly(
            "line 2: whose temperature is it? Rules of several families watch it: add a column"
                + " family, or name the --site");
  }

  @Test
  void nothingFiresAfterASensorsLastReading() throws IOException {
    List<Rule> rules =
        List.of(
            Rules.of("load", Family.ELECTRICAL, Quantity.LOAD)
                .above(Level.WARN, 80, Duration.ofMinutes(1))
                .rule());
    CsvReadings.Content content =
        read(
            rules,
            "sensor,time,quantity,value",
            "E-1,0,load,90",
            "E-1,30000,load,90",
            "E-2,9000000,load,1");
    Backtest backtest = new Backtest(rules, 1);
    assertThat(backtest.run(content.readings())).isEmpty();
    assertThat(backtest.outcomes()).containsEntry(Outcome.EVALUATED, 3L);
  }

  @Test
  void theQualityTestsAreThoseOfLiveAndTheirFlagsAreCounted() throws IOException {
    CsvReadings.Content content =
        read(
            List.of(STREET),
            "sensor,time,quantity,value,family,quality",
            "F-1,0,depth,0,flood-point,",
            "F-1,60000,depth,0,flood-point,",
            "F-1,120000,depth,14,flood-point,4",
            "F-1,180000,depth,18,flood-point,",
            "F-1,240000,depth,0,flood-point,",
            "F-1,900000,depth,0,flood-point,");
    Backtest backtest = new Backtest(List.of(STREET), 1);
    assertThat(backtest.run(content.readings()))
        .extracting(s -> s.time().getEpochSecond() + " " + s.signal().id() + " " + s.rule())
        .containsExactly(
            "120 suspect quality", "180 alarm flood", "180 cleared quality", "240 cleared flood");
    assertThat(backtest.flags())
        .isEqualTo(Map.of("gap 3", 1L, "rate_of_change 3", 2L, "spike 4", 1L));
  }
}
