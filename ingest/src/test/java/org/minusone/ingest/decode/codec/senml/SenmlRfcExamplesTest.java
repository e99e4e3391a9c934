package org.minusone.ingest.decode.codec.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Told;

/** The examples of RFC 8428 §5.1 and §6, as a gateway would send them. */
class SenmlRfcExamplesTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final Codec PLAIN = Senml.JSON.create(Map.of());
  private static final Codec BY_UNIT = Senml.JSON.create(Map.of("quantity-by-unit", true));

  private static List<String> told(Codec codec, String json) {
    return Told.gateway(codec, Told.json(json), NOW);
  }

  @Test
  void singleDataPointSaysItsQuantityByItsUnit() {
    String example = "[{'n':'urn:dev:ow:10e2073a01080063','u':'Cel','v':23.1}]";
    assertThat(told(BY_UNIT, example))
        .containsExactly("[urn:dev:ow:10e2073a01080063 @now]", "temperature=23.1 Cel");
    // Without the option its last part would be taken for the quantity: no such one, refused later.
    assertThat(told(PLAIN, example))
        .containsExactly("[urn:dev:ow @now]", "10e2073a01080063=23.1 Cel");
  }

  @Test
  void multipleDataPointsNow() {
    assertThat(
            told(
                PLAIN,
                "[{'bn':'urn:dev:ow:10e2073a01080063:','n':'voltage','u':'V','v':120.1},"
                    + "{'n':'current','u':'A','v':1.2}]"))
        .containsExactly("[urn:dev:ow:10e2073a01080063 @now]", "voltage=120.1 V", "current=1.2 A");
  }

  /** §5.1.2, and the same as the CBOR of §6: oldest first, the two of one instant together. */
  private static final List<String> SIX_SECONDS =
      List.of(
          "[urn:dev:ow:10e2073a0108006 @1276020071001]",
          "current=1.2 A",
          "[urn:dev:ow:10e2073a0108006 @1276020072001]",
          "current=1.3 A",
          "[urn:dev:ow:10e2073a0108006 @1276020073001]",
          "current=1.4 A",
          "[urn:dev:ow:10e2073a0108006 @1276020074001]",
          "current=1.5 A",
          "[urn:dev:ow:10e2073a0108006 @1276020075001]",
          "current=1.6 A",
          "[urn:dev:ow:10e2073a0108006 @1276020076001]",
          "voltage=120.1 V",
          "current=1.7 A");

  @Test
  void multipleDataPointsOfTheLastSeconds() {
    assertThat(
            told(
                PLAIN,
                "[{'bn':'urn:dev:ow:10e2073a0108006:','bt':1.276020076001e+09,'bu':'A','bver':5,"
                    + "'n':'voltage','u':'V','v':120.1},"
                    + "{'n':'current','t':-5,'v':1.2},{'n':'current','t':-4,'v':1.3},"
                    + "{'n':'current','t':-3,'v':1.4},{'n':'current','t':-2,'v':1.5},"
                    + "{'n':'current','t':-1,'v':1.6},{'n':'current','v':1.7}]"))
        .isEqualTo(SIX_SECONDS);
  }

  @Test
  void theSameInCbor() {
    byte[] example =
        SenmlCborTest.bytes(
            """
            87 a7 21 78 1b 75 72 6e 3a 64 65 76 3a 6f 77 3a
            31 30 65 32 30 37 33 61 30 31 30 38 30 30 36 3a
            22 fb 41 d3 03 a1 5b 00 10 62 23 61 41 20 05 00
            67 76 6f 6c 74 61 67 65 01 61 56 02 fb 40 5e 06
            66 66 66 66 66 a3 00 67 63 75 72 72 65 6e 74 06
            24 02 fb 3f f3 33 33 33 33 33 33 a3 00 67 63 75
            72 72 65 6e 74 06 23 02 fb 3f f4 cc cc cc cc cc
            cd a3 00 67 63 75 72 72 65 6e 74 06 22 02 fb 3f
            f6 66 66 66 66 66 66 a3 00 67 63 75 72 72 65 6e
            74 06 21 02 f9 3e 00 a3 00 67 63 75 72 72 65 6e
            74 06 20 02 fb 3f f9 99 99 99 99 99 9a a3 00 67
            63 75 72 72 65 6e 74 06 00 02 fb 3f fb 33 33 33
            33 33 33
            """);
    assertThat(Told.gateway(Senml.CBOR.create(Map.of()), example, NOW)).isEqualTo(SIX_SECONDS);
  }

  @Test
  void streamOfOneHumidity() {
    assertThat(
            told(
                BY_UNIT,
                "[{'bn':'urn:dev:ow:10e2073a01080063','bt':1.320067464e+09,'bu':'%RH','v':21.2},"
                    + "{'t':10,'v':21.3},{'t':20,'v':21.4}]"))
        .containsExactly(
            "[urn:dev:ow:10e2073a01080063 @1320067464000]",
            "humidity=21.2 %RH",
            "[urn:dev:ow:10e2073a01080063 @1320067474000]",
            "humidity=21.3 %RH",
            "[urn:dev:ow:10e2073a01080063 @1320067484000]",
            "humidity=21.4 %RH");
  }

  private static final List<String> MOBILE =
      List.of(
          "[urn:dev:ow:10e2073a01080063 @1320067464000]",
          "humidity=20.0 %RH",
          "lon=24.30621 lon",
          "lat=60.07965 lat",
          "[urn:dev:ow:10e2073a01080063 @1320067524000]",
          "humidity=20.3 %RH",
          "lon=24.30622 lon",
          "lat=60.07965 lat",
          "[urn:dev:ow:10e2073a01080063 @1320067584000]",
          "humidity=20.7 %RH",
          "lon=24.30623 lon",
          "lat=60.07966 lat",
          "[urn:dev:ow:10e2073a01080063 @1320067614000]",
          "battery=98.0 %EL",
          "[urn:dev:ow:10e2073a01080063 @1320067644000]",
          "humidity=21.2 %RH",
          "lon=24.30628 lon",
          "lat=60.07967 lat");

  @Test
  void multipleMeasurementsOfOneMobileDevice() {
    assertThat(
            told(
                BY_UNIT,
                "[{'bn':'urn:dev:ow:10e2073a01080063','bt':1.320067464e+09,'bu':'%RH','v':20},"
                    + "{'u':'lon','v':24.30621},{'u':'lat','v':60.07965},"
                    + "{'t':60,'v':20.3},{'u':'lon','t':60,'v':24.30622},"
                    + "{'u':'lat','t':60,'v':60.07965},"
                    + "{'t':120,'v':20.7},{'u':'lon','t':120,'v':24.30623},"
                    + "{'u':'lat','t':120,'v':60.07966},{'u':'%EL','t':150,'v':98},"
                    + "{'t':180,'v':21.2},{'u':'lon','t':180,'v':24.30628},"
                    + "{'u':'lat','t':180,'v':60.07967}]"))
        .isEqualTo(MOBILE);
  }

  @Test
  void resolvedDataMeansTheSame() {
    StringBuilder pack = new StringBuilder();
    String[] units = {
      "%RH", "lon", "lat", "%RH", "lon", "lat", "%RH", "lon", "lat", "%EL", "%RH", "lon", "lat"
    };
    int[] seconds = {464, 464, 464, 524, 524, 524, 584, 584, 584, 614, 644, 644, 644};
    double[] values = {
      20, 24.30621, 60.07965, 20.3, 24.30622, 60.07965, 20.7, 24.30623, 60.07966, 98, 21.2,
      24.30628, 60.07967
    };
    for (int i = 0; i < units.length; i++) {
      pack.append(i == 0 ? "[" : ",")
          .append("{'n':'urn:dev:ow:10e2073a01080063','u':'")
          .append(units[i])
          .append("','t':1.320067")
          .append(seconds[i])
          .append("e+09,'v':")
          .append(values[i])
          .append("}");
    }
    assertThat(told(BY_UNIT, pack.append("]").toString())).isEqualTo(MOBILE);
  }

  @Test
  void multipleDataTypes() {
    assertThat(
            told(
                PLAIN,
                "[{'bn':'urn:dev:ow:10e2073a01080063:','n':'temp','u':'Cel','v':23.1},"
                    + "{'n':'label','vs':'Machine Room'},{'n':'open','vb':false},"
                    + "{'n':'nfv-reader','vd':'aGkgCg'}]"))
        .containsExactly(
            "[urn:dev:ow:10e2073a01080063 @now]",
            "temp=23.1 Cel",
            "label:Machine Room",
            "open:false",
            "nfv-reader?binary data");
  }

  @Test
  void collectionOfResourcesKeepsItsBaseTime() {
    assertThat(
            told(
                PLAIN,
                "[{'bn':'2001:db8::2/','bt':1.320078429e+09,'n':'temperature','u':'Cel','v':25.2},"
                    + "{'n':'humidity','u':'%RH','v':30},"
                    + "{'bn':'2001:db8::1/','n':'temperature','u':'Cel','v':12.3},"
                    + "{'n':'humidity','u':'%RH','v':67}]"))
        .containsExactly(
            "[2001:db8::2 @1320078429000]",
            "temperature=25.2 Cel",
            "humidity=30.0 %RH",
            "[2001:db8::1 @1320078429000]",
            "temperature=12.3 Cel",
            "humidity=67.0 %RH");
  }

  @Test
  void settingAnActuatorStartsWithARecordOfBaseValuesAlone() {
    assertThat(
            told(
                PLAIN,
                "[{'bn':'urn:dev:ow:10e2073a01080063:'},{'n':'temp','u':'Cel','v':23.1},"
                    + "{'n':'heat','u':'/','v':1},{'n':'fan','u':'/','v':0}]"))
        .containsExactly(
            "[urn:dev:ow:10e2073a01080063 @now]", "temp=23.1 Cel", "heat=1.0 /", "fan=0.0 /");
  }

  @Test
  void lightsTurnedOffTogetherComeInTheOrderOfTheirTimes() {
    Codec lights =
        Senml.JSON.create(
            Map.of("name", "(?<sensor>.*)", "quantity-by-unit", Map.of("/", "level")));
    assertThat(
            told(
                lights,
                "[{'bt':1.320078429e+09,'bu':'/','n':'2001:db8::3','v':0.5},"
                    + "{'n':'2001:db8::4','v':0.5},"
                    + "{'n':'2001:db8::3','t':0.1,'v':0},{'n':'2001:db8::4','t':0.1,'v':0}]"))
        .containsExactly(
            "[2001:db8::3 @1320078429000]",
            "level=0.5 /",
            "[2001:db8::4 @1320078429000]",
            "level=0.5 /",
            "[2001:db8::3 @1320078429100]",
            "level=0.0 /",
            "[2001:db8::4 @1320078429100]",
            "level=0.0 /");
  }
}
