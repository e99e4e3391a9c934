package org.minusone.rules.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "90s, PT1M30S",
    "15m, PT15M",
    "4h, PT4H",
    "1h30m, PT1H30M",
    "0s, PT0S",
    "0, PT0S",
    "1d, P1D",
    "2w, P14D",
    "500ms, PT0.5S",
    "1m30s250ms, PT1M30.25S"
  })
  void readsWhatPrometheusReads(String text, Duration duration) {
    assertThat(Durations.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "-5m", "5 m", "30m1h", "1h1h", "1.5h", "5M", "m", "99999999999s"})
  void readsNothingElse(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT4H, 4h", "PT90S, 1m30s", "PT0S, 0s"})
  void writesThemTheSameWay(Duration duration, String text) {
    assertThat(Durations.text(duration)).isEqualTo(text);
  }
}
