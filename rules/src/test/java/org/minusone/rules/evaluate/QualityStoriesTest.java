package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.QualityFlag;
import org.minusone.model.QualityTests;
import org.minusone.model.QualityTests.FlatLine;
import org.minusone.model.QualityTests.RateOfChange;
import org.minusone.model.QualityTests.Spike;
import org.minusone.model.QualityTests.SpikeMethod;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Verdict;
import org.minusone.rules.Rules;

final class QualityStoriesTest {
  /** Foreseen from the first rise on, so that one spike is enough to be believed. */
  private static Rule credulousStreet(String method) {
    return Rules.of("flood", Family.FLOOD_POINT, Quantity.DEPTH)
        .above(Level.ALARM, 40)
        .deadband(2)
        .forecast(Duration.ofMinutes(15), Level.ALARM)
        .method(method)
        .rule();
  }

  private static Story dry(Story story) {
    for (int minute = 0; minute < 5; minute++) {
      story.at(String.format("%02d:00", minute)).reading(0);
    }
    return story;
  }

  @Test
  void aSpikeInAFloodGaugeIsForewarnedAtMostUntilTheNextReading() {
    Story story = dry(new Story(credulousStreet("static")));
    story.at("05:00").reading(36).expect("forewarned alarm 40.0");
    assertThat(story.verdicts()).extracting(Verdict::test).containsExactly("rate_of_change");
    story.at("06:00").reading(0).expect("cleared alarm 40.0 withdrawn");
    assertThat(story.verdicts())
        .extracting(
            Verdict::test, Verdict::flag, v -> v.time().getEpochSecond() % 3600, Verdict::value)
        .contains(org.assertj.core.groups.Tuple.tuple("spike", QualityFlag.FAIL, 300L, 36.0));
  }

  @Test
  void theForecastGoesOnAsIfTheSpikeHadNotBeen() {
    Story story = dry(new Story(Rules.street().rule()));
    Story calm = dry(new Story(Rules.street().rule()));
    story.at("05:00").reading(5).quiet();
    story.at("05:20").reading(40).expect("alarm alarm 15.0");
    story.at("05:40").reading(5).expect("cleared alarm 15.0 inside");
    calm.at("05:00").reading(5).quiet();
    calm.at("05:40").reading(5).quiet();
    assertThat(story.memory()).isEqualTo(calm.memory());
    assertThat(story.isForewarned()).isFalse();
  }

  /** Evaluation waits for no verdict: a spike may be forewarned, and is then taken back. */
  @Test
  void aSpikeThatThreeTrendsBelievedIsTakenBackWithTheNextReading() {
    Story story = dry(new Story(credulousStreet("three-trends")));
    Story calm = dry(new Story(credulousStreet("three-trends")));
    story.at("05:00").reading(36).expect("forewarned alarm 40.0");
    story.at("06:00").reading(0).expect("cleared alarm 40.0 withdrawn");
    calm.at("06:00").reading(0).quiet();
    assertThat(story.memory()).isEqualTo(calm.memory());
  }

  @Test
  void aSpikeAfterWhichTheThreatIsRealKeepsItsForewarning() {
    Story story = dry(new Story(credulousStreet("static")));
    story.at("05:00").reading(39).expect("forewarned alarm 40.0");
    story.at("06:00").reading(33).quiet();
    story.at("07:00").reading(41).expect("alarm alarm 40.0");
  }

  @Test
  void aFastRiseIsOfHighInterestAndAlarms() {
    Story story = dry(new Story(Rules.street().rule()));
    story.at("05:00").reading(35).expect("alarm alarm 15.0");
    assertThat(story.verdicts()).extracting(Verdict::flag).containsExactly(QualityFlag.SUSPECT);
    story.at("06:00").reading(60).quiet();
  }

  @Test
  void aFastRiseAlarmsEvenWhereTheRateMayFail() {
    QualityTests tests = rate(5, 20);
    Rule judged =
        Rules.quality(Family.FLOOD_POINT, Quantity.DEPTH, Duration.ZERO, Duration.ZERO, tests);
    Story story = new Story(Rules.street().rule(), judged);
    story.at("00:00").reading(0).quiet();
    story.at("01:00").reading(90).expect("warn warn", "alarm alarm 15.0");
    // Gone again within the minute: not believed, until it could have got there.
    story.at("02:00").reading(0).expect("suspect", "alarm alarm");
    story.at("03:00").reading(0).quiet();
    story.at("05:00").reading(0).quiet();
    story
        .at("06:00")
        .reading(0)
        .expect("cleared reporting", "cleared alarm inside", "cleared alarm 15.0 inside");
  }

  private static QualityTests rate(double suspect, double fail) {
    return new QualityTests(
        null, null, new RateOfChange(suspect, fail, Duration.ofMinutes(1)), null, null, null);
  }

  @Test
  void aDryStreetIsNeverFlat() {
    Story story = new Story(Rules.street().rule());
    for (int minute = 0; minute < 7 * 24 * 60; minute += 1) {
      story.at(String.format("%02d:%02d:00", minute / 60, minute % 60)).reading(0).quiet();
    }
    assertThat(story.verdicts()).isEmpty();
    story.at("168:00:00").reading(16).expect("alarm alarm 15.0");
  }

  @Test
  void aStuckSensorIsDoubtedAndKeepsItsAlert() {
    Story story = new Story(Rules.street().rule());
    story.at("00:00").reading(10).quiet();
    story.at("01:00").reading(18).expect("alarm alarm 15.0");
    for (int minute = 2; minute < 6 * 60 + 1; minute++) {
      story.at(String.format("%02d:%02d:00", minute / 60, minute % 60)).reading(18).quiet();
    }
    assertThat(story.verdicts()).extracting(Verdict::flag).contains(QualityFlag.SUSPECT);
    story.at("06:01:00").reading(18).expect("suspect");
    assertThat(story.verdicts()).extracting(Verdict::flag).contains(QualityFlag.FAIL);
    assertThat(story.last().alert()).contains(":quality:");
    story.at("06:02:00").reading(18).quiet();
    story.tick("06:03:00").quiet();
    // It moves again, and only then is believed.
    story.at("06:04:00").reading(2).expect("cleared reporting", "cleared alarm 15.0 inside");
  }

  @Test
  void aReadingThatRepeatsOverALongPauseIsNotFlat() {
    QualityTests tests =
        new QualityTests(
            null,
            null,
            null,
            new FlatLine(Duration.ofMinutes(10), Duration.ofMinutes(20), .1, null),
            null,
            null);
    Story story =
        new Story(
            Rules.store().rule(),
            Rules.quality(
                Family.HAZMAT_STORAGE, Quantity.TEMPERATURE, Duration.ZERO, Duration.ZERO, tests));
    story.at("00:00").reading(20).quiet();
    story.at("30:00").reading(20).quiet();
    story.at("32:00").reading(20.05).quiet();
    story.at("34:00").reading(20).quiet();
    story.at("36:00").reading(20).quiet();
    story.at("38:00").reading(20).quiet();
    story.at("40:00").reading(20).expect("warn warn");
    story.at("41:00").reading(21).expect("cleared warn inside");
  }

  @Test
  void aQualityRuleWaitsAsItIsTold() {
    QualityTests tests =
        new QualityTests(
            null, new Spike(3.0, 10.0, SpikeMethod.DIFFERENTIAL), null, null, null, null);
    Rule doubt =
        Rules.quality(
            Family.HAZMAT_STORAGE,
            Quantity.TEMPERATURE,
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            tests);
    Story story = new Story(Rules.store().rule(), doubt);
    story.at("00:00").failing().reading(500).expect("suspect");
    story.at("01:00").failing().reading(500).quiet();
    story.at("03:00").failing().reading(500).expect("alarm alarm @02:00");
    story.at("04:00").reading(20).expect("cleared reporting");
    story.tick("05:03").expect("cleared alarm inside @05:00", "cleared warn inside @05:00");
  }

  @Test
  void otherTestsDoNotForgetWhatWasSeen() {
    Story story = new Story(Rules.street().rule());
    story.at("00:00").reading(18).expect("alarm alarm 15.0");
    for (int minute = 1; minute < 150; minute++) {
      story.at(minute + ":00").reading(18).quiet();
    }
    story
        .at("150:00")
        .rules(
            2,
            Rules.street().rule(),
            Rules.quality(Family.FLOOD_POINT, Quantity.DEPTH, Duration.ZERO, Duration.ZERO));
    story.quiet();
    story.at("151:00").reading(18).expect("warn warn");
  }

  /** 64 remembered times and a forecast take the most of it; the tests, some twenty bytes. */
  @Test
  void theStateOfASensorStaysSmall() {
    long seed = 11;
    Random random = new Random(seed);
    int most = 0;
    for (int bumpy = 0; bumpy < 3; bumpy++) {
      Story story = new Story(Rules.street().rule());
      for (int minute = 0; minute < 600; minute++) {
        double value = 5 + .01 * Math.rint(bumpy * random.nextGaussian());
        story
            .at(String.format("%02d:%02d:00", minute / 60, minute % 60))
            .ramp(value, 0, 1, 60); // whatever is told
        most = Math.max(most, story.bytes());
      }
    }
    assertThat(most).as("bytes, seed %d", seed).isLessThan(600);
    System.out.println("bytes of a flood gauge's state, at most: " + most);
  }
}
