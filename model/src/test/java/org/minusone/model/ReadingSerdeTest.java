package org.minusone.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.minusone.model.codec.ReadingSerde;

class ReadingSerdeTest {
  private static final SensorKey STORE = SensorKey.parse("fubao@r17/H-07");

  @Test
  void numberSurvivesTheTrip() {
    Reading reading =
        Reading.number(
            STORE,
            Family.HAZMAT_STORAGE,
            Quantity.TEMPERATURE,
            -5,
            1_700_000_000_123L,
            Stamp.ARRIVAL,
            29.4);
    assertThat(ReadingSerde.read(ReadingSerde.write(reading))).isEqualTo(reading);
  }

  @Test
  void wordSurvivesTheTrip() {
    Reading reading =
        Reading.word(
            STORE,
            Family.SMOKE,
            Quantity.STATE,
            1_700_000_000_000L,
            1_700_000_000_123L,
            Stamp.OWN,
            "fire");
    assertThat(ReadingSerde.read(ReadingSerde.write(reading))).isEqualTo(reading);
  }

  @Test
  void theLongestReadingFits() {
    SensorKey longest =
        new SensorKey(
            new SiteId("a".repeat(64) + "@" + "b".repeat(32)), new SensorId("c".repeat(64)));
    Reading reading =
        Reading.number(
            longest,
            Family.ELECTRICAL,
            Quantity.RESIDUAL_CURRENT,
            Long.MIN_VALUE,
            Long.MIN_VALUE,
            Stamp.REPLACED,
            1);
    assertThat(ReadingSerde.read(ReadingSerde.write(reading))).isEqualTo(reading);
  }

  @Test
  void aValueNoInstrumentReportsFailsGrossRange() {
    Reading hot =
        Reading.number(STORE, Family.HAZMAT_STORAGE, Quantity.TEMPERATURE, 0, 0, Stamp.OWN, 1300);
    assertThat(hot.flag()).isEqualTo(QualityFlag.FAIL);
  }

  @Test
  void aNumberMustBeFinite() {
    assertThatThrownBy(
            () ->
                Reading.number(
                    STORE, Family.FLOOD_POINT, Quantity.DEPTH, 0, 0, Stamp.OWN, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
