package org.minusone.rules.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.model.codec.Json;
import org.minusone.rules.Rules;
import org.minusone.rules.SeededReadings;
import org.minusone.rules.backtest.Backtest;

final class ReportTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final long START = Instant.parse("2026-07-01T00:00:00Z").toEpochMilli();

  private final List<Reading> readings = new ArrayList<>();

  private void depth(String sensor, int minute, double cm) {
    long ms = START + minute * 60_000L;
    readings.add(
        Reading.number(
            new SensorKey(new SiteId("backtest"), new SensorId(sensor)),
            Family.FLOOD_POINT,
            Quantity.DEPTH,
            ms,
            ms,
            Stamp.OWN,
            cm));
  }

  private BacktestFigures figures(List<Rule> rules) {
    Backtest backtest = new Backtest(rules, 1);
    List<Signal> signals = backtest.run(readings);
    Provenance made =
        new Provenance(
            "rules.yaml",
            "00",
            rules.size(),
            "readings.csv",
            "11",
            readings.size(),
            3,
            START,
            START + 3_600_000,
            0,
            0,
            backtest.outcomes(),
            "MinusOne test");
    return BacktestFigures.of(made, rules, Map.of(), readings, signals, UTC);
  }

  /** One street fills slowly, one at a stroke, one stops short of its limit. */
  private void threeStreets() {
    for (int minute = 0; minute < 60; minute++) {
      depth("F-slow", minute, Math.min(20, minute * .7));
      depth("F-step", minute, minute < 30 ? 0 : 20);
      depth("F-short", minute, Math.min(13.5, minute * .7));
    }
    for (int minute = 60; minute < 150; minute++) {
      depth("F-slow", minute, 0);
      depth("F-step", minute, 0);
      depth("F-short", minute, 0);
    }
  }

  @Test
  void oneIsForeseenOneMissedOneFalse() {
    threeStreets();
    BacktestFigures figures = figures(List.of(Rules.street().rule()));
    LimitFigures limit = figures.rules().get(0).limits().get(0);
    assertThat(limit.foreseen()).isTrue();
    assertThat(limit.score().events()).isEqualTo(2);
    assertThat(limit.score().foreseen()).isEqualTo(1);
    assertThat(limit.score().missed())
        .singleElement()
        .satisfies(c -> assertThat(c.sensor().value()).isEqualTo("F-step"));
    assertThat(limit.score().falseWarnings()).hasSize(1);
    assertThat(figures.rules().get(0).cases())
        .extracting(c -> c.kind() + " " + c.sensor())
        .contains("MISSED F-step", "FALSE_WARNING F-short", "LONGEST F-step", "LONGEST F-slow");
    Case missed = figures.rules().get(0).cases().get(0);
    assertThat(missed.readings()).isNotEmpty().allMatch(r -> r.sensor().value().equals("F-step"));
  }

  @Test
  void whatTheInstrumentCannotReadCrossedNothing() {
    for (int minute = 0; minute < 60; minute++) {
      depth("F-1", minute, minute == 30 ? 9_999 : 0);
    }
    LimitFigures limit = figures(List.of(Rules.street().rule())).rules().get(0).limits().get(0);
    assertThat(limit.score().events()).isZero();
    assertThat(limit.score().missed()).isEmpty();
  }

  @Test
  void theLoadCountsWhatSoundsAgainstTheBudget() {
    threeStreets();
    AlarmLoad load = figures(List.of(Rules.street().rule())).load();
    assertThat(load.announcements()).as("2 forewarned, 2 reached").isEqualTo(4);
    assertThat(load.perDay()).hasSize(1);
    assertThat(load.perDayMean()).isEqualTo(4);
    assertThat(load.slots()).isEqualTo(144);
    assertThat(load.crowdedSlots()).isZero();
    assertThat(load.loudest().get(0).sensor()).isEqualTo("F-slow");
    assertThat(load.loudest().get(0).share()).isCloseTo(.5, within(1e-9));
    assertThat(load.byLevel()).containsEntry(Level.ALARM, 4);
  }

  @Test
  void sourcesThatChatterAreNamed() {
    for (int i = 0; i < 20; i++) {
      long ms = START + i * 10_000L;
      readings.add(
          Reading.number(
              new SensorKey(new SiteId("backtest"), new SensorId("F-1")),
              Family.FLOOD_POINT,
              Quantity.DEPTH,
              ms,
              ms,
              Stamp.OWN,
              i % 2 == 0 ? 0 : 16));
    }
    Rule plain =
        Rules.of("flood", Family.FLOOD_POINT, Quantity.DEPTH).above(Level.ALARM, 15).rule();
    AlarmLoad load = figures(List.of(plain)).load();
    assertThat(load.chattering()).containsExactly("F-1 flood");
    assertThat(load.worstSlot()).isEqualTo(10);
    assertThat(load.crowdedSlots()).as("10 are not more than 10").isZero();
  }

  @Test
  void thePageIsSelfContainedAndInBothLanguages() {
    threeStreets();
    String page = ReportPage.of(figures(List.of(Rules.street().rule())), null, null);
    assertThat(page).startsWith("<!doctype html>").endsWith("</html>\n");
    assertThat(page.toLowerCase(java.util.Locale.ROOT))
        .as("nothing is fetched")
        .doesNotContain("http:", "https:", "src=", "<link", "@import", "url(");
    assertThat(page).contains("漏报", "Missed", "prefers-color-scheme", "@media print", "F-step");
    assertThat(count(page, "lang=\"zh-CN\">")).isEqualTo(count(page, "lang=\"en\">") + 1);
  }

  private static int count(String page, String what) {
    return page.split(what, -1).length - 1;
  }

  @Test
  void whatComesFromFilesIsNoMarkup() {
    depth("F-1", 0, 0);
    depth("F-1", 1, 20);
    Provenance made =
        new Provenance(
            "<b>.yaml",
            "00",
            1,
            "a&b\"<script>.csv",
            null,
            2,
            1,
            START,
            START,
            0,
            0,
            Map.of(),
            "x");
    Rule rule = Rules.street().rule();
    List<Signal> signals = new Backtest(List.of(rule), 1).run(readings);
    String page =
        ReportPage.of(
            BacktestFigures.of(made, List.of(rule), Map.of(), readings, signals, UTC), null, null);
    assertThat(page).contains("&lt;b&gt;.yaml").doesNotContain("<b>.yaml", "b\"<script>");
  }

  @Test
  void theSameInputGivesTheSameBytes() {
    List<Rule> rules = Rules.everything();
    readings.addAll(SeededReadings.of(11, 5, 300, false));
    BacktestFigures one = figures(rules);
    BacktestFigures two = figures(rules);
    assertThat(ReportPage.of(one, null, null)).isEqualTo(ReportPage.of(two, null, null));
    assertThat(Json.text(FiguresData.of(one))).isEqualTo(Json.text(FiguresData.of(two)));
  }

  @Test
  void aComparisonKnowsWhatMovedAndWhatIsOnOneSideOnly() {
    threeStreets();
    Rule now = Rules.street().rule();
    Rule later =
        Rules.of("flood", Family.FLOOD_POINT, Quantity.DEPTH)
            .above(Level.ALARM, 17)
            .deadband(2)
            .rule();
    List<Signal> a = new Backtest(List.of(now), 1).run(readings);
    List<Signal> b = new Backtest(List.of(later), 1).run(readings);
    Comparison comparison = Comparison.of(a, b);
    Map<String, Comparison.Change> bySignal = new java.util.HashMap<>();
    comparison.changes().forEach(c -> bySignal.put(c.signal(), c));
    assertThat(bySignal.get("forewarned").onlyHere()).isEqualTo(2);
    Comparison.Change alarm = bySignal.get("alarm");
    assertThat(alarm.same()).as("the step crosses both at once").isEqualTo(1);
    assertThat(alarm.moved()).isEqualTo(1);
    assertThat(alarm.movedMedianS()).as("17 cm come later than 15").isEqualTo(-180);
    assertThat(comparison.isNone()).isFalse();
    assertThat(Comparison.of(a, a).isNone()).isTrue();
    String page = ReportPage.of(figures(List.of(now)), figures(List.of(later)), comparison);
    assertThat(page).contains("What other rules would change");
  }

  @Test
  void anEmptyInputIsNoError() {
    BacktestFigures figures = figures(Rules.everything());
    assertThat(ReportPage.of(figures, null, null)).contains("Rules that said nothing");
  }
}
