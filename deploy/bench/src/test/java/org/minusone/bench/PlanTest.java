package org.minusone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void theFullPlanShowsWhatIsAskedFor() {
    assertThat(Plan.FULL.crossings()).isGreaterThanOrEqualTo(500);
    assertThat(Plan.FULL.idleS()).isEqualTo(60);
    assertThat(Plan.FULL.starts()).isGreaterThan(1);
    assertThat(Plan.FULL.rounds()).isGreaterThan(1);
    assertThat(Plan.FULL.bursts()).isGreaterThan(1);
  }

  @Test
  void whatIsGivenReplacesWhatIsPlanned() {
    assertThat(Plan.QUICK.withCrossings(50, 5).withReadings(1000))
        .isEqualTo(new Plan(1, 15, 1, 50, 5, 1, 1000));
  }
}
