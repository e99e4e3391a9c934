package org.minusone.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.model.port.HealthReport;
import org.minusone.model.port.PartHealth;

class PipelineMeterTest {
  private static final Instant START = Instant.parse("2026-06-01T08:59:50Z");

  private final PipelineMeter meter = new PipelineMeter();

  private static HealthReport ingest(Instant startedAt, long second, long received) {
    return new HealthReport(
        "ingest",
        "a",
        startedAt,
        START.plusSeconds(second),
        1,
        new PartHealth(
            true, true, 0, List.of(), Map.of("fubao", Map.of("received", received)), Map.of()));
  }

  @Test
  void rateIsThatOfTheLastTenSeconds() {
    HealthReport last = null;
    for (int second = 0; second <= 20; second++) {
      last = ingest(START, second, second <= 10 ? 0 : (second - 10) * 50L);
      meter.sample(List.of(last));
    }
    assertThat(meter.rate(last)).isEqualTo(50);
  }

  @Test
  void theSameReportTwiceIsOneSample() {
    HealthReport report = ingest(START, 0, 100);
    meter.sample(List.of(report));
    meter.sample(List.of(report));
    assertThat(meter.rate(report)).isNull();
  }

  @Test
  void hoursAddUpAcrossARestart() {
    meter.sample(List.of(ingest(START, 0, 1_000)));
    meter.sample(List.of(ingest(START, 5, 1_010)));
    meter.sample(List.of(ingest(START, 12, 1_030)));
    Instant again = START.plusSeconds(13);
    meter.sample(List.of(ingest(again, 14, 0)));
    meter.sample(List.of(ingest(again, 15, 7)));
    assertThat(meter.hours())
        .containsExactly(
            new PipelineMeter.Hour(Instant.parse("2026-06-01T08:00:00Z"), 10, 0, 0, 0),
            new PipelineMeter.Hour(Instant.parse("2026-06-01T09:00:00Z"), 27, 0, 0, 0));
  }
}
