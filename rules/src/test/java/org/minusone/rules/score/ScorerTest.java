package org.minusone.rules.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;

/** What counts as foreseen: hand-made timelines in minutes, limit 15 cm, horizon 15 min. */
final class ScorerTest {
  private static final Question STREET =
      Question.above(Quantity.DEPTH, 15, Duration.ofMinutes(15), 2);

  private final List<Reading> readings = new ArrayList<>();
  private final List<Signal> signals = new ArrayList<>();
  private SensorKey key = new SensorKey(new SiteId("fubao"), new SensorId("F-1"));

  private ScorerTest reads(double minute, double... everyMinute) {
    for (int i = 0; i < everyMinute.length; i++) {
      long at = Math.round((minute + i) * 60_000);
      readings.add(
          Reading.number(
              key, Family.FLOOD_POINT, Quantity.DEPTH, at, at, Stamp.OWN, everyMinute[i]));
    }
    return this;
  }

  private ScorerTest tells(SignalKind kind, double minute, double limit, Double low, Double high) {
    long at = Math.round(minute * 60_000);
    Instant time = Instant.ofEpochMilli(at);
    signals.add(
        new Signal(
            "a",
            key.site(),
            key.sensor(),
            Family.FLOOD_POINT,
            "flood",
            1,
            Quantity.DEPTH,
            kind,
            time,
            Level.ALARM,
            limit,
            1.0,
            null,
            null,
            low,
            high,
            null,
            null,
            3,
            "m",
            null,
            false,
            false,
            at));
    return this;
  }

  private ScorerTest warns(double minute) {
    return tells(SignalKind.FOREWARNED, minute, 15, null, null);
  }

  private ScorerTest warns(double minute, double lowS, double highS) {
    return tells(SignalKind.FOREWARNED, minute, 15, lowS, highS);
  }

  private ScorerTest clears(double minute) {
    return tells(SignalKind.CLEARED, minute, 15, null, null);
  }

  private Score score() {
    return Scorer.score(STREET, readings, signals);
  }

  @Test
  void aWarningThatIsOpenWhenTheCrossingComesIsTrue() {
    Score score = reads(0, 0, 5, 10, 16, 20, 5).warns(1).score();
    assertThat(score.events()).isEqualTo(1);
    assertThat(score.recall()).isEqualTo(1);
    assertThat(score.precision()).isEqualTo(1);
    assertThat(score.leadMedianS()).isEqualTo(120);
    assertThat(score.crossings().get(0).timeMs()).isEqualTo(180_000);
    assertThat(score.spanS()).isEqualTo(300);
    assertThat(score.calmS()).isEqualTo(180);
    assertThat(score.warnedS()).isEqualTo(120);
  }

  @Test
  void aReadingAtTheLimitCrosses() {
    assertThat(reads(0, 14.99, 15).score().events()).isEqualTo(1);
  }

  @Test
  void atTheCrossingItselfItIsNoForewarning() {
    Score score = reads(0, 0, 5, 16, 5).warns(2).score();
    assertThat(score.missed()).hasSize(1);
    assertThat(score.falseWarnings()).isEmpty();
    assertThat(score.precision()).isNaN();
  }

  @Test
  void aWarningThatWasClearedIsFalseAndTheCrossingIsMissed() {
    Score score = reads(0, 0, 5, 6, 6, 16).warns(1).clears(3).score();
    assertThat(score.recall()).isZero();
    assertThat(score.falseWarnings())
        .singleElement()
        .satisfies(
            wrong -> {
              assertThat(wrong.reason()).isEqualTo(FalseWarning.Reason.CLEARED);
              assertThat(wrong.warning().atMs()).isEqualTo(60_000);
              assertThat(wrong.endMs()).isEqualTo(180_000);
            });
  }

  @Test
  void withinTheDeadbandItIsTheSameEvent() {
    assertThat(reads(0, 0, 16, 13.5, 16, 20).score().events()).isEqualTo(1);
    assertThat(reads(10, 12.9, 16).score().events()).isEqualTo(2);
  }

  @Test
  void aSeriesThatStartsPastTheLimitGivesNoEventUntilItReArms() {
    assertThat(reads(0, 20, 18, 14, 16).score().events()).isZero();
    assertThat(reads(10, 12, 16).score().events()).isEqualTo(1);
  }

  @Test
  void aGapCutsTheSeriesAndWhatIsSaidInItIsNoForewarning() {
    Score score = reads(0, 0, 5).reads(90, 5, 16).warns(1).warns(60).score();
    assertThat(score.events()).isEqualTo(1);
    assertThat(score.recall()).isZero();
    assertThat(score.undecided()).isEqualTo(1);
    assertThat(score.falseWarnings())
        .extracting(FalseWarning::reason)
        .containsExactly(FalseWarning.Reason.OPEN_AT_THE_END);
    assertThat(score.spanS()).isEqualTo(120);
  }

  @Test
  void openAtTheEndIsUndecidedWhereTheRecordingJustStops() {
    reads(0, 0, 5, 9).warns(1);
    Score score = Scorer.score(STREET.undecidedAtTheEnd(), readings, signals);
    assertThat(score.undecided()).isEqualTo(1);
    assertThat(score.falseWarnings()).isEmpty();
  }

  @Test
  void aWarningOutlivesFourHorizons() {
    double[] wet = new double[63];
    java.util.Arrays.fill(wet, 9);
    Score score = reads(0, wet).reads(63, 16).warns(0).score();
    assertThat(score.recall()).isZero();
    assertThat(score.falseWarnings())
        .singleElement()
        .satisfies(
            wrong -> {
              assertThat(wrong.reason()).isEqualTo(FalseWarning.Reason.OUTLIVED);
              assertThat(wrong.endMs()).isEqualTo(61 * 60_000);
            });
  }

  @Test
  void aCrossingExactlyFourHorizonsLaterWasForeseenALaterOneTooEarly() {
    double[] wet = new double[60];
    java.util.Arrays.fill(wet, 9);
    assertThat(reads(0, wet).reads(60, 16).warns(0).score().recall()).isEqualTo(1);
    readings.clear();
    Score late = reads(0, wet).reads(60.5, 16).score();
    assertThat(late.falseWarnings())
        .extracting(FalseWarning::reason)
        .containsExactly(FalseWarning.Reason.TOO_EARLY);
  }

  @Test
  void whatIsSaidWhileItIsCrossedIsNoForewarning() {
    Score score = reads(0, 0, 16, 14, 16, 5, 5).warns(2).score();
    assertThat(score.falseWarnings()).isEmpty();
    assertThat(score.undecided()).isZero();
  }

  @Test
  void anEndAndABeginningAtOneInstantAreTakenInThatOrder() {
    Score score = reads(0, 0, 9, 9, 16).warns(1).warns(2).clears(2).score();
    assertThat(score.falseWarnings()).hasSize(1);
    assertThat(score.leadMedianS()).isEqualTo(60);
  }

  @Test
  void intervalsAreHeldAgainstTheCrossing() {
    Score score =
        reads(0, 0, 5, 16, 0, 5, 16, 0, 5, 16).warns(1, 30, 90).warns(4, 70, 200).warns(7).score();
    assertThat(score.foreseen()).isEqualTo(3);
    assertThat(score.intervals()).isEqualTo(2);
    assertThat(score.intervalsHeld()).isEqualTo(1);
    assertThat(score.intervalCoverage()).isEqualTo(.5);
  }

  @Test
  void otherLimitsQuantitiesAndKindsAreNotMeant() {
    Score score =
        reads(0, 0, 5, 16)
            .tells(SignalKind.FOREWARNED, 1, 27, null, null)
            .tells(SignalKind.UPDATED, 1, 15, null, null)
            .score();
    assertThat(score.recall()).isZero();
    assertThat(score.falseWarnings()).isEmpty();
  }

  @Test
  void belowIsTheSameTheOtherWayRound() {
    reads(0, 20, 18, 16, 14.9, 16.5, 17.1, 15).warns(1).warns(5);
    Score score = Scorer.score(STREET.below(), readings, signals);
    assertThat(score.events()).isEqualTo(2);
    assertThat(score.leadsS()).containsExactly(60.0, 120.0);
  }

  @Test
  void sensorsAreApartAndTheOrderOfRowsDoesNotMatter() {
    reads(0, 0, 5, 16).warns(1);
    key = new SensorKey(key.site(), new SensorId("F-0"));
    Score score = reads(0, 0, 5, 16).score();
    assertThat(score.recall()).isEqualTo(.5);
    assertThat(score.crossings()).extracting(c -> c.sensor().value()).containsExactly("F-0", "F-1");
    java.util.Collections.reverse(readings);
    assertThat(score()).isEqualTo(score);
  }

  @Test
  void scoresAddUp() {
    Score one = reads(0, 0, 5, 16).warns(1).score();
    Score both = one.plus(one);
    assertThat(both.events()).isEqualTo(2);
    assertThat(both.calmS()).isEqualTo(2 * one.calmS());
    assertThat(Score.NOTHING.recall()).isNaN();
    assertThat(Score.NOTHING.leadP10S()).isNaN();
  }
}
