package org.minusone.rules.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.Level;
import org.minusone.model.Place;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Reading;
import org.minusone.model.Rule;
import org.minusone.model.Rule.Area;
import org.minusone.model.Rule.Distinct;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.Signal;
import org.minusone.model.SiteId;
import org.minusone.model.Stamp;
import org.minusone.model.Text;
import org.minusone.rules.Rules;

/** A {@code together} over a speed, a free condition and a doubt, each at another detector. */
final class EveryKindTogetherTest {
  private static final Quantity HEAT = Quantity.TEMPERATURE;

  private static Sensor detector(String id) {
    return new Sensor(
        new SensorId(id),
        Family.SMOKE,
        Text.same(id),
        new Place(Text.same("C"), Text.same("Tower"), "1", 0, 0, "c", "tower"),
        null,
        List.of());
  }

  private static Reading reading(String sensor, int second, double value, QualityFlag flag) {
    SensorKey key = new SensorKey(new SiteId("fubao"), new SensorId(sensor));
    long ms = Instant.parse("2026-07-01T04:00:00Z").plusSeconds(second).toEpochMilli();
    return new Reading(
        key.site(), Family.SMOKE, key.sensor(), HEAT, ms, ms, Stamp.OWN, value, null, flag);
  }

  @Test
  void theyCountAsAnyOther() {
    Rule rise =
        Rules.of("rise", Family.SMOKE, HEAT)
            .above(Level.NOTICE, 2)
            .above(Level.WARN, 4)
            .rate(Duration.ofMinutes(1));
    Rule free =
        Rules.when(
            Family.SMOKE,
            HEAT,
            Map.of(Level.WARN, "temperature > 50"),
            Duration.ZERO,
            Duration.ZERO);
    Rule doubt =
        new Rule(
            "doubt",
            Family.SMOKE,
            HEAT,
            new Rule.Quality(
                Map.of(Level.ALARM, QualityFlag.FAIL), Duration.ZERO, Duration.ZERO, null),
            null,
            null,
            null);
    Rule all =
        new Rule(
            "all",
            null,
            null,
            new Rule.Together(
                List.of("rise", "free", "doubt"),
                3,
                Area.BUILDING,
                null,
                Level.WARN,
                Level.CRITICAL,
                Distinct.RULES),
            null,
            null,
            null);
    Map<SensorId, Sensor> registry = new HashMap<>();
    for (String id : List.of("S-1", "S-2", "S-3")) {
      registry.put(new SensorId(id), detector(id));
    }
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i <= 3; i++) {
      readings.add(reading("S-1", i * 20, 20 + 2 * i, QualityFlag.PASS)); // 6 °C a minute
    }
    for (int i = 4; i <= 8; i++) {
      readings.add(reading("S-1", i * 20, 26 + (i - 3), QualityFlag.PASS)); // 3 °C a minute
    }
    readings.add(reading("S-2", 70, 51, QualityFlag.PASS));
    readings.add(reading("S-3", 75, 20, QualityFlag.FAIL));
    List<Signal> told =
        new Backtest(List.of(rise, free, doubt, all), registry, List.of(), 1).run(readings);
    assertThat(told.stream().filter(s -> s.rule().equals("all")))
        .extracting(s -> s.signal().id() + " " + s.time())
        .hasSize(2)
        .first()
        .isEqualTo("critical 2026-07-01T04:01:15Z");
    // The speed is below 4, though not below 2, °C a minute: from 'warn' on it counts no longer.
    Signal slower =
        told.stream()
            .filter(s -> s.rule().equals("rise") && s.level() == Level.WARN)
            .reduce((first, last) -> last)
            .orElseThrow();
    Signal over = told.stream().filter(s -> s.rule().equals("all")).toList().get(1);
    assertThat(over.signal().id()).isEqualTo("cleared");
    assertThat(over.time()).isEqualTo(slower.time());
  }
}
