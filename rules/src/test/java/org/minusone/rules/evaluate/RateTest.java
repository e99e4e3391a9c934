package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Signal;
import org.minusone.rules.Rules;

/** {@code rate:} and {@code while_rising:}: how fast it moves. */
final class RateTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Warn at 4, alarm at 8 °C a minute, over a minute. */
  private static Rules warming() {
    return Rules.of("warming", Family.SMOKE, Quantity.TEMPERATURE)
        .above(Level.WARN, 4)
        .above(Level.ALARM, 8);
  }

  /** DOMAIN §2: the vendor's class A1. */
  private static Rule heat() {
    return Rules.of("heat", Family.SMOKE, Quantity.TEMPERATURE)
        .above(Level.WARN, 46)
        .above(Level.ALARM, 56)
        .deadband(3)
        .steep(4, MINUTE, Map.of(Level.WARN, 36.0, Level.ALARM, 46.0))
        .rule();
  }

  @Test
  void aRiseIsKnownOnceThreeReadingsSpanHalfTheWindow() {
    Story story =
        new Story(warming().rate(MINUTE))
            .at("00:00")
            .reading(25)
            .quiet()
            .at("00:10")
            .reading(26)
            .quiet()
            .at("00:20")
            .reading(27)
            .quiet() // 6 °C a minute, but over 20 s only
            .at("00:30")
            .reading(28)
            .expect("warn warn 4.0");
    Signal told = story.last();
    assertThat(told.value()).isEqualTo(28);
    assertThat(told.slopePerS() * 60).isEqualTo(6);
    assertThat(told.readings()).isEqualTo(4);
    assertThat(told.used()).extracting(Signal.Used::value).containsExactly(25.0, 28.0);
    assertThat(told.used()).extracting(Signal.Used::quantity).containsOnly(Quantity.TEMPERATURE);
  }

  @Test
  void aFallHasLimitsBelowZero() {
    Rule rule =
        Rules.of("draining", Family.FIRE_FACILITY, Quantity.LEVEL)
            .below(Level.ALARM, -2)
            .rate(MINUTE);
    new Story(rule)
        .at("00:00")
        .reading(100)
        .at("00:20")
        .reading(99.5)
        .at("00:40")
        .reading(99)
        .quiet()
        .at("01:00")
        .reading(97)
        .expect("alarm alarm -2.0")
        .at("01:20")
        .reading(95)
        .at("01:40")
        .reading(95)
        .quiet()
        .at("02:00")
        .reading(95)
        .expect("cleared alarm -2.0 inside");
  }

  @Test
  void deadbandOnDelayAndOffDelayActAsForAThreshold() {
    Rule rule =
        Rules.of("warming", Family.SMOKE, Quantity.TEMPERATURE)
            .above(Level.ALARM, 6, Duration.ofSeconds(20))
            .deadband(2)
            .keepFiringFor(Duration.ofSeconds(30))
            .rate(MINUTE);
    new Story(rule)
        .ramp(25, 1, 4, 10)
        .at("00:40")
        .reading(29)
        .quiet()
        .at("00:55")
        .reading(30.5)
        .expect("alarm alarm 6.0 @00:50")
        // Five a minute: short of the limit, inside the deadband.
        .ramp(30.5, 0, 1, 5)
        .at("01:05")
        .reading(31.3)
        .at("01:15")
        .reading(32.1)
        .at("01:25")
        .reading(33)
        .at("01:35")
        .reading(33.8)
        .quiet()
        .at("01:45")
        .reading(33.8)
        .at("01:55")
        .reading(33.8)
        .at("02:05")
        .reading(33.8)
        .quiet()
        .at("02:15")
        .reading(33.8)
        .at("02:40")
        .reading(33.8)
        .expect("cleared alarm 6.0 inside @02:25");
  }

  @Test
  void oneOutlierIsNoRise() {
    Story story = new Story(warming().rate(MINUTE)).ramp(25, 0, 7, 10);
    story.at("01:10").reading(60).quiet().at("01:20").reading(25).quiet();
    story.at("01:30").reading(25).quiet();
  }

  @Test
  void aGapStartsAfreshAndClearsNothing() {
    new Story(warming().rate(MINUTE))
        .ramp(25, 2, 7, 10)
        .at("01:10")
        .reading(39)
        .quiet()
        .at("04:00")
        .reading(39)
        .quiet() // what happened meanwhile is not known
        .at("04:10")
        .reading(39)
        .at("04:20")
        .reading(39)
        .quiet()
        .at("04:30")
        .reading(39)
        .expect("cleared alarm 8.0 inside", "cleared warn 4.0 inside");
  }

  @Test
  void aSlowRiseInCoarseStepsIsNoFastOne() {
    Story story = new Story(warming().rate(MINUTE));
    for (int i = 0; i < 200; i++) {
      long s = i * 7L;
      double value = Math.rint(25 + s / 60.0 * 1.2); // 1.2 °C a minute, told in whole degrees
      story.at(String.format("%02d:%02d", s / 60, s % 60)).reading(value).quiet();
    }
  }

  /** Irregular intervals, noise and half degrees: still within a third of the truth. */
  @Test
  void theSlopeIsNearTheTruth() {
    long seed = 11;
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Slope slope = new Slope(60_000);
      double perMinute = 6 + random.nextInt(20);
      long time = random.nextInt(1_000_000);
      long begin = time;
      int everyMs = 500 + random.nextInt(12_000);
      while (time < begin + 90_000) {
        double value = 25 + (time - begin) / 60_000.0 * perMinute + random.nextGaussian() * .2;
        slope.take(time, Math.rint(value * 2) / 2);
        time += everyMs / 2 + random.nextInt(everyMs);
      }
      assertThat(slope.perSecond() * 60)
          .as("seed %d, round %d, each %d ms", seed, round, everyMs)
          .isBetween(perMinute * .67, perMinute * 1.33);
      assertThat(slope.points).isLessThanOrEqualTo(Slope.MOST_POINTS);
    }
  }

  @Test
  void aLateReadingChangesNoSlope() {
    Story story = new Story(warming().rate(MINUTE)).ramp(25, 0, 7, 10);
    story.at("01:02").reading(25).quiet();
    story.at("00:31").arriving("01:04").reading(90).quiet();
    story.at("01:12").reading(25).quiet().at("01:22").reading(25).quiet();
  }

  @Test
  void aFastRiseHasNearerLimitsAndIsLeftAtThem() {
    new Story(heat())
        .ramp(25, 0, 6, 10)
        .ramp(25, 2, 6, 10) // 12 °C a minute
        .at("02:00")
        .reading(37)
        .expect("warn warn 36.0")
        .at("02:10")
        .reading(42)
        .quiet()
        .at("02:20")
        .reading(47)
        .expect("alarm alarm 46.0")
        // It rises no more, and is none the less hot.
        .ramp(50, 0, 12, 10)
        .at("04:30")
        .reading(50)
        .quiet()
        .at("04:40")
        .reading(44)
        .quiet()
        .at("04:50")
        .reading(42)
        .expect("cleared alarm 46.0 inside")
        .at("05:00")
        .reading(32)
        .expect("cleared warn 36.0 inside")
        // The next one is slow.
        .ramp(35, .1, 100, 10)
        .at("22:00")
        .reading(45.9)
        .quiet()
        .at("22:10")
        .reading(46)
        .expect("warn warn 46.0")
        .at("22:20")
        .reading(44)
        .quiet()
        .at("22:30")
        .reading(42.9)
        .expect("cleared warn 46.0 inside");
  }

  @Test
  void aChangedRuleKeepsWhatIsStillTrue() {
    Story story =
        new Story(warming().rate(MINUTE)).ramp(25, 2, 7, 10).at("01:10").reading(39).quiet();
    story
        .at("01:15")
        .rules(2, warming().above(Level.ALARM, 10).rate(MINUTE))
        .quiet()
        .at("01:16")
        .rules(3, warming().above(Level.ALARM, 20).rate(MINUTE))
        .expect("cleared alarm 10.0 rule-changed");
  }

  @Test
  void aChangedWindowGoesOnUntilTheSpeedIsKnownAgain() {
    new Story(warming().rate(MINUTE))
        .ramp(25, 2, 7, 10)
        .at("01:10")
        .reading(39)
        .quiet()
        .rules(2, warming().rate(Duration.ofSeconds(40)))
        .quiet()
        .at("01:20")
        .reading(39)
        .at("01:30")
        .reading(39)
        .quiet()
        .at("01:40")
        .reading(39)
        .expect("cleared alarm 8.0 inside", "cleared warn 4.0 inside");
  }

  @Test
  void aChangedSteepRuleKeepsWhatTheNearerLimitHolds() {
    Rule nearer =
        Rules.of("heat", Family.SMOKE, Quantity.TEMPERATURE)
            .above(Level.WARN, 50)
            .above(Level.ALARM, 60)
            .deadband(3)
            .steep(4, MINUTE, Map.of(Level.WARN, 40.0, Level.ALARM, 45.0))
            .rule();
    new Story(heat())
        .ramp(25, 3, 8, 10)
        .at("01:20")
        .reading(49)
        .quiet()
        .rules(2, nearer)
        .quiet()
        .at("01:30")
        .reading(43)
        .quiet()
        .at("01:40")
        .reading(41)
        .expect("cleared alarm 45.0 inside");
  }
}
