package org.minusone.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SignalKind;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.rules.load.Fubao;

/**
 * Response times of class A1 from 25 °C (EN 54-5, DOMAIN §2, general knowledge): when the site's
 * heat rule alarms, at an ideal sensor that follows the air without lag. A real one lags, which
 * moves every time here towards the upper limit.
 */
final class HeatClassTest {
  private static final SensorKey SENSOR = new SensorKey(new SiteId("fubao"), new SensorId("S-1"));
  private static final long START = Instant.parse("2026-07-01T04:00:00Z").toEpochMilli();

  /** K a minute, lower and upper limit in seconds. */
  private static final double[][] LIMITS = {
    {1, 29 * 60, 40 * 60 + 20},
    {3, 7 * 60 + 13, 13 * 60 + 40},
    {5, 4 * 60 + 9, 8 * 60 + 20},
    {10, 60, 4 * 60 + 20},
    {20, 30, 2 * 60 + 20},
    {30, 20, 60 + 40},
  };

  static Stream<Arguments> risesAndIntervals() {
    List<Arguments> all = new ArrayList<>();
    for (double[] row : LIMITS) {
      for (int everyS : new int[] {1, 2, 5, 10}) {
        all.add(arguments(row[0], everyS, row[1], row[2]));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} K/min, a reading each {1} s")
  @MethodSource("risesAndIntervals")
  void alarmsWithinTheLimits(double perMinute, int everyS, double lower, double upper) {
    double seconds = alarmAfter(perMinute, everyS);
    System.out.printf(
        "%4.0f K/min, each %2d s: %4.0f s (%.0f to %.0f)%n",
        perMinute, everyS, seconds, lower, upper);
    assertThat(seconds).isBetween(lower, upper);
  }

  /** Five minutes at 25 °C, then the rise; readings in tenths. */
  private static double alarmAfter(double perMinute, int everyS) {
    Rule rule = Fubao.rule("smoke-heat");
    RuleEvaluator evaluator = new RuleEvaluator(List.of(rule), 1, Instant.EPOCH);
    SensorState state = new SensorState(SENSOR, Family.SMOKE);
    List<Signal> signals = new ArrayList<>();
    for (long s = -300; s < 3600; s += everyS) {
      double value = 25 + Math.max(0, s) * perMinute / 60;
      long time = START + s * 1000;
      Reading reading =
          Reading.number(
              SENSOR,
              Family.SMOKE,
              Quantity.TEMPERATURE,
              time,
              time,
              Stamp.OWN,
              Math.rint(value * 10) / 10);
      evaluator.reading(state, reading, signals);
      for (Signal signal : signals) {
        if (signal.signal() == SignalKind.ALARM) {
          return s;
        }
      }
      signals.clear();
    }
    return Double.NaN;
  }
}
