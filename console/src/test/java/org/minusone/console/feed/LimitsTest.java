package org.minusone.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.minusone.model.Level;
import org.minusone.model.Rule.Direction;

class LimitsTest {
  private static Limits.Limit above(Level level, double limit) {
    return new Limits.Limit(level, limit, Direction.ABOVE);
  }

  private static Limits.Limit below(Level level, double limit) {
    return new Limits.Limit(level, limit, Direction.BELOW);
  }

  private static final List<Limits.Limit> HEAT =
      List.of(above(Level.WARN, 28), above(Level.ALARM, 30));

  @Test
  void isToTheNearestNotYetReached() {
    assertThat(Limits.margin(HEAT, 21).orElseThrow().distance()).isEqualTo(7);
    assertThat(Limits.margin(HEAT, 21).orElseThrow().share()).isEqualTo(0.25);
    assertThat(Limits.margin(HEAT, 28).orElseThrow().distance()).isEqualTo(2);
    assertThat(Limits.margin(HEAT, 31)).isEmpty();
  }

  @Test
  void belowCountsDownwards() {
    List<Limits.Limit> pressure = List.of(below(Level.ALARM, 0.14));
    assertThat(Limits.margin(pressure, 0.35).orElseThrow().share()).isCloseTo(1.5, within(1e-9));
    assertThat(Limits.margin(pressure, 0.14)).isEmpty();
  }

  @Test
  void betweenTwoLimitsTheBandCounts() {
    List<Limits.Limit> voltage = List.of(above(Level.WARN, 235.4), below(Level.WARN, 198));
    assertThat(Limits.margin(voltage, 216.7).orElseThrow().share()).isCloseTo(1, within(1e-9));
    assertThat(Limits.margin(voltage, 231.66).orElseThrow().share()).isCloseTo(0.2, within(1e-9));
  }

  @Test
  void withoutLimitsOrNumberThereIsNone() {
    assertThat(Limits.margin(List.of(), 3)).isEmpty();
    assertThat(Limits.margin(HEAT, Double.NaN)).isEmpty();
    assertThat(Limits.margin(List.of(above(Level.WARN, 0)), -3)).isEmpty();
  }
}
