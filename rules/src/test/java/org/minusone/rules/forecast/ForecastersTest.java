package org.minusone.rules.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minusone.model.Quantity;
import org.minusone.model.Rule;

/** What every method must hold, and what the default sees. */
final class ForecastersTest {
  private static Task task(
      Quantity quantity, Rule.Direction direction, double limit, int horizonS) {
    return new Task(quantity, direction, new double[] {limit}, Duration.ofSeconds(horizonS));
  }

  static Iterable<String> methods() {
    return Forecasters.names();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void nothingThatIsFedInGivesNonsense(String method) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Rule.Direction direction = Rule.Direction.values()[random.nextInt(2)];
      double limit = random.nextInt(100) - 20;
      Forecaster forecaster =
          Forecasters.of(method, task(Quantity.TEMPERATURE, direction, limit, 60));
      double[] memory = new double[forecaster.memorySize()];
      Outlook outlook = new Outlook();
      double value = random.nextDouble() * 100;
      forecaster.start(memory, value);
      for (int i = 0; i < 100; i++) {
        value =
            switch (random.nextInt(4)) {
              case 0 -> value;
              case 1 -> random.nextDouble() * 1e6 - 5e5;
              case 2 -> Math.rint(value);
              default -> value + random.nextGaussian();
            };
        double seconds = random.nextInt(5) == 0 ? .001 : random.nextDouble() * 3600;
        forecaster.update(memory, seconds, value);
        boolean foreseen = forecaster.foresees(memory, value, 0, outlook);
        if (foreseen && !Double.isNaN(outlook.etaS)) {
          assertThat(outlook.etaS).as("seed %d", seed).isBetween(0.0, 60.001);
          assertThat(outlook.etaLowS).isLessThanOrEqualTo(outlook.etaS);
          assertThat(outlook.etaHighS).isGreaterThanOrEqualTo(outlook.etaS);
        }
        for (double kept : memory) {
          assertThat(kept).as("seed %d", seed).isFinite();
        }
      }
    }
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
    for (int i = 1; i < 12; i++) {
      double value = 20 + .8 * i;
      above.update(up, 60, value);
      below.update(down, 60, -value);
      boolean foreseen = above.foresees(up, value, 0, high);
      assertThat(below.foresees(down, -value, 0, low)).isEqualTo(foreseen);
      assertThat(Double.compare(low.etaS, high.etaS)).isZero();
    }
  }

  @Test
  void constantsScaleWithTheHorizon() {
    assertThat(leadOfRamp(900, 60)).isCloseTo(10 * leadOfRamp(90, 6), within(1));
  }

  /** Seconds before the crossing of a steady rise from 0 to 15 cm in {@code horizonS}. */
  private static double leadOfRamp(int horizonS, int everyS) {
    Forecaster forecaster =
        Forecasters.of(null, task(Quantity.DEPTH, Rule.Direction.ABOVE, 15, horizonS));
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

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  void anUnknownMethodIsNamedWithThoseThereAre() {
    assertThatThrownBy(
            () -> Forecasters.of("crystal-ball", task(Quantity.DEPTH, Rule.Direction.ABOVE, 15, 9)))
        .hasMessage("no such forecast method: crystal-ball; there are gated-damped-holt, static");
  }
}
