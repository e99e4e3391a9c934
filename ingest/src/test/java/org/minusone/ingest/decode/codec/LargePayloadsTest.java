package org.minusone.ingest.decode.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minusone.ingest.decode.codec.mapped.MappedJson;
import org.minusone.ingest.decode.codec.senml.Senml;

/**
 * The largest payloads we take, filled with what costs a codec most, are read within 50 ms of the
 * processor's time.
 */
@Tag("slow")
class LargePayloadsTest {
  private static final int MOST_BYTES = 256 * 1024;
  private static final long NOW = 1_700_000_000_000L;

  private static final Codec SENML = Senml.JSON.create(Map.of());
  private static final Codec SENML_WITH_CHOICE =
      Senml.JSON.create(Map.of("name", "(?<sensor>(a+)+)/(?<quantity>x)"));
  private static final Codec SENML_CBOR = Senml.CBOR.create(Map.of());
  private static final Codec MAPPED =
      MappedJson.KIND.create(
          Map.of(
              "each", "/*",
              "time", "/t",
              "time-format", "yyyy-MM-dd HH:mm",
              "zone", "Asia/Shanghai",
              "values", Map.of("gas", Map.of("path", "/g", "scale", 0.1))));
  private static final Codec MAPPED_ISO =
      MappedJson.KIND.create(
          Map.of("each", "/*", "time", "/t", "values", Map.of("gas", Map.of("path", "/g"))));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "7",
        "{'n':'a/b','v':1}",
        "{'n':'a/b','v':1,'t':-1}",
        "{'n':'a/b','v':null,'t':-1}",
        "{'n':'aaaaaaaaaaaaaaaaaaaaaaaaaaa','v':1}",
        "{'n':'a/b','v':1e300,'bv':1e-300}",
        "{'n':'a/b','bu':1,'v':1.2345678901234567890123456789}",
        "{'t':'2023-02-31 10:00','g':1}",
        "{'t':'2023-02-28 10:00','g':1}",
        "{'t':'2023-02-28T10:00:00Z','g':1}",
        "{'t':'2023-02-31T10:00:00Z','g':1}",
        "{'t':'no','g':1}",
        "{'g':1.2345678901234567890123456789e-300}",
        "{'g':null}"
      })
  void manyOfTheSame(String entry) {
    String one = entry.replace('\'', '"') + ",";
    // As many as there may be, or as fit.
    for (int most : new int[] {10_000, MOST_BYTES}) {
      int count = Math.min(most, (MOST_BYTES - 1) / one.length());
      byte[] payload =
          ("[" + one.repeat(count - 1) + one.substring(0, one.length() - 1) + "]")
              .getBytes(StandardCharsets.UTF_8);
      for (Codec codec : new Codec[] {SENML, SENML_WITH_CHOICE, MAPPED, MAPPED_ISO}) {
        within50Ms(codec, payload, entry);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0x00, 0x20, 0x60, 0x80, 0x81, 0x9f, 0xa0, 0xa1, 0xbf, 0xc2, 0xc4, 0xd8, 0xf6, 0xff})
  void cborOfOneByte(int filling) {
    byte[] payload = new byte[MOST_BYTES];
    Arrays.fill(payload, (byte) filling);
    within50Ms(SENML_CBOR, payload, "all " + filling);
    payload[0] = (byte) 0x9f;
    payload[payload.length - 1] = (byte) 0xff;
    within50Ms(SENML_CBOR, payload, "an array of " + filling);
    payload[1] = (byte) 0xbf;
    within50Ms(SENML_CBOR, payload, "a map of " + filling);
  }

  private static void within50Ms(Codec codec, byte[] payload, String what) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 60 && best > 50; i++) {
      long begun = Barrage.cpuNs();
      Told.gateway(codec, payload, NOW);
      best = Math.min(best, (Barrage.cpuNs() - begun) / 1_000_000);
    }
    assertThat(best).as(what).isLessThanOrEqualTo(50);
  }
}
