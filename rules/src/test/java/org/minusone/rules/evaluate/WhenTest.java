package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.model.Signal;
import org.minusone.rules.Rules;

/** {@code when:}, a free condition over a sensor's latest quantities. */
final class WhenTest {
  private static final Quantity HEAT = Quantity.TEMPERATURE;
  private static final Quantity DAMP = Quantity.HUMIDITY;

  private static Rule when(String... levels) {
    return when(Duration.ZERO, Duration.ZERO, levels);
  }

  private static Rule when(Duration hold, Duration keep, String... levels) {
    Map<Level, String> ladder =
        levels.length == 1
            ? Map.of(Level.ALARM, levels[0])
            : Map.of(Level.WARN, levels[0], Level.ALARM, levels[1]);
    return Rules.when(Family.HAZMAT_STORAGE, HEAT, ladder, hold, keep);
  }

  @Test
  void isEvaluatedWhenAnyOfItsQuantitiesIsRead() {
    Story story =
        new Story(when("temperature > 26 && humidity >= 70"))
            .at("00:00")
            .reading(HEAT, 27)
            .quiet()
            .at("00:10")
            .reading(DAMP, 70)
            .expect("alarm alarm");
    Signal told = story.last();
    assertThat(told.quantity()).isEqualTo(HEAT);
    assertThat(told.value()).isEqualTo(27);
    assertThat(told.limit()).isNull();
    Instant noon = Instant.parse("2026-07-01T12:00:00Z");
    assertThat(told.used())
        .containsExactly(
            new Signal.Used(HEAT, 27.0, null, noon),
            new Signal.Used(DAMP, 70.0, null, noon.plusSeconds(10)));
    story.at("00:20").reading(HEAT, 26).expect("cleared alarm inside");
  }

  @Test
  void standsAsHighAsItsWorstTrueLevel() {
    new Story(when("temperature > 26", "temperature > 26 && humidity > 80"))
        .at("00:00")
        .reading(HEAT, 27)
        .expect("warn warn")
        .at("00:10")
        .reading(DAMP, 81)
        .expect("alarm alarm")
        .at("00:20")
        .reading(HEAT, 25)
        .expect("cleared alarm inside", "cleared warn inside");
  }

  @Test
  void aQuantityThatWasNeverReadMakesNothingTrue() {
    new Story(when("humidity > 80 || temperature > 30", "!(humidity > 80) && temperature > 30"))
        .at("00:00")
        .reading(HEAT, 29)
        .quiet()
        .at("00:10")
        .reading(HEAT, 31)
        .expect("warn warn") // the side that is known holds
        .at("00:20")
        .reading(DAMP, 50)
        .expect("alarm alarm");
  }

  @Test
  void wordsCount() {
    new Story(when("state in ['fault', 'removed'] && temperature > 20"))
        .at("00:00")
        .reading(HEAT, 25)
        .at("00:10")
        .word("normal")
        .quiet()
        .at("00:20")
        .word("removed")
        .expect("alarm alarm");
  }

  @Test
  void itsDelaysAreThoseOfOtherRules() {
    Duration hold = Duration.ofSeconds(20);
    new Story(when(hold, Duration.ofSeconds(30), "temperature > 26 && humidity > 70"))
        .at("00:00")
        .reading(HEAT, 27)
        .at("00:10")
        .reading(DAMP, 75)
        .quiet()
        .at("00:15")
        .reading(DAMP, 60)
        .at("00:20")
        .reading(DAMP, 75)
        .quiet()
        .tick("00:42")
        .expect("alarm alarm @00:40")
        .at("00:50")
        .reading(DAMP, 60)
        .quiet()
        .at("01:30")
        .reading(DAMP, 60)
        .expect("cleared alarm inside @01:20");
  }

  @Test
  void aFailedReadingIsNotUsed() {
    new Story(when("temperature > 26 && humidity > 70"))
        .at("00:00")
        .reading(HEAT, 27)
        .at("00:10")
        .reading(DAMP, 75)
        .expect("alarm alarm")
        .at("00:20")
        .failing()
        .reading(HEAT, 5)
        .expect("suspect")
        .at("00:30")
        .reading(DAMP, 76)
        .quiet();
  }

  @Test
  void anAgeRaisesNothingByItselfAndClearsNothing() {
    new Story(when("temperature > 26 && age(temperature) < duration('1m') && humidity > 70"))
        .at("00:00")
        .reading(HEAT, 27)
        .at("02:00")
        .reading(DAMP, 75)
        .quiet() // too old
        .at("02:10")
        .reading(HEAT, 27)
        .expect("alarm alarm")
        .at("10:00")
        .reading(DAMP, 75)
        .quiet() // only the age speaks against it: that is not safety
        .at("10:10")
        .reading(DAMP, 60)
        .expect("cleared alarm inside");
  }

  @Test
  void aLateReadingRaisesNothing() {
    new Story(when("temperature > 26"))
        .at("01:00")
        .reading(HEAT, 20)
        .at("00:30")
        .arriving("01:10")
        .reading(HEAT, 40)
        .quiet()
        .was(Outcome.LATE);
  }

  @Test
  void aChangedExpressionKeepsWhatIsStillTrue() {
    new Story(when("temperature > 26", "temperature > 30"))
        .at("00:00")
        .reading(HEAT, 31)
        .expect("alarm alarm")
        .at("00:05")
        .rules(2, when("temperature > 20", "temperature > 30 && true"))
        .quiet()
        .rules(3, when("temperature > 20", "temperature > 32"))
        .expect("cleared alarm rule-changed")
        .rules(4, when("humidity > 20", "temperature > 32"))
        .expect("cleared warn rule-changed");
  }

  @Test
  void aThresholdMayBecomeAFreeCondition() {
    Rule threshold = Rules.of("free", Family.HAZMAT_STORAGE, HEAT).above(Level.ALARM, 30).rule();
    new Story(threshold)
        .at("00:00")
        .reading(HEAT, 31)
        .expect("alarm alarm 30.0")
        .at("00:05")
        .rules(2, when("temperature > 29"))
        .quiet()
        .at("00:10")
        .reading(HEAT, 28)
        .expect("cleared alarm inside");
  }
}
