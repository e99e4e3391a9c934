package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.rules.Rules;

/** CONTRACTS §4: forewarned, updated, withdrawn, expired, gap; one episode with the crossing. */
final class ForewarningsTest {

  /** The steps are the same for all methods; the stories are told by one. */
  private static Rules street() {
    return Rules.street().method("gated-damped-holt");
  }

  /** Dry for a while, then 1 cm a minute until {@code until} cm. */
  private static Story rising(Story story, int until) {
    story.at("00:00").ramp(0, 0, 3, 60);
    story.at("03:00").ramp(1, 1, until, 60);
    return story;
  }

  @Test
  void aFloodIsForeseenAndBecomesTheCrossingInOneEpisode() {
    Story story = rising(new Story(street().rule()), 10);
    story.at("13:00").reading(11).expect("forewarned alarm 15.0");
    String id = story.last().alert();
    assertThat(story.last().etaS()).isBetween(200.0, 700.0);
    assertThat(story.last().etaLowS()).isCloseTo(story.last().etaS() * .57, within(.001));
    assertThat(story.last().etaHighS()).isCloseTo(story.last().etaS() * 1.96, within(.001));
    assertThat(story.last().probability()).isNull();
    assertThat(story.last().slopePerS()).isPositive();
    assertThat(story.last().readings()).isEqualTo(14);
    assertThat(story.last().method()).isEqualTo("gated-damped-holt");
    story.at("14:00").reading(12).expect("updated alarm 15.0");
    story.at("15:00").ramp(13, 1, 2, 60);
    story.at("17:00").reading(15).expect("alarm alarm 15.0");
    assertThat(story.last().alert()).isEqualTo(id);
    // It has just been at the limit and the trend is not broken yet: the next crossing is foreseen.
    story.at("18:00").reading(12.9).expect("cleared alarm 15.0 inside", "forewarned alarm 15.0");
    assertThat(story.lastButOne().alert()).isEqualTo(id);
    assertThat(story.last().alert()).isNotEqualTo(id);
    story.at("19:00").reading(1).quiet();
    story.at("49:00").reading(1).expect("cleared alarm 15.0 withdrawn");
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  void whenTheThreatIsGoneForTwoHorizonsItIsWithdrawn() {
    Story story = rising(new Story(street().rule()), 10);
    story.at("13:00").reading(11).expect("forewarned alarm 15.0");
    story.at("14:00").reading(5).quiet();
    story.at("40:00").reading(3).quiet();
    story.at("45:00").reading(3).expect("cleared alarm 15.0 withdrawn @44:00");
    assertThat(story.last().limit()).isEqualTo(15);
  }

  @Test
  void aThreatThatReturnsKeepsIt() {
    Story story = rising(new Story(street().withdrawAfter(Duration.ofMinutes(3)).rule()), 10);
    story.at("13:00").reading(11).expect("forewarned alarm 15.0");
    story.at("14:00").reading(10).quiet();
    story.at("15:00").reading(12).quiet();
    story.at("17:30").reading(14).expect("updated alarm 15.0");
    story.at("18:00").reading(14).expect("updated alarm 15.0");
  }

  @Test
  void itOutlivesFourHorizonsAndIsNotGivenAgainBeforeTheThreatWasGone() {
    Story story = new Story(street().method("static").rule());
    story.at("00:00").reading(13).expect("forewarned alarm 15.0");
    for (int minute = 1; minute < 60; minute++) {
      story.at(minute + ":00").reading(13).quiet();
    }
    story.at("60:00").reading(13).expect("cleared alarm 15.0 expired");
    story.at("61:00").reading(13).quiet();
    story.at("62:00").reading(11).quiet();
    story.at("63:00").reading(13).expect("forewarned alarm 15.0");
  }

  @Test
  void aGapOfMoreThanAnHourStartsAfresh() {
    Story story =
        rising(new Story(street().forecast(Duration.ofMinutes(30), Level.ALARM).rule()), 10);
    story.at("13:00").reading(11).expect("forewarned alarm 15.0");
    String id = story.last().alert();
    story.at("01:14:00").reading(12).expect("cleared alarm 15.0 gap");
    assertThat(story.last().alert()).isEqualTo(id);
    story.at("01:15:00").reading(13.5).quiet();
    story.at("01:16:00").reading(14.5).expect("forewarned alarm 15.0");
    assertThat(story.last().readings()).isEqualTo(3);
    assertThat(story.last().alert()).isNotEqualTo(id);
  }

  @Test
  void severalLevelsAreForeseenEachForItself() {
    Story story =
        new Story(
            street()
                .above(Level.CRITICAL, 18)
                .forecast(Duration.ofMinutes(15), Level.ALARM, Level.CRITICAL)
                .rule());
    rising(story, 10);
    story.at("13:00").reading(11).expect("forewarned alarm 15.0");
    String id = story.last().alert();
    story.at("14:00").reading(12.6).expect("updated alarm 15.0", "forewarned critical 18.0");
    assertThat(story.last().alert()).isEqualTo(id);
    story.at("15:00").reading(14).expect("updated alarm 15.0", "updated critical 18.0");
    story.at("16:00").reading(19).expect("critical critical 18.0");
    story
        .at("17:00")
        .reading(14)
        .expect("cleared critical 18.0 inside", "forewarned critical 18.0");
    assertThat(story.last().alert()).isEqualTo(id);
    story.at("18:00").reading(1).expect("cleared alarm 15.0 inside");
    story.at("49:00").reading(1).expect("cleared critical 18.0 withdrawn @48:00");
    assertThat(story.last().alert()).isEqualTo(id);
  }

  @Test
  void aJumpPastAForeseenLevelEndsItsForewarningSilently() {
    Story story = rising(new Story(street().rule()), 10);
    story.at("13:00").reading(11).expect("forewarned alarm 15.0");
    story.at("14:00").reading(40).expect("alarm alarm 15.0");
    story.at("16:00:00").reading(0).expect("cleared alarm 15.0 inside");
  }

  @Test
  void anOnDelayThatRunsKeepsTheForewarning() {
    Story story =
        rising(new Story(street().above(Level.ALARM, 15, Duration.ofMinutes(2)).rule()), 10);
    story.at("13:00").reading(11).expect("forewarned alarm 15.0");
    story.at("14:00").reading(15.5).quiet();
    story.at("16:00").reading(15.5).expect("alarm alarm 15.0");
  }

  @Test
  void aFailedReadingIsNoPartOfTheForecast() {
    Story story = rising(new Story(street().rule()), 10);
    story.at("12:10").failing().reading(900).expect("suspect");
    story.at("12:20").failing().reading(900).quiet();
    story.at("13:00").reading(11).expect("cleared reporting", "forewarned alarm 15.0");
    assertThat(story.last().readings()).isEqualTo(14);
  }

  @Test
  void aLateReadingIsNoPartOfTheForecast() {
    Story story = rising(new Story(street().rule()), 10);
    story.at("11:30").arriving("12:30").reading(14.9).was(Outcome.LATE).quiet();
    story.at("13:00").reading(11).expect("forewarned alarm 15.0");
    assertThat(story.last().readings()).isEqualTo(14);
  }

  @Test
  void aTankThatRunsEmptyIsForeseen() {
    Story story =
        new Story(
            Rules.of("tank", Family.FIRE_FACILITY, Quantity.LEVEL)
                .below(Level.ALARM, 80)
                .forecast(Duration.ofMinutes(15), Level.ALARM)
                .method("gated-damped-holt")
                .rule());
    story.at("00:00").ramp(98, 0, 5, 60);
    story.at("05:00").ramp(97, -1, 6, 60);
    story.at("11:00").reading(91).quiet();
    story.at("12:00").ramp(90, -1, 2, 60);
    story.at("14:00").reading(86).expect("forewarned alarm 80.0");
    assertThat(story.last().slopePerS()).isNegative();
    story.at("15:00").reading(79).expect("alarm alarm 80.0");
  }

  @Test
  void aStoreThatWarmsIsForeseenAndAWarmOneThatRestsIsNot() {
    Story calm = new Story(Rules.store().forecast(Duration.ofMinutes(15), Level.ALARM).rule());
    calm.at("00:00").ramp(26, 0, 3, 60);
    for (int minute = 3; minute < 60; minute++) {
      calm.at(minute + ":00").reading(26 + (minute % 2) * .2).quiet();
    }
    Story warming = new Story(Rules.store().forecast(Duration.ofMinutes(2), Level.ALARM).rule());
    warming.at("00:00").ramp(26, 0, 20, 2);
    int foreseenAfter = -1;
    for (int i = 1; i <= 40 && foreseenAfter < 0; i++) {
      warming.at("00:" + (38 + 2 * i)).ramp(26 + i * .1, 0, 1, 2);
      foreseenAfter = warming.isForewarned() ? i * 2 : -1;
    }
    assertThat(foreseenAfter).isBetween(4, 40); // of 80 s to the crossing
  }

  @Test
  void aRuleThatNamesNoMethodForeseesAFloodByThreeTrendsAndSaysHowLikelyItIs() {
    Story story = rising(new Story(Rules.street().rule()), 10);
    story.at("13:00").reading(11).expect("forewarned alarm 15.0");
    assertThat(story.last().method()).isEqualTo("three-trends");
    assertThat(story.last().probability()).isBetween(.5, .95);
    assertThat(story.last().etaS()).isBetween(story.last().etaLowS(), story.last().etaHighS());
    assertThat(story.last().etaLowS()).isLessThan(240);
    assertThat(story.last().etaHighS()).isGreaterThan(240);
  }

  /** Smoke hovers about the limit: each crossing is one, and can be foreseen when it just left. */
  @Test
  void theReadingThatLeavesALevelMayForeseeTheNextCrossing() {
    Story story =
        new Story(
            Rules.of("smoke", Family.SMOKE, Quantity.OBSCURATION)
                .above(Level.ALARM, 1)
                .forecast(Duration.ofSeconds(30), Level.ALARM)
                .rule());
    story.at("00:00").ramp(0, .12, 8, 2);
    story.at("00:16").reading(1.1).expect("alarm alarm 1.0");
    story.at("00:18").reading(.97).expect("cleared alarm 1.0 inside", "forewarned alarm 1.0");
    story.at("00:20").reading(1.1).expect("alarm alarm 1.0");
  }
}
