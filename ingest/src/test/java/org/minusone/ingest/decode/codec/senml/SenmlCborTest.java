package org.minusone.ingest.decode.codec.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.codec.Barrage;
import org.minusone.ingest.decode.codec.Told;

/** What SenML in CBOR can be that JSON cannot (RFC 8428 §6). */
class SenmlCborTest {
  private static final long NOW = 1_700_000_000_000L;

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  private static List<String> told(String hex) {
    return Told.own(Senml.CBOR.create(Map.of()), bytes(hex), NOW);
  }

  /** {@code "t"} as name, the value of {@code hex}. */
  private static List<String> value(String hex) {
    return told("81 a2 00 61 74 02" + hex);
  }

  @Test
  void numbersComeInEveryEncoding() {
    assertThat(value("15")).containsExactly("[topic @now]", "t=21.0");
    assertThat(value("39 01f3")).containsExactly("[topic @now]", "t=-500.0");
    assertThat(value("f9 4d60")).containsExactly("[topic @now]", "t=21.5");
    assertThat(value("fa 41ac0000")).containsExactly("[topic @now]", "t=21.5");
    // 215 × 10^-1, a decimal fraction.
    assertThat(value("c4 82 20 18d7")).containsExactly("[topic @now]", "t=21.5");
  }

  @Test
  void noNumberGoesOnAsNone() {
    assertThat(value("f9 7e00")).containsExactly("[topic @now]", "t=NaN");
    assertThat(value("f9 7c00")).containsExactly("[topic @now]", "t=Infinity");
  }

  @Test
  void labelsMayBeTextAndPacksMayBeOfIndefiniteLength() {
    assertThat(told("9f bf 616e 6174 6176 15 ff a3 00 6168 02 18 28 06 20 ff"))
        .containsExactly("[topic @1699999999000]", "h=40.0", "[topic @now]", "t=21.0");
  }

  @Test
  void aLabelByNameAndByNumberCostsItsRecord() {
    assertThat(told("82 a3 00 6174 02 15 6176 16 a2 00 6168 02 18 28"))
        .containsExactly(
            "!bad-payload record 1: v is there twice, by its name and by its number",
            "[topic @now]",
            "h=40.0");
  }

  @Test
  void dataIsBytesAndNeverAWord() {
    assertThat(told("81 a2 00 6173 08 44 66697265"))
        .containsExactly("[topic @now]", "s?binary data");
  }

  @Test
  void cutShortItIsRefused() {
    byte[] whole = bytes("81 a2 00 6174 02 fb 4035800000000000");
    for (int length = 0; length < whole.length; length++) {
      List<String> told = Told.own(Senml.CBOR.create(Map.of()), Arrays.copyOf(whole, length), NOW);
      assertThat(told).as("%d bytes", length).singleElement().asString().startsWith("!bad-payload");
    }
    assertThat(told("81 a2 00 6174 02 15 00")).singleElement().asString().contains("not CBOR");
    assertThat(told("5b 7fffffffffffffff 00")).singleElement().asString().contains("not CBOR");
    assertThat(told("9b 7fffffffffffffff 00")).singleElement().asString().contains("not CBOR");
    assertThat(told("81".repeat(1000))).singleElement().asString().contains("not CBOR");
  }

  @Test
  void aNumberOfAHundredThousandDigitsHoldsNothingUp() throws Exception {
    ByteArrayOutputStream huge = new ByteArrayOutputStream();
    huge.write(bytes("81 a2 00 6174 02 c4 82 1a 7ffffff0 c2 5a 0003d090"));
    byte[] digits = new byte[250_000];
    Arrays.fill(digits, (byte) 0xee);
    huge.write(digits);
    long begun = Barrage.cpuNs();
    List<String> told = Told.own(Senml.CBOR.create(Map.of()), huge.toByteArray(), NOW);
    assertThat(told).singleElement().asString().startsWith("!bad-payload not CBOR");
    assertThat((Barrage.cpuNs() - begun) / 1_000_000).isLessThan(1000);
  }
}
