package org.minusone.rules.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.rules.Rules;
import org.minusone.rules.score.Crossing;
import org.minusone.rules.score.FalseWarning;
import org.minusone.rules.score.Score;
import org.minusone.rules.score.Warning;

/** A small generated history: eight streets, six storms each, half of which reach 15 cm. */
final class CalibratorTest {
  private static final Rule STREET = Rules.street().method("three-trends").rule();
  private static final long DAY_MS = 86_400_000;

  private static List<Reading> history(int streets, double highestPeak) {
    Random random = new Random(11);
    List<Reading> readings = new ArrayList<>();
    for (int street = 0; street < streets; street++) {
      SensorKey key = new SensorKey(new SiteId("fubao"), new SensorId("F-" + street));
      for (int storm = 0; storm < 6; storm++) {
        double peak = 8 + (highestPeak - 8) * random.nextDouble();
        double riseMinutes = 10 + 30 * random.nextDouble();
        for (int minute = 0; minute < 180; minute++) {
          double depth =
              minute < riseMinutes
                  ? peak * minute / riseMinutes
                  : peak * Math.exp(-(minute - riseMinutes) / 30);
          double value = Math.max(0, Math.rint(10 * (depth + .3 * random.nextGaussian())) / 10);
          long at = storm * DAY_MS + minute * 60_000L;
          readings.add(
              Reading.number(key, Family.FLOOD_POINT, Quantity.DEPTH, at, at, Stamp.OWN, value));
        }
      }
    }
    return readings;
  }

  private static Calibration calibrate(List<Reading> readings, double precision) {
    return Calibrator.calibrate(STREET, readings, precision, true).orElseThrow();
  }

  @Test
  void whatIsProposedHoldsOnStreetsItWasNotFittedOn() {
    Calibration proposal = calibrate(history(8, 24), .75);
    assertThat(proposal.rule()).isEqualTo("flood");
    assertThat(proposal.probability()).isBetween(.25, .95);
    assertThat(proposal.sensors()).isEqualTo(8);
    assertThat(proposal.folds()).isEqualTo(8);
    assertThat(proposal.heldOut().events()).isEqualTo(proposal.before().events());
    assertThat(proposal.heldOut().recall()).isGreaterThan(.9);
    assertThat(proposal.heldOut().precision()).isGreaterThan(.65);
    assertThat(proposal.interval()).isNotNull();
    assertThat(proposal.heldOut().intervalCoverage()).isBetween(.6, .95);
    assertThat(proposal.figures()).contains("crossings at 8 sensors", "8 parts");
  }

  @Test
  void whoAsksForFewerFalseOnesGetsAHigherPointAndForeseesNoMore() {
    List<Reading> readings = history(8, 24);
    Calibration lax = calibrate(readings, .5);
    Calibration strict = calibrate(readings, .9);
    assertThat(strict.probability()).isGreaterThan(lax.probability());
    assertThat(strict.heldOut().foreseen()).isLessThanOrEqualTo(lax.heldOut().foreseen());
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() {
    List<Reading> readings = history(4, 24);
    Calibration first = calibrate(readings, .75);
    Collections.shuffle(readings, new Random(3));
    assertThat(calibrate(readings, .75)).isEqualTo(first);
  }

  @Test
  void oneSensorIsFittedToItselfAndSaysSo() {
    Calibration proposal = calibrate(history(1, 30), .75);
    assertThat(proposal.folds()).isEqualTo(1);
    assertThat(proposal.interval()).isNull(); // six storms say nothing about an interval
    assertThat(proposal.figures()).contains("1 sensor,", "on the sensors it was fitted to");
  }

  @Test
  void whereNothingEverCrossedThereIsNothingToFit() {
    assertThat(Calibrator.calibrate(STREET, history(3, 9), .75, true)).isEmpty();
    assertThat(Calibrator.calibrate(STREET, List.of(), .75, true)).isEmpty();
  }

  @Test
  void aMethodWithoutAnOperatingPointGetsAnIntervalOnly() {
    Optional<Calibration> proposal =
        Calibrator.calibrate(Rules.street().method("holt").rule(), history(8, 24), .75, true);
    assertThat(proposal.orElseThrow().probability()).isNull();
    assertThat(proposal.orElseThrow().interval()).isNotNull();
  }

  @Test
  void whatComesTrueLessOftenThanBeforeAndThanWantedHelpsNobody() {
    assertThat(proposal(score(6, 2), score(6, 3)).helps(.75)).isFalse();
    assertThat(proposal(score(6, 2), score(6, 2)).helps(.75)).as("as before").isTrue();
    assertThat(proposal(score(9, 1), score(6, 2)).helps(.75)).as("as wanted").isTrue();
    assertThat(proposal(score(0, 0), score(1, 9)).helps(.75)).as("none before").isTrue();
  }

  private static Calibration proposal(Score before, Score heldOut) {
    return new Calibration("flood", "three-trends", .9, null, before, heldOut, 2, 2);
  }

  private static Score score(int foreseen, int wrong) {
    SensorId sensor = new SensorId("F-1");
    return new Score(
        Collections.nCopies(foreseen, new Crossing(sensor, 1, 16, warning(sensor))),
        Collections.nCopies(
            wrong, new FalseWarning(warning(sensor), 2, FalseWarning.Reason.CLEARED)),
        0,
        0,
        0,
        0);
  }

  private static Warning warning(SensorId sensor) {
    return new Warning(sensor, 0, null, null, null);
  }
}
