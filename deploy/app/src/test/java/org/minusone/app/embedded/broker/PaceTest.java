package org.minusone.app.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000L;

  private final Pace pace = new Pace();

  @Test
  void aSecondsWorthGoesAtOnceThenOneAfterTheOther() {
    for (int i = 0; i < 10; i++) {
      assertThat(pace.reserve(10, 0)).as("message " + i).isZero();
    }
    assertThat(pace.reserve(10, 0)).isEqualTo(SECOND / 10);
    assertThat(pace.reserve(10, 0)).isEqualTo(2 * SECOND / 10);
    assertThat(pace.reserve(10, SECOND / 10)).isEqualTo(2 * SECOND / 10);
  }

  @Test
  void aRestGivesBackASecondsWorthAndNoMore() {
    for (int i = 0; i < 30; i++) {
      pace.reserve(10, 0);
    }
    long later = 3_600 * SECOND;
    for (int i = 0; i < 10; i++) {
      assertThat(pace.reserve(10, later)).isZero();
    }
    assertThat(pace.reserve(10, later)).isEqualTo(SECOND / 10);
  }

  @Test
  void lessThanOneASecondIsAPaceToo() {
    assertThat(pace.reserve(0.1, 0)).isZero();
    assertThat(pace.reserve(0.1, 0)).isEqualTo(10 * SECOND);
  }

  @Test
  void noLimitIsNone() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(pace.reserve(0, 0)).isZero();
    }
  }
}
