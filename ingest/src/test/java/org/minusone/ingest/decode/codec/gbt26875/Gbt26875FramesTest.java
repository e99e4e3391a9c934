package org.minusone.ingest.decode.codec.gbt26875;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minusone.ingest.decode.codec.Barrage;
import org.minusone.ingest.decode.codec.Told;

/** From bytes to frames: written out by hand, back to back, broken in every way. */
class Gbt26875FramesTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final String FIRE = "02 01 01 02 28 0a 00 05 00 02 00";

  private static List<String> told(byte[]... parts) {
    return Told.gateway(Gbt26875.KIND.create(Map.of()), Wire.joined(parts), NOW);
  }

  @Test
  void aSystemsState() {
    assertThat(
            told(
                Wire.bytes(
                    "40 40 07 00 01 00 05 0d 06 0f 0b 17 41 0a 00 00 00 12 01 00 00 00 00 00"
                        + "0c 00 02 01 01 01 02 04 00 00 0d 06 0f 0b 17 0a 23 23")))
        .containsExactly("[120000000A41/1-2 @1699999980000]", "state:fault");
  }

  @Test
  void aComponentsState() {
    // 3号楼5层走廊烟感, filled up with zeroes to 31 bytes.
    assertThat(
            told(
                Wire.bytes(
                    "40 40 07 00 01 00 05 0d 06 0f 0b 17 41 0a 00 00 00 12 01 00 00 00 00 00"
                        + "30 00 02 02 01 01 02 28 0a 00 05 00 02 00"
                        + "33 ba c5 c2 a5 35 b2 e3 d7 df c0 c8 d1 cc b8 d0"
                        + "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                        + "00 0d 06 0f 0b 17 aa 23 23")))
        .containsExactly("[120000000A41/1-2/0005000A @1699999980000]", "state:fire");
  }

  @Test
  void aComponentsAnalogValue() {
    // 345.2 kPa
    assertThat(
            told(
                Wire.bytes(
                    "40 40 07 00 01 00 05 0d 06 0f 0b 17 41 0a 00 00 00 12 01 00 00 00 00 00"
                        + "12 00 02 03 01 0b 01 5b 0a 00 05 00 05 7c 0d 00 0d 06 0f 0b 17 0f 23 23")))
        .containsExactly("[120000000A41/11-1/0005000A @1699999980000]", "pressure=345.2 kPa");
  }

  @Test
  void theStateOfTheDeviceItself() {
    assertThat(
            told(
                Wire.bytes(
                    "40 40 07 00 01 00 05 0d 06 0f 0b 17 41 0a 00 00 00 12 01 00 00 00 00 00"
                        + "09 00 02 15 01 09 00 0d 06 0f 0b 17 1d 23 23")))
        .containsExactly("[120000000A41 @1699999980000]", "state:fault");
  }

  @Test
  void aFrameWithoutApplicationDataIsAHeartbeat() {
    assertThat(
            told(
                Wire.bytes(
                    "40 40 07 00 01 00 05 0d 06 0f 0b 17 41 0a 00 00 00 12 01 00 00 00 00 00"
                        + "00 00 02 b1 23 23")))
        .containsExactly("nothing: a heartbeat of 120000000A41");
  }

  @Test
  void framesBackToBackLeaveInTheOrderOfTheirTimes() {
    assertThat(
            told(
                Wire.sent("15 01 01 00 0d 06 0f 0b 17"),
                Wire.sent(
                    "03 02 01 02 1f 01 00 01 00 03 0d 01 02 0d 06 0f 0b 17"
                        + "01 02 1f 01 00 01 00 03 f9 ff 01 0d 06 0f 0b 17"),
                Wire.sent("")))
        .containsExactly(
            "[120000000A41 @1699999980000]",
            "state:normal",
            "[120000000A41/1-2/00010001 @1699999981000]",
            "temperature=-0.7 °C",
            "[120000000A41/1-2/00010001 @1699999982000]",
            "temperature=26.9 °C");
  }

  @Test
  void whatBelongsToNoFrameIsRefusedOnceAndTheSearchGoesOn() {
    assertThat(
            told(
                Wire.bytes("00 40 ff"),
                Wire.sent("15 01 01 00 0d 06 0f 0b 17"),
                Wire.bytes("01 02 03 04 05 06 07 08 09 0a 40"),
                Wire.sent("15 01 03 01 0d 06 0f 0b 17"),
                Wire.bytes("0d 0a")))
        .containsExactly(
            "!bad-payload byte 0: 3 bytes that belong to no frame: 00 40 ff; a frame begins with"
                + " @@ (40 40)",
            "!bad-payload byte 42: 11 bytes that belong to no frame: 01 02 03 04 05 06 07 08 …; a"
                + " frame begins with @@ (40 40)",
            "!bad-payload byte 92: 2 bytes that belong to no frame: 0d 0a; a frame begins with @@"
                + " (40 40)",
            "[120000000A41 @1699999980000]",
            "state:normal",
            "[120000000A41 @1699999981000]",
            "state:fire");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // at, value, what is said of it
        "35 | 0 | its checksum at byte 36 is 1d, its bytes add up to 06",
        "36 | 0 | its checksum at byte 36 is 00, its bytes add up to 1d",
        "26 | 3 | its checksum at byte 36 is 1d, its bytes add up to 1e",
        "37 | 33 | by its length of application data, 9, it ends with ## (23 23) at byte 37, there is 21 23",
        "24 | 8 | by its length of application data, 8, it ends with ## (23 23) at byte 36, there is 1d 23; nothing is read up to byte 39",
        "25 | 4 | its length of application data is 1033, the most is 1024; nothing is read up to byte 39",
        "25 | 3 | it is cut off: by its length of application data it has 807 bytes, 78 are left; nothing is read up to byte 39"
      })
  void aBrokenFrameIsRefusedAndItsNeighbourIsRead(int at, int value, String detail) {
    byte[] broken = Wire.with(Wire.sent("15 01 09 00 0d 06 0f 0b 17"), at, value);
    List<String> told = told(broken, Wire.sent("15 01 03 01 0d 06 0f 0b 17"));
    assertThat(told).hasSize(3).endsWith("[120000000A41 @1699999981000]", "state:fire");
    assertThat(told.get(0)).startsWith("!bad-payload frame at byte 0: " + detail);
    List<String> behind = told(Wire.sent("15 01 03 01 0d 06 0f 0b 17"), broken);
    assertThat(behind).hasSize(3).endsWith("[120000000A41 @1699999981000]", "state:fire");
    assertThat(behind.get(0)).startsWith("!bad-payload frame at byte 39: ");
  }

  @Test
  void aLengthThatReachesToTheEndOfTheNextFrameDoesNotSwallowIt() {
    byte[] first = Wire.with(Wire.sent("15 01 09 00 0d 06 0f 0b 17"), Frame.LENGTH, 9 + 39);
    assertThat(told(first, Wire.sent("15 01 03 01 0d 06 0f 0b 17")))
        .hasSize(3)
        .endsWith("[120000000A41 @1699999981000]", "state:fire")
        .first()
        .asString()
        .startsWith("!bad-payload frame at byte 0: its checksum at byte 75 is ");
  }

  @Test
  void whatLooksLikeAStartInsideABrokenFrameIsNoRefusalOfItsOwn() {
    byte[] described = Wire.sent(FIRE + " 40".repeat(31) + Wire.TIME);
    assertThat(told(Wire.with(described, 30, 3)))
        .containsExactly(
            "!bad-payload frame at byte 0: its checksum at byte 75 is "
                + String.format(
                    "%02x, its bytes add up to %02x", described[75], described[75] + 1));
  }

  @Test
  void asManyObjectsAsFitAreRead() {
    assertThat(told(Wire.sent("15 92" + (" 01" + Wire.TIME).repeat(146))))
        .hasSize(2 * 146)
        .endsWith("[120000000A41 @1699999985000]", "state:normal");
  }

  @Test
  void everyBrokenFrameIsRefusedForItself() {
    byte[] broken = Wire.with(Wire.sent("15 01 09 00 0d 06 0f 0b 17"), 38, 0);
    assertThat(told(broken, broken, Wire.with(broken, 25, 9)))
        .extracting(line -> line.substring(0, 40))
        .containsExactly(
            "!bad-payload frame at byte 0: by its len",
            "!bad-payload frame at byte 39: by its le",
            "!bad-payload frame at byte 78: its lengt");
  }

  @Test
  void aFrameThatIsCutOffIsRefused() {
    byte[] whole = Wire.sent(FIRE + " 20".repeat(31) + Wire.TIME);
    for (int length = 2; length < whole.length; length++) {
      assertThat(told(Arrays.copyOf(whole, length)))
          .singleElement()
          .asString()
          .startsWith("!bad-payload frame at byte 0: it is cut off: ");
    }
    assertThat(told(whole)).hasSize(2);
    assertThat(told(new byte[0]))
        .containsExactly("!bad-payload the payload is empty, a frame begins with @@ (40 40)");
  }

  /** 256 KiB of what costs most are read within 50 ms of the processor's time. */
  @Test
  void theLargestPayloadsAreReadInTime() {
    List<byte[]> units = new ArrayList<>();
    units.add(Wire.bytes("40"));
    units.add(Wire.bytes("40 40 23 23"));
    units.add(Wire.sent(""));
    units.add(Wire.with(Wire.sent(""), 27, 0));
    units.add(Wire.sent("15 01 03 01 0d 06 0f 0b 17"));
    units.add(Wire.sent("03 3f" + (" 01 02 1f 01 00 01 00 03 0d 01" + Wire.TIME).repeat(63)));
    units.add(Wire.sent("02 16" + (FIRE.substring(5) + " 40".repeat(31) + Wire.TIME).repeat(22)));
    units.add(
        Wire.sent(
            "02 16"
                + (FIRE.substring(5, 26) + " ff ff" + " b0".repeat(31) + Wire.TIME).repeat(22)));
    units.add(
        Wire.sent("07 1a" + (" 01 02 28 0a 00 05 00" + " ba c5".repeat(15) + " 41").repeat(26)));
    for (byte[] unit : units) {
      byte[] payload = new byte[256 * 1024];
      for (int i = 0; i < payload.length; i++) {
        payload[i] = unit[i % unit.length];
      }
      long least = Long.MAX_VALUE;
      // The first times it is not compiled yet.
      for (int i = 0; i < 25 && least > 50; i++) {
        long begun = Barrage.cpuNs();
        assertThat(told(payload)).isNotEmpty();
        least = Math.min(least, (Barrage.cpuNs() - begun) / 1_000_000);
      }
      assertThat(least).as("%d bytes a unit", unit.length).isLessThanOrEqualTo(50);
    }
  }
}
