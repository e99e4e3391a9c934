package org.minusone.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.minusone.model.SensorId;
import org.minusone.model.SensorKey;
import org.minusone.model.SiteId;

class ArrivalTimesTest {
  private final ArrivalTimes times = new ArrivalTimes(3);

  private static SensorKey sensor(String id) {
    return new SensorKey(new SiteId("fubao"), new SensorId(id));
  }

  @Test
  void twoWithinAMillisecondAreTwoTimes() {
    assertThat(times.next(sensor("a"), 1000)).isEqualTo(1000);
    assertThat(times.next(sensor("a"), 1000)).isEqualTo(1001);
    assertThat(times.next(sensor("b"), 1000)).as("another sensor").isEqualTo(1000);
    assertThat(times.next(sensor("a"), 1001)).isEqualTo(1002);
    assertThat(times.next(sensor("a"), 2000)).isEqualTo(2000);
  }

  @Test
  void aClockThatIsSetBackDoesNotTurnTimeBack() {
    times.next(sensor("a"), 5000);
    assertThat(times.next(sensor("a"), 3000)).isEqualTo(5001);
  }

  @Test
  void theSensorUnheardOfForLongestIsForgotten() {
    times.next(sensor("a"), 1);
    times.next(sensor("b"), 1);
    times.next(sensor("c"), 1);
    times.next(sensor("a"), 1);
    times.next(sensor("d"), 1);
    assertThat(times.size()).isEqualTo(3);
    assertThat(times.next(sensor("a"), 1)).as("heard of lately").isEqualTo(3);
    assertThat(times.next(sensor("b"), 1)).as("forgotten").isEqualTo(1);
  }
}
