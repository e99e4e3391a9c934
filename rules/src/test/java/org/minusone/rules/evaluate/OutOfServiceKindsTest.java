package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Maintenance;
import org.minusone.model.QualityFlag;
import org.minusone.model.QualityTests;
import org.minusone.model.QualityTests.Spike;
import org.minusone.model.QualityTests.SpikeMethod;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Text;
import org.minusone.model.Verdict;
import org.minusone.rules.Rules;

/** As {@link MaintenanceTest}, out of service from 12:10 to 12:20, for rules that are no limits. */
final class OutOfServiceKindsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Quantity HEAT = Quantity.TEMPERATURE;
  private static final Quantity DAMP = Quantity.HUMIDITY;

  private static Story story(Rule... rules) {
    return new Story(rules)
        .maintained(
            new Maintenance(
                "m",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Instant.parse("2026-07-01T12:10:00Z"),
                Instant.parse("2026-07-01T12:20:00Z"),
                null,
                Text.same("service"),
                "Li"));
  }

  private static Rule heat() {
    return Rules.of("heat", Family.SMOKE, HEAT)
        .above(Level.WARN, 46)
        .above(Level.ALARM, 56)
        .deadband(3)
        .steep(4, MINUTE, Map.of(Level.WARN, 36.0, Level.ALARM, 46.0))
        .rule();
  }

  private static Rule mildAndDamp(int celsius) {
    return Rules.when(
        Family.HAZMAT_STORAGE,
        HEAT,
        Map.of(Level.ALARM, "temperature > " + celsius + " && humidity >= 70"),
        Duration.ZERO,
        Duration.ZERO);
  }

  @Test
  void aJumpUnderTheEngineersHandsIsNoSpeedAfterwards() {
    Rule warming =
        Rules.of("warming", Family.SMOKE, HEAT)
            .above(Level.WARN, 4)
            .above(Level.ALARM, 8)
            .rate(MINUTE);
    story(warming)
        .at("19:30")
        .reading(20)
        .at("19:50")
        .reading(60)
        .at("20:10")
        .reading(60)
        .quiet()
        .at("20:30")
        .reading(60)
        .at("20:50")
        .reading(60)
        .quiet()
        .at("21:10")
        .reading(70)
        .expect("warn warn 4.0");
  }

  @Test
  void norDoesItBringTheNearerLimits() {
    story(heat())
        .at("19:30")
        .reading(25)
        .at("19:40")
        .reading(30)
        .at("19:50")
        .reading(35)
        .at("20:10")
        .reading(40)
        .quiet();
  }

  @Test
  void aLevelReachedAtTheNearerLimitIsLeftAtThatOneInService() {
    story(heat())
        .at("09:00")
        .reading(30)
        .at("09:20")
        .reading(35)
        .at("09:40")
        .reading(40)
        .expect("warn warn 36.0")
        .at("11:00")
        .reading(20)
        .quiet()
        .at("20:10")
        .reading(38)
        .quiet()
        .at("21:00")
        .reading(30)
        .expect("cleared warn 36.0 inside");
  }

  @Test
  void aFreeConditionThatIsStillTrueIsToldAtTheEnd() {
    story(mildAndDamp(26))
        .at("15:00")
        .reading(HEAT, 27)
        .reading(DAMP, 80)
        .quiet()
        .tick("20:03")
        .expect("alarm alarm @20:00");
    story(mildAndDamp(26))
        .at("15:00")
        .reading(HEAT, 27)
        .reading(DAMP, 80)
        .at("18:00")
        .reading(DAMP, 50)
        .tick("20:03")
        .quiet();
  }

  @Test
  void aChangeOfRulesMeanwhileClearsNoFreeCondition() {
    story(mildAndDamp(26))
        .at("09:00")
        .reading(HEAT, 27)
        .reading(DAMP, 80)
        .expect("alarm alarm")
        .at("11:00")
        .reading(HEAT, 20)
        .quiet()
        .rules(2, mildAndDamp(25))
        .quiet()
        .at("20:10")
        .reading(HEAT, 20)
        .expect("cleared alarm inside");
  }

  @Test
  void qualityIsFlaggedMeanwhileAndToldAtTheEnd() {
    Rule doubt = Rules.quality(Family.HAZMAT_STORAGE, HEAT, Duration.ZERO, Duration.ZERO);
    story(doubt)
        .at("11:00")
        .failing()
        .reading(20)
        .quiet()
        .at("19:00")
        .failing()
        .reading(20)
        .quiet()
        .at("20:30")
        .failing()
        .reading(20)
        .expect("alarm alarm @20:00", "suspect");
  }

  @Test
  void aSpikeOfThatTimeIsFlaggedButNoMatterOfTheRules() {
    QualityTests spikes =
        new QualityTests(
            null, new Spike(3.0, 10.0, SpikeMethod.DIFFERENTIAL), null, null, null, null);
    Story story =
        story(Rules.quality(Family.HAZMAT_STORAGE, HEAT, Duration.ZERO, Duration.ZERO, spikes));
    story.at("17:00").reading(20).at("18:00").reading(20).at("19:50").reading(50).quiet();
    story.at("20:10").reading(20).quiet();
    assertThat(story.verdicts())
        .extracting(Verdict::test, Verdict::flag, Verdict::value)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("spike", QualityFlag.FAIL, 50.0));
  }

  @Test
  void aSpikeJustBeforeIsNotUndoneIntoAForecastThatStartsAfresh() {
    Rule street =
        Rules.of("flood", Family.FLOOD_POINT, Quantity.DEPTH)
            .above(Level.ALARM, 40)
            .deadband(2)
            .forecast(Duration.ofMinutes(15), Level.ALARM)
            .method("static")
            .withdrawAfter(Duration.ofMinutes(30))
            .rule();
    Story story = story(street);
    for (int minute = 5; minute < 9; minute++) {
      story.at(String.format("%02d:00", minute)).reading(0);
    }
    story.at("09:30").reading(36).expect("forewarned alarm 40.0");
    story.at("10:30").reading(0).quiet(); // out of service nothing is withdrawn
    assertThat(story.verdicts()).extracting(Verdict::test).contains("spike");
    story.at("20:10").reading(0).quiet();
    assertThat(story.isForewarned()).isTrue();
    story.at("59:00").reading(0).expect("cleared alarm 40.0 withdrawn @50:10");
  }

  @Test
  void aQuantityThatFallsSilentIsToldAtTheEnd() {
    Rule mute = Rules.silent(Family.HAZMAT_STORAGE, DAMP, Duration.ofMinutes(3));
    Story story = story(mute).at("08:00").reading(HEAT, 20).reading(DAMP, 50);
    story.at("12:00").reading(HEAT, 20).tick("12:10").quiet();
    story.at("19:30").reading(HEAT, 20).tick("20:03").expect("silent notice 180.0 @20:00");
  }

  @Test
  void aQuantityThatIsHeardOfMeanwhileIsToldByTheFirstReadingInService() {
    Rule mute = Rules.silent(Family.HAZMAT_STORAGE, DAMP, Duration.ofMinutes(3));
    story(mute)
        .at("05:00")
        .reading(HEAT, 20)
        .reading(DAMP, 50)
        .tick("08:01")
        .expect("silent notice 180.0 @08:00")
        .at("11:00")
        .reading(DAMP, 50)
        .quiet()
        .at("20:10")
        .reading(HEAT, 20)
        .quiet()
        .reading(DAMP, 50)
        .expect("cleared notice 180.0 reporting");
  }
}
