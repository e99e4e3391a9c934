package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.rules.Rules;

/** CONTRACTS §2: event time, identity, late, delayed, ticks, silence. */
final class TimeTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aDuplicateChangesNothing() {
    new Story(Rules.store().rule())
        .at("00:00")
        .reading(20)
        .was(Outcome.EVALUATED)
        .at("00:00")
        .arriving("05:00")
        .reading(40)
        .was(Outcome.DUPLICATE)
        .quiet()
        .at("01:00")
        .reading(20)
        .was(Outcome.EVALUATED);
  }

  @Test
  void aTimeIsForgottenAfterSixtyFourOthers() {
    Story story = new Story(Rules.store().rule());
    story.at("00:00").ramp(20, 0, 64, 1);
    story.at("00:00").reading(20).was(Outcome.DUPLICATE);
    story.at("01:04").reading(20).was(Outcome.EVALUATED);
    story.at("00:00").reading(20).was(Outcome.LATE);
    story.at("00:00").reading(20).was(Outcome.DUPLICATE);
  }

  @Test
  void quantitiesHaveTimesOfTheirOwn() {
    new Story(Rules.store().rule())
        .at("10:00")
        .reading(Quantity.HUMIDITY, 50)
        .was(Outcome.EVALUATED)
        .at("05:00")
        .reading(20)
        .was(Outcome.EVALUATED)
        .at("05:00")
        .reading(Quantity.HUMIDITY, 50)
        .was(Outcome.LATE);
  }

  @Test
  void aLateReadingRaisesWhatIsWorseButClearsNothing() {
    new Story(Rules.store().rule())
        .at("10:00")
        .reading(29)
        .expect("warn warn 28.0")
        .at("06:00")
        .arriving("10:01")
        .reading(20)
        .was(Outcome.LATE)
        .quiet()
        .at("07:00")
        .arriving("10:02")
        .reading(29)
        .was(Outcome.LATE)
        .quiet()
        .at("05:00")
        .arriving("10:03")
        .reading(31)
        .was(Outcome.LATE)
        .expect("alarm alarm 30.0 late delayed")
        .at("04:59")
        .arriving("10:04")
        .reading(36)
        .was(Outcome.LATE)
        .quiet()
        .at("11:00")
        .reading(28.5)
        .expect("cleared alarm 30.0 inside");
  }

  @Test
  void aLateReadingProvesNoOnDelay() {
    new Story(
            Rules.of("load", Family.ELECTRICAL, Quantity.LOAD).above(Level.WARN, 80, MINUTE).rule())
        .at("10:00")
        .reading(10)
        .quiet()
        .at("09:00")
        .arriving("10:01")
        .reading(90)
        .was(Outcome.LATE)
        .quiet()
        .at("12:00")
        .reading(10)
        .quiet();
  }

  @Test
  void moreThanAMinuteBehindItsArrivalIsDelayedButNotInRuns() {
    new Story(Rules.store().rule())
        .at("00:00")
        .arriving("01:00")
        .reading(29)
        .expect("warn warn 28.0")
        .at("02:00")
        .arriving("03:01")
        .reading(31)
        .expect("alarm alarm 30.0 delayed");
    new Story(Rules.store().rule())
        .asRun()
        .at("00:00")
        .arriving("55:00")
        .reading(29)
        .expect("warn warn 28.0");
  }

  @Test
  void aStampAheadCountsAsItsArrivalStrictlyIncreasing() {
    new Story(Rules.store().rule())
        .at("00:40")
        .arriving("00:10")
        .reading(20)
        .was(Outcome.EVALUATED)
        .at("00:50")
        .arriving("00:20")
        .reading(29)
        .expect("warn warn 28.0 @00:20")
        // Stamped earlier than the one before, but arrived after it: in order.
        .at("00:45")
        .arriving("00:30")
        .reading(31)
        .was(Outcome.EVALUATED)
        .expect("alarm alarm 30.0 @00:30")
        .at("00:50")
        .arriving("00:31")
        .reading(50)
        .was(Outcome.DUPLICATE)
        .quiet();
  }

  @Test
  void aTickCarriesWallTimeIntoTheSensorsTimeWithTwoSecondsGrace() {
    Story story =
        new Story(
            Rules.of("load", Family.ELECTRICAL, Quantity.LOAD)
                .above(Level.WARN, 80, MINUTE)
                .rule());
    story.at("00:00").arriving("00:10").reading(85).quiet();
    story.tick("01:11").quiet();
    story.tick("01:12").expect("warn warn 80.0 @01:00");
    assertThat(story.last().value()).isEqualTo(85);
    assertThat(story.last().arrivalMs()).isEqualTo(story.last().time().toEpochMilli() + 10_000);
  }

  @Test
  void aTickClearsNothingWhileTheSensorIsOverdue() {
    new Story(Rules.store().keepFiringFor(Duration.ofMinutes(5)).rule())
        .at("00:00")
        .reading(29)
        .expect("warn warn 28.0")
        .at("01:00")
        .reading(20)
        .quiet()
        .tick("10:00")
        .quiet()
        .at("11:00")
        .reading(20)
        .expect("cleared warn 28.0 inside @06:00");
  }

  @Test
  void aTickRaisesEvenWhileTheSensorIsOverdue() {
    new Story(
            Rules.of("load", Family.ELECTRICAL, Quantity.LOAD)
                .above(Level.WARN, 80, Duration.ofMinutes(5))
                .rule())
        .at("00:00")
        .reading(85)
        .quiet()
        .tick("05:02")
        .expect("warn warn 80.0 @05:00");
  }

  @Test
  void aTickClearsWhileTheSensorReports() {
    new Story(Rules.store().keepFiringFor(MINUTE).rule())
        .at("00:00")
        .reading(29)
        .expect("warn warn 28.0")
        .at("01:00")
        .reading(20)
        .quiet()
        .tick("02:02")
        .expect("cleared warn 28.0 inside @02:00");
  }

  @Test
  void silenceCountsArrivalsAndEndsWithAnyArrival() {
    Story story =
        new Story(Rules.store().rule(), Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(3)));
    story.at("00:00").arriving("00:01").reading(20).quiet();
    story.tick("03:00").quiet();
    story.tick("03:01").expect("silent notice 180.0 @03:00");
    assertThat(story.last().quantity()).isNull();
    assertThat(story.last().value()).isNull();
    story.tick("09:00").quiet();
    story
        .at("00:00")
        .arriving("10:00")
        .reading(20)
        .was(Outcome.DUPLICATE)
        .expect("cleared notice 180.0 reporting @03:00");
    story.at("10:00").reading(20).quiet();
  }

  @Test
  void aLineThatIsSaidToBeDownIsSilentAtOnceAndClearsNothing() {
    Story story =
        new Story(
            Rules.store().rule(),
            Rules.state(Family.HAZMAT_STORAGE, Duration.ZERO, Duration.ZERO),
            Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(3)));
    story.at("00:00").word("fault").expect("warn warn");
    story.at("00:10").reading(29).expect("warn warn 28.0");
    story.at("00:30").word("offline").was(Outcome.EVALUATED).expect("silent notice 180.0");
    story.at("00:30").word("offline").was(Outcome.DUPLICATE).quiet();
    story.tick("10:00").quiet();
    story
        .at("10:30")
        .reading(20)
        .expect("cleared notice 180.0 reporting", "cleared warn 28.0 inside");
    story.at("10:31").word("normal").expect("cleared warn inside");
  }

  @Test
  void whileTheLineIsDownNoTimerClears() {
    Story story =
        new Story(
            Rules.store().keepFiringFor(MINUTE).rule(),
            Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(30)));
    story.at("00:00").reading(29).expect("warn warn 28.0");
    story.at("00:10").reading(20).quiet();
    story.at("00:20").word("offline").expect("silent notice 1800.0");
    story.tick("05:00").quiet();
    story
        .at("06:00")
        .reading(20)
        .expect("cleared notice 1800.0 reporting", "cleared warn 28.0 inside @01:10");
  }

  @Test
  void aSensorThatNeverReportedIsNotSilentWhenItsLineIsDown() {
    new Story(Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(3)))
        .at("00:00")
        .word("offline")
        .was(Outcome.EVALUATED)
        .quiet();
  }

  @Test
  void whatWasKeptBackWhileTheLineWasDownNeverRaises() {
    new Story(Rules.store().rule(), Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(3)))
        .at("00:00")
        .reading(20)
        .at("05:00")
        .tick("05:00")
        .expect("silent notice 180.0 @03:00")
        .at("04:00")
        .arriving("06:00")
        .historical()
        .reading(36)
        .was(Outcome.LATE)
        .expect("cleared notice 180.0 reporting")
        .at("06:01")
        .reading(29)
        .expect("warn warn 28.0");
  }

  @Test
  void silenceDoesNotClearAnAlert() {
    new Story(Rules.store().rule(), Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(3)))
        .at("00:00")
        .reading(29)
        .expect("warn warn 28.0")
        .tick("03:00")
        .expect("silent notice 180.0")
        .tick("30:00")
        .quiet()
        .at("40:00")
        .reading(29)
        .expect("cleared notice 180.0 reporting");
  }

  @Test
  void silenceStartsAgainWithTheInput() {
    Story story = new Story(Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(3)));
    story.at("00:00").reading(20);
    story.tick("50:00", Duration.ofMinutes(2)).quiet();
    story.tick("51:00", Duration.ofMinutes(3)).expect("silent notice 180.0 @03:00");
  }

  @Test
  void aFailedReadingRaisesNothingClearsNothingAndIsToldAsDoubt() {
    Story story = new Story(Rules.store().keepFiringFor(MINUTE).rule());
    story.at("00:00").reading(29).expect("warn warn 28.0");
    story.at("01:00").failing().reading(500).was(Outcome.EVALUATED).expect("suspect");
    assertThat(story.last().rule()).isEqualTo("quality");
    story.at("02:00").failing().reading(-50).quiet();
    story.tick("04:50").quiet();
    story.at("05:00").reading(29).expect("cleared reporting");
    assertThat(story.last().alert()).contains(":quality:");
    story.at("06:00").reading(20).quiet();
    story.at("06:30").failing().reading(500).expect("suspect");
    story.at("08:00").failing().reading(500).quiet();
    story.at("09:00").reading(20).expect("cleared warn 28.0 inside @07:00", "cleared reporting");
  }

  @Test
  void aRuleThatIsGoneClearsByNameAndAnUnchangedOneGoesOn() {
    Story story =
        new Story(
            Rules.store().rule(), Rules.state(Family.HAZMAT_STORAGE, Duration.ZERO, Duration.ZERO));
    story.at("00:00").reading(31).expect("alarm alarm 30.0");
    story.at("00:01").word("fault").expect("warn warn");
    String id = story.last().alert();
    story
        .at("05:00")
        .rules(2, Rules.state(Family.HAZMAT_STORAGE, Duration.ZERO, Duration.ZERO))
        .expect("cleared alarm 30.0 rule-changed", "cleared warn 28.0 rule-changed");
    assertThat(story.last().version()).isEqualTo(2);
    assertThat(story.last().quantity()).isEqualTo(Quantity.TEMPERATURE);
    story.at("06:00").word("normal").expect("cleared warn inside");
    assertThat(story.last().alert()).isEqualTo(id);
  }

  @Test
  void aChangedRuleKeepsWhatIsStillTrue() {
    new Story(Rules.store().rule())
        .at("00:00")
        .reading(31)
        .expect("alarm alarm 30.0")
        .at("01:00")
        .rules(2, Rules.store().above(Level.ALARM, 33).rule())
        .expect("cleared alarm 30.0 rule-changed")
        .at("02:00")
        .reading(31)
        .quiet()
        .at("03:00")
        .reading(33)
        .expect("alarm alarm 33.0");
  }

  @Test
  void aRetiredSensorIsClosedByName() {
    new Story(Rules.store().rule())
        .at("00:00")
        .reading(31)
        .expect("alarm alarm 30.0")
        .retire()
        .expect("cleared alarm 30.0 retired", "cleared warn 28.0 retired");
  }
}
