package org.minusone.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Quantity;
import org.minusone.model.Sensor;
import org.minusone.model.SiteVersion;

/**
 * A day of all sensors at their reporting periods, by brute force (six million values, some
 * seconds): nothing comes near a limit, and nothing looks to the forecast as if it would.
 */
class QuietBackgroundTest {
  private static final SiteVersion FUBAO = SmallSite.likeFubao();
  private static final long MIDNIGHT = Instant.parse("2026-05-13T16:00:00Z").toEpochMilli();
  private static final int DAY_S = 86_400;

  @Test
  void aDayWithoutAnAlarm() {
    Background calm = new Background(7, ZoneId.of("Asia/Shanghai"));
    Map<String, DoubleSummaryStatistics> ranges = new TreeMap<>();
    for (Sensor sensor : FUBAO.sensors().values()) {
      long step = sensor.family().slowestPeriod().toMillis();
      for (Quantity quantity : sensor.quantities()) {
        if (quantity.isWord()) {
          continue;
        }
        DoubleSummaryStatistics range =
            ranges.computeIfAbsent(
                sensor.family().id() + " " + quantity.id(), k -> new DoubleSummaryStatistics());
        for (long t = MIDNIGHT; t < MIDNIGHT + DAY_S * 1000L; t += step) {
          double value = calm.value(sensor, quantity, t).number();
          range.accept(value);
        }
        assertThat(quantity.grossRange(range.getMin())).isEqualTo(QualityFlag.PASS);
      }
    }
    // Limits of DOMAIN §2; the bound asked here leaves a margin to each.
    inside(ranges, "hazmat-storage temperature", 18, 26.8); // warn 28, deadband 1
    inside(ranges, "hazmat-storage humidity", 30, 66); // warn 75
    inside(ranges, "hazmat-storage gas", 0, 3); // level 1 from 10 to 25
    inside(ranges, "electrical residual-current", 0, 130); // warn 200
    inside(ranges, "electrical temperature", 10, 50); // warn 60
    inside(ranges, "electrical voltage", 208, 230); // 198 … 235.4
    inside(ranges, "electrical load", 0, 66); // warn 80
    inside(ranges, "electrical arc", 0, 4); // alarm 14, 9 must not
    inside(ranges, "fire-facility pressure", 0.25, 0.5); // 0.14 (0.15) … 1.0
    inside(ranges, "fire-facility level", 92.5, 98); // warn 90, overflow
    inside(ranges, "fire-facility temperature", 10, 32);
    inside(ranges, "smoke obscuration", 0, 0.025); // warn 0.07
    inside(ranges, "smoke temperature", 10, 31); // 36 with a fast rise
    inside(ranges, "flood-point depth", 0, 1); // notice 10
    for (Family family : Family.values()) {
      inside(ranges, family.id() + " battery", 50, 100);
    }
  }

  private static void inside(
      Map<String, DoubleSummaryStatistics> ranges, String what, double low, double high) {
    assertThat(ranges.get(what).getMin()).as(what).isGreaterThanOrEqualTo(low);
    assertThat(ranges.get(what).getMax()).as(what).isLessThanOrEqualTo(high);
  }
}
