package org.minusone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.minusone.model.SensorId;

class DemoTest {
  @Test
  void aLineOfThePlanNamesTheSensorThatIsLeftAlone() {
    assertThat(Demo.star("  14:05:09  H-07: cooling fails")).isEqualTo(new SensorId("H-07"));
    assertThat(Demo.star("  00:11:59  E-0123: loose terminal")).isEqualTo(new SensorId("E-0123"));
  }

  @Test
  void otherLinesNameNone() {
    assertThat(Demo.star(" 17.2 s  ready")).isNull();
    assertThat(Demo.star("console      http://127.0.0.1:8080/#sign-in=abc")).isNull();
    assertThat(Demo.star("14:05:09.123 WARN  Gateway connection lost: again")).isNull();
  }
}
