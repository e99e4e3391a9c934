package org.minusone.simulator.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class PhysicsTest {
  @Test
  void aBodyFollowsItsSurroundingsAndPassesWhereItWasAsked() {
    FirstOrder body = FirstOrder.through(20, 72, 70, 120);
    assertThat(body.at(-5)).isEqualTo(20);
    assertThat(body.at(120)).isCloseTo(70, offset(1e-9));
    assertThat(body.reaches(70)).isCloseTo(120, offset(1e-9));
    assertThat(body.reaches(80)).isInfinite();
    assertThat(body.at(1e6)).isCloseTo(72, offset(1e-9));
    assertThatThrownBy(() -> FirstOrder.through(20, 72, 75, 120)).hasMessageContaining("75.0");
  }

  @Test
  void aDisturbanceDiesAwayOnceItIsPutRightWithoutAJump() {
    Episodic rise = new Episodic(seconds -> seconds / 10, 100, 50);
    assertThat(rise.at(-1)).isZero();
    assertThat(rise.at(100)).isEqualTo(10);
    assertThat(rise.at(100.001)).isCloseTo(10, offset(0.001));
    assertThat(rise.at(600)).isLessThan(0.001);
  }

  @Test
  void theDayHasItsHours() {
    assertThat(new DailyCourse(15).at(15)).isEqualTo(1);
    assertThat(new DailyCourse(15).at(3)).isCloseTo(-1, offset(1e-12));
    LoadCycle load = new LoadCycle(20, 30);
    assertThat(load.percentAt(3)).isLessThan(23);
    assertThat(load.percentAt(20)).isCloseTo(50, offset(0.1));
    assertThat(load.percentAt(23.999)).isCloseTo(load.percentAt(0), offset(0.1));
    assertThat(CableHeating.celsius(25, 100)).isEqualTo(60);
  }

  @Test
  void noiseIsBellShapedBoundedAndTheSameForTheSameQuestion() {
    double sum = 0;
    double squares = 0;
    for (long i = 0; i < 100_000; i++) {
      double draw = Noise.gauss(Noise.mix(7, i));
      assertThat(Math.abs(draw)).isLessThanOrEqualTo(Noise.WIDEST);
      sum += draw;
      squares += draw * draw;
    }
    assertThat(sum / 100_000).isCloseTo(0, offset(0.02));
    assertThat(squares / 100_000).isCloseTo(1, offset(0.02));
    assertThat(Noise.gauss(42)).isEqualTo(Noise.gauss(42)).isNotEqualTo(Noise.gauss(43));
  }
}
