package org.minusone.rules.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;

/** What every method must hold, and what the usual ones see. */
final class ForecastersTest {
  private static Task task(
      Quantity quantity, Rule.Direction direction, double limit, int horizonS) {
    return new Task(quantity, direction, new double[] {limit}, Duration.ofSeconds(horizonS));
  }

  static Iterable<String> methods() {
    return Forecasters.names();
  }

  /** Steps, gaps up to an hour, stuck and quantised values, readings a millisecond apart. */
  @ParameterizedTest
  @MethodSource("methods")
  void nothingThatIsFedInGivesNonsense(String method) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int foreseenOnes = 0;
    for (int round = 0; round < 300; round++) {
      Rule.Direction direction = Rule.Direction.values()[random.nextInt(2)];
      Quantity quantity = round % 2 == 0 ? Quantity.TEMPERATURE : Quantity.DEPTH;
      double limit = random.nextInt(100) - 20;
      int horizonS = 10 + random.nextInt(1000);
      Forecaster forecaster = Forecasters.of(method, task(quantity, direction, limit, horizonS));
      double[] memory = new double[forecaster.memorySize()];
      Outlook outlook = new Outlook();
      double value = random.nextDouble() * 100;
      forecaster.start(memory, value);
      for (int i = 0; i < 100; i++) {
        value =
            switch (random.nextInt(5)) {
              case 0 -> value;
              case 1 -> random.nextDouble() * 1e6 - 5e5;
              case 2 -> Math.rint(value);
              case 3 -> limit - random.nextGaussian();
              default -> value + random.nextGaussian();
            };
        double seconds = random.nextInt(5) == 0 ? .001 : random.nextDouble() * 3600;
        if (random.nextInt(20) == 0) {
          forecaster.start(memory, value);
        } else {
          forecaster.update(memory, seconds, value);
        }
        boolean foreseen = forecaster.foresees(memory, value, 0, outlook);
        foreseenOnes += foreseen ? 1 : 0;
        if (!Double.isNaN(outlook.probability)) {
          assertThat(outlook.probability).as("seed %d", seed).isBetween(0.0, 1.0);
        }
        if (foreseen && !Double.isNaN(outlook.etaS)) {
          double furthest = Math.max(4.0 * horizonS, 3600) + .001;
          assertThat(outlook.etaS).as("seed %d", seed).isBetween(0.0, furthest);
          assertThat(outlook.etaLowS).as("seed %d", seed).isBetween(0.0, outlook.etaS);
          assertThat(outlook.etaHighS).as("seed %d", seed).isFinite();
          assertThat(outlook.etaHighS).as("seed %d", seed).isGreaterThanOrEqualTo(outlook.etaS);
        }
        for (double kept : memory) {
          assertThat(kept).as("seed %d", seed).isFinite();
        }
      }
    }
    assertThat(foreseenOnes).as("seed %d", seed).isPositive();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void belowIsAboveMirrored(String method) {
    Forecaster above =
        Forecasters.of(method, task(Quantity.TEMPERATURE, Rule.Direction.ABOVE, 30, 600));
    Forecaster below =
        Forecasters.of(method, task(Quantity.TEMPERATURE, Rule.Direction.BELOW, -30, 600));
    double[] up = new double[above.memorySize()];
    double[] down = new double[below.memorySize()];
    Outlook high = new Outlook();
    Outlook low = new Outlook();
    above.start(up, 20);
    below.start(down, -20);
    boolean any = false;
    for (int i = 1; i < 12; i++) {
      double value = 20 + .8 * i;
      above.update(up, 60, value);
      below.update(down, 60, -value);
      boolean foreseen = above.foresees(up, value, 0, high);
      any |= foreseen;
      assertThat(below.foresees(down, -value, 0, low)).isEqualTo(foreseen);
      assertThat(Double.compare(low.etaS, high.etaS)).isZero();
      assertThat(Double.compare(low.probability, high.probability)).isZero();
    }
    assertThat(any).isTrue();
  }

  /** A spike is taken back by putting the memory from before it back. */
  @ParameterizedTest
  @MethodSource("methods")
  void theLastReadingIsUndoneByTheMemoryBeforeIt(String method) {
    Forecaster forecaster =
        Forecasters.of(method, task(Quantity.DEPTH, Rule.Direction.ABOVE, 15, 900));
    double[] memory = new double[forecaster.memorySize()];
    double[] other = new double[forecaster.memorySize()];
    forecaster.start(memory, 0);
    forecaster.start(other, 0);
    for (int i = 1; i < 8; i++) {
      forecaster.update(memory, 60, i);
      forecaster.update(other, 60, i);
    }
    double[] before = memory.clone();
    forecaster.update(memory, 60, 80);
    System.arraycopy(before, 0, memory, 0, before.length);
    forecaster.update(memory, 120, 9);
    forecaster.update(other, 120, 9);
    assertThat(memory).isEqualTo(other);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void constantsScaleWithTheHorizon(String method) {
    double slow = leadOfRamp(method, 900, 60);
    double fast = leadOfRamp(method, 90, 6);
    assertThat(slow).isPositive().isCloseTo(10 * fast, within(1));
  }

  /** Seconds before the crossing of a steady rise from 0 to 15 cm in {@code horizonS}. */
  private static double leadOfRamp(String method, int horizonS, int everyS) {
    Forecaster forecaster =
        Forecasters.of(method, task(Quantity.DEPTH, Rule.Direction.ABOVE, 15, horizonS));
    double[] memory = new double[forecaster.memorySize()];
    Outlook outlook = new Outlook();
    forecaster.start(memory, 0);
    for (int t = everyS; t < horizonS; t += everyS) {
      double value = 15.0 * t / horizonS;
      forecaster.update(memory, everyS, value);
      if (forecaster.foresees(memory, value, 0, outlook)) {
        return horizonS - t;
      }
    }
    return 0;
  }

  /**
   * A hazmat store at 26 °C that warms evenly to 30 °C, as the rules that name no method see it: at
   * every pace of readings it is foreseen 40 s before, or by the first four readings that show it.
   */
  @ParameterizedTest
  @CsvSource({
    "1.2, 1", "1.2, 2", "1.2, 10", "1.2, 30", "1.2, 60", "2.4, 1", "2.4, 2", "2.4, 10", "2.4, 30",
    "3.6, 1", "3.6, 2", "3.6, 10"
  })
  void aStoreThatWarmsIsForeseenAtEveryPace(double perMinute, int everyS) {
    Forecaster forecaster =
        Forecasters.of(null, task(Quantity.TEMPERATURE, Rule.Direction.ABOVE, 30, 900));
    double[] memory = new double[forecaster.memorySize()];
    Outlook outlook = new Outlook();
    Random noise = new Random(7);
    forecaster.start(memory, 26);
    for (int t = everyS; t < 1800; t += everyS) {
      double value = Math.rint(10 * (26 + .05 * noise.nextGaussian())) / 10;
      forecaster.update(memory, everyS, value);
      assertThat(forecaster.foresees(memory, value, 0, outlook)).as("calm at %d s", t).isFalse();
    }
    double crossing = 4 / perMinute * 60;
    double lead = 0;
    for (int t = everyS; t < crossing && lead == 0; t += everyS) {
      double value = Math.rint(10 * (26 + perMinute * t / 60 + .05 * noise.nextGaussian())) / 10;
      forecaster.update(memory, everyS, value);
      if (forecaster.foresees(memory, value, 0, outlook)) {
        lead = crossing - t;
        assertThat(outlook.etaHighS).isGreaterThan(outlook.etaLowS);
        assertThat(outlook.probability).isBetween(0.0, 1.0);
      }
    }
    assertThat(lead).isGreaterThanOrEqualTo(Math.min(40, crossing - 4 * everyS)).isPositive();
  }

  /** 22 to 27 °C and back every day, a limit of 30: nothing to foresee. */
  /** A trend that has followed a steep fall swings back; the readings do not. */
  @ParameterizedTest
  @MethodSource("methods")
  void afterASteepFallNothingIsForeseenFromRest(String method) {
    for (int everyS : new int[] {2, 10, 30}) {
      Forecaster forecaster =
          Forecasters.of(method, task(Quantity.TEMPERATURE, Rule.Direction.ABOVE, 54, 60));
      double[] memory = new double[forecaster.memorySize()];
      Outlook outlook = new Outlook();
      forecaster.start(memory, 22);
      for (int i = 1; i < 400; i++) {
        double celsius = i < 100 ? 22 : i < 200 ? 300 : 22 + 278 * Math.exp(-(i - 199.0) / 3);
        forecaster.update(memory, everyS, celsius);
        if (forecaster.foresees(memory, celsius, 0, outlook)) {
          assertThat(celsius).as("%s, reading %d every %d s", method, i, everyS).isGreaterThan(26);
        }
      }
    }
  }

  @Test
  void theDailyCourseIsNoThreat() {
    Forecaster forecaster =
        Forecasters.of(null, task(Quantity.TEMPERATURE, Rule.Direction.ABOVE, 30, 900));
    double[] memory = new double[forecaster.memorySize()];
    Outlook outlook = new Outlook();
    Random noise = new Random(7);
    forecaster.start(memory, 22);
    for (int minute = 1; minute < 3 * 1440; minute++) {
      double value =
          24.5 - 2.5 * Math.cos(minute / 1440.0 * 2 * Math.PI) + .1 * noise.nextGaussian();
      forecaster.update(memory, 60, value);
      assertThat(forecaster.foresees(memory, value, 0, outlook)).as("minute %d", minute).isFalse();
    }
  }

  /** Of two sites with the same rise, the one that has always crossed is announced first. */
  @Test
  void aSiteThatFloodsIsAnnouncedBeforeOneThatNeverDid() {
    assertThat(readingsUntilForeseen(16)).isLessThan(readingsUntilForeseen(9));
  }

  private static int readingsUntilForeseen(double earlierPeaks) {
    Forecaster forecaster =
        Forecasters.of("three-trends", task(Quantity.DEPTH, Rule.Direction.ABOVE, 15, 900));
    double[] memory = new double[forecaster.memorySize()];
    Outlook outlook = new Outlook();
    for (int storm = 0; storm < 4; storm++) {
      forecaster.start(memory, 0);
      forecaster.update(memory, 60, earlierPeaks);
      forecaster.update(memory, 60, 0);
    }
    forecaster.start(memory, 0);
    for (int i = 1; i < 100; i++) {
      forecaster.update(memory, 60, .5 * i);
      if (forecaster.foresees(memory, .5 * i, 0, outlook)) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  @ParameterizedTest
  @CsvSource({"three-trends, DEPTH", "t-squared, TEMPERATURE", "kalman, TEMPERATURE"})
  void aHigherOperatingPointIsAnnouncedLater(String method, Quantity quantity) {
    assertThat(Forecasters.hasOperatingPoint(method)).isTrue();
    assertThat(stepsAt(method, quantity, .95)).isGreaterThan(stepsAt(method, quantity, .3));
  }

  private static int stepsAt(String method, Quantity quantity, double probability) {
    Forecaster forecaster =
        Forecasters.of(
            method,
            new Task(
                quantity,
                Rule.Direction.ABOVE,
                new double[] {40},
                Duration.ofMinutes(15),
                probability,
                null));
    double[] memory = new double[forecaster.memorySize()];
    Outlook outlook = new Outlook();
    Random noise = new Random(7);
    forecaster.start(memory, 0);
    for (int i = 1; i < 400; i++) {
      double value = .1 * i + .3 * noise.nextGaussian();
      forecaster.update(memory, 20, value);
      if (forecaster.foresees(memory, value, 0, outlook)) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void theIntervalIsStretchedAsCalibrated() {
    double[] plain = interval(null);
    double[] stretched = interval(new Rule.Stretch(.5, 2));
    assertThat(stretched[0]).isCloseTo(plain[0] * .5, within(.001));
    assertThat(stretched[1]).isCloseTo(plain[1] * 2, within(.001));
  }

  private static double[] interval(Rule.Stretch stretch) {
    Forecaster forecaster =
        Forecasters.of(
            "three-trends",
            new Task(
                Quantity.DEPTH,
                Rule.Direction.ABOVE,
                new double[] {15},
                Duration.ofMinutes(15),
                null,
                stretch));
    double[] memory = new double[forecaster.memorySize()];
    Outlook outlook = new Outlook();
    forecaster.start(memory, 0);
    for (int i = 1; i < 12; i++) {
      forecaster.update(memory, 60, i);
    }
    assertThat(forecaster.foresees(memory, 11, 0, outlook)).isTrue();
    return new double[] {outlook.etaLowS, outlook.etaHighS};
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  void anUnknownMethodIsNamedWithThoseThereAre() {
    assertThatThrownBy(
            () -> Forecasters.of("crystal-ball", task(Quantity.DEPTH, Rule.Direction.ABOVE, 15, 9)))
        .hasMessage(
            "no such forecast method: crystal-ball; there are static, linear, holt, damped-holt,"
                + " gated-damped-holt, three-trends, t-squared, kalman");
  }
}
