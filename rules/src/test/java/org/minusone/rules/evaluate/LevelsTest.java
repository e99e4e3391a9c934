package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Quantity;
import org.minusone.rules.Rules;

/** CONTRACTS §4: levels, deadband, on-delay, off-delay, states. */
final class LevelsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aReadingAtTheLimitCountsAndTheDeadbandActsOnClearingOnly() {
    new Story(Rules.store().rule())
        .at("00:00")
        .reading(27.9)
        .quiet()
        .at("01:00")
        .reading(28)
        .expect("warn warn 28.0")
        .at("02:00")
        .reading(27.5)
        .quiet()
        .at("03:00")
        .reading(27)
        .quiet()
        .at("04:00")
        .reading(26.9)
        .expect("cleared warn 28.0 inside")
        .at("05:00")
        .reading(27.9)
        .quiet()
        .at("06:00")
        .reading(28.1)
        .expect("warn warn 28.0");
  }

  @Test
  void upOnlyTheHighestIsToldDownEachLevelHighestFirst() {
    new Story(Rules.store().rule())
        .at("00:00")
        .reading(36)
        .expect("critical critical 35.0")
        .at("01:00")
        .reading(33)
        .expect("cleared critical 35.0 inside")
        .at("02:00")
        .reading(36)
        .expect("critical critical 35.0")
        .at("03:00")
        .reading(20)
        .expect(
            "cleared critical 35.0 inside",
            "cleared alarm 30.0 inside",
            "cleared warn 28.0 inside");
  }

  @Test
  void anEpisodeKeepsItsIdUntilNothingIsOpen() {
    Story story = new Story(Rules.store().rule());
    story.at("00:00").reading(28).expect("warn warn 28.0");
    String first = story.last().alert();
    story.at("01:00").reading(31).expect("alarm alarm 30.0");
    assertThat(story.last().alert()).isEqualTo(first);
    story.at("02:00").reading(28.5).expect("cleared alarm 30.0 inside");
    story.at("03:00").reading(20).expect("cleared warn 28.0 inside");
    assertThat(story.last().alert()).isEqualTo(first);
    story.at("04:00").reading(28).expect("warn warn 28.0");
    assertThat(story.last().alert()).isNotEqualTo(first);
  }

  @Test
  void aSignalSaysWhatItStandsOn() {
    Story story = new Story(Rules.store().rule());
    story.at("00:00").reading(28.4).expect("warn warn 28.0");
    assertThat(story.last().alert()).isEqualTo("fubao:S-1:heat:1782907200000");
    assertThat(story.last().value()).isEqualTo(28.4);
    assertThat(story.last().version()).isEqualTo(1);
    assertThat(story.last().quantity()).isEqualTo(Quantity.TEMPERATURE);
    assertThat(story.last().etaS()).isNull();
  }

  @Test
  void anOnDelayRaisesAtItsDeadlineBetweenTheReadings() {
    new Story(
            Rules.of("load", Family.ELECTRICAL, Quantity.LOAD)
                .above(Level.WARN, 80, MINUTE)
                .above(Level.ALARM, 100, Duration.ofSeconds(30))
                .rule())
        .at("00:00")
        .reading(85)
        .quiet()
        .at("00:20")
        .reading(79)
        .quiet()
        .at("00:40")
        .reading(85)
        .quiet()
        .at("01:30")
        .reading(85)
        .quiet()
        .at("02:00")
        .reading(86)
        .expect("warn warn 80.0 @01:40")
        .at("03:00")
        .reading(105)
        .quiet()
        .at("03:30")
        .reading(50)
        .expect("alarm alarm 100.0", "cleared alarm 100.0 inside", "cleared warn 80.0 inside");
  }

  @Test
  void anOffDelayClearsAtItsDeadlineUnlessTheValueLeavesTheDeadband() {
    new Story(Rules.store().keepFiringFor(MINUTE).rule())
        .at("00:00")
        .reading(28)
        .expect("warn warn 28.0")
        .at("00:30")
        .reading(26)
        .quiet()
        .at("01:00")
        .reading(27.5)
        .quiet()
        .at("01:10")
        .reading(26)
        .quiet()
        .at("02:00")
        .reading(26)
        .quiet()
        .at("02:30")
        .reading(29)
        .expect("cleared warn 28.0 inside @02:10", "warn warn 28.0");
  }

  @Test
  void aDeadlineFiresBeforeTheReadingAtTheSameInstantAndIdsStayApart() {
    Story story =
        new Story(
            Rules.of("load", Family.ELECTRICAL, Quantity.LOAD)
                .above(Level.WARN, 80, MINUTE)
                .rule());
    story.at("00:00").reading(85).quiet();
    story.at("01:00").reading(10).expect("warn warn 80.0", "cleared warn 80.0 inside");
  }

  @Test
  void deadlinesOfSeveralRulesFireInOrder() {
    new Story(
            Rules.of("a", Family.ELECTRICAL, Quantity.LOAD).above(Level.WARN, 80, MINUTE).rule(),
            Rules.of("b", Family.ELECTRICAL, Quantity.LOAD)
                .above(Level.ALARM, 80, Duration.ofSeconds(30))
                .rule())
        .at("00:00")
        .reading(85)
        .quiet()
        .at("05:00")
        .reading(85)
        .expect("alarm alarm 80.0 @00:30", "warn warn 80.0 @01:00");
  }

  @Test
  void below() {
    new Story(
            Rules.of("tank", Family.FIRE_FACILITY, Quantity.LEVEL)
                .below(Level.WARN, 90)
                .below(Level.ALARM, 80)
                .deadband(2)
                .rule())
        .at("00:00")
        .reading(90.1)
        .quiet()
        .at("01:00")
        .reading(90)
        .expect("warn warn 90.0")
        .at("02:00")
        .reading(79)
        .expect("alarm alarm 80.0")
        .at("03:00")
        .reading(82)
        .quiet()
        .at("04:00")
        .reading(82.1)
        .expect("cleared alarm 80.0 inside")
        .at("05:00")
        .reading(93)
        .expect("cleared warn 90.0 inside");
  }

  @Test
  void aDeadbandInPercentOfTheLimit() {
    new Story(
            Rules.of("leak", Family.ELECTRICAL, Quantity.RESIDUAL_CURRENT)
                .above(Level.ALARM, 300)
                .deadbandPercent(10)
                .rule())
        .at("00:00")
        .reading(300)
        .expect("alarm alarm 300.0")
        .at("01:00")
        .reading(270)
        .quiet()
        .at("02:00")
        .reading(269)
        .expect("cleared alarm 300.0 inside");
  }

  @Test
  void wordsAreLevelsToo() {
    Story story = new Story(Rules.state(Family.SMOKE, Duration.ZERO, Duration.ZERO));
    story.at("00:00").word("normal").quiet();
    story.at("01:00").word("low-battery").expect("warn warn");
    assertThat(story.last().word()).isEqualTo("low-battery");
    assertThat(story.last().value()).isNull();
    story
        .at("02:00")
        .word("fire")
        .expect("critical critical")
        .at("03:00")
        .word("fault")
        .expect("cleared critical inside")
        .at("04:00")
        .word("normal")
        .expect("cleared warn inside");
  }

  @Test
  void wordsHaveDelays() {
    new Story(Rules.state(Family.SMOKE, Duration.ofSeconds(20), Duration.ofSeconds(40)))
        .at("00:00")
        .word("fire")
        .quiet()
        .at("00:10")
        .word("normal")
        .quiet()
        .at("01:00")
        .word("fire")
        .quiet()
        .at("02:00")
        .word("normal")
        .expect("critical critical @01:20")
        .at("03:00")
        .word("normal")
        .expect("cleared critical inside @02:40", "cleared warn inside @02:40");
  }
}
