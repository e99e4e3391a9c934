package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;
import org.minusone.rules.Rules;

/** {@code silent:} beside {@code quantity:}: a sensor that reports, but not of that. */
final class QuantitySilenceTest {
  private static final Quantity HEAT = Quantity.TEMPERATURE;
  private static final Quantity DAMP = Quantity.HUMIDITY;
  private static final Rule DAMP_SILENT =
      Rules.silent(Family.HAZMAT_STORAGE, DAMP, Duration.ofMinutes(3));
  private static final Rule WHOLLY = Rules.silent(Family.HAZMAT_STORAGE, Duration.ofMinutes(3));

  @Test
  void aQuantityThatIsNoLongerHeardOfIsSilent() {
    Story story =
        new Story(DAMP_SILENT)
            .at("00:00")
            .reading(HEAT, 20)
            .reading(DAMP, 50)
            .at("01:00")
            .reading(HEAT, 20)
            .at("02:00")
            .reading(HEAT, 20)
            .tick("02:59")
            .quiet()
            .tick("03:01")
            .expect("silent notice 180.0 @03:00");
    assertThat(story.last().quantity()).isEqualTo(DAMP);
    assertThat(story.last().value()).isNull();
    story.at("04:00").reading(HEAT, 20).quiet();
    story.at("04:10").reading(DAMP, 50).expect("cleared notice 180.0 reporting");
  }

  @Test
  void whatWasNeverHeardOfIsNotSilent() {
    new Story(DAMP_SILENT).at("00:00").reading(HEAT, 20).tick("10:00").quiet();
  }

  @Test
  void itIsSilentBesideASensorThatIsDeadToo() {
    new Story(DAMP_SILENT)
        .at("00:00")
        .reading(DAMP, 50)
        .tick("05:00")
        .expect("silent notice 180.0 @03:00");
  }

  @Test
  void whereTheWholeSensorIsSilentItSaysNothingOfItsOwn() {
    new Story(WHOLLY, DAMP_SILENT)
        .at("00:00")
        .reading(HEAT, 20)
        .reading(DAMP, 50)
        .tick("05:00")
        .expect("silent notice 180.0 @03:00")
        .tick("09:00")
        .quiet()
        // Back: the humidity has its time anew.
        .at("10:00")
        .reading(HEAT, 20)
        .expect("cleared notice 180.0 reporting")
        .tick("10:30")
        .quiet()
        .at("12:00")
        .reading(HEAT, 20)
        .tick("13:01")
        .expect("silent notice 180.0 @13:00");
  }

  @Test
  void itCountsAnewAfterARestart() {
    new Story(DAMP_SILENT)
        .at("00:00")
        .reading(HEAT, 20)
        .reading(DAMP, 50)
        .restart()
        .tick("05:00", Duration.ofSeconds(10))
        .quiet()
        .tick("08:00", Duration.ofMinutes(3))
        .expect("silent notice 180.0 @03:00")
        .restart()
        .tick("09:00", Duration.ofMinutes(4))
        .quiet();
  }

  @Test
  void aShorterTimeGoesOnALongerOneIsYetToBeSeen() {
    Rule shorter = Rules.silent(Family.HAZMAT_STORAGE, DAMP, Duration.ofMinutes(2));
    Rule longer = Rules.silent(Family.HAZMAT_STORAGE, DAMP, Duration.ofMinutes(9));
    new Story(DAMP_SILENT)
        .at("00:00")
        .reading(HEAT, 20)
        .reading(DAMP, 50)
        .tick("05:00")
        .expect("silent notice 180.0 @03:00")
        .rules(2, shorter)
        .quiet()
        .rules(3, longer)
        .expect("cleared notice 120.0 rule-changed");
  }
}
