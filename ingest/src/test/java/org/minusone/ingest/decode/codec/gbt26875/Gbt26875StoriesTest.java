package org.minusone.ingest.decode.codec.gbt26875;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minusone.ingest.decode.codec.Told;

/** What application data mean: states, values, times, names, and what is none of them. */
class Gbt26875StoriesTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long TAG = 1_699_999_985_000L;

  private static List<String> told(Map<String, Object> options, byte[] payload) {
    return Told.gateway(Gbt26875.KIND.create(options), payload, NOW);
  }

  private static List<String> told(String data) {
    return told(Map.of(), Wire.sent(data));
  }

  private static String low(int state) {
    return String.format("%02x %02x ", state & 0xff, state >> 8);
  }

  private static String described(String text) {
    byte[] bytes = text.getBytes(Charset.forName("GB18030"));
    return HexFormat.of().formatHex(Arrays.copyOf(bytes, 31));
  }

  @ParameterizedTest
  @CsvSource({
    "0x001, normal",
    "0x000, test",
    "0x002, fire",
    "0x003, fire",
    "0x1ff, fire",
    "0x004, fault",
    "0x005, fault",
    "0x101, fault",
    "0x10d, fault",
    "0x009, silenced",
    "0x008, silenced",
    "0x011, normal",
    "0x021, normal",
    "0x041, normal",
    "0x081, normal",
    "0x0f1, normal",
    "0x020, test"
  })
  void theGravestBitOfAComponentIsItsState(String state, String word) {
    assertThat(
            told(
                "02 01 01 02 28 0a 00 05 00"
                    + low(Integer.decode(state))
                    + described("")
                    + Wire.TIME))
        .containsExactly("[120000000A41/1-2/0005000A @" + TAG + "]", "state:" + word);
  }

  @ParameterizedTest
  @CsvSource({
    "0x0001, normal",
    "0x0000, test",
    "0x3803, fire",
    "0x0101, fault",
    "0x0201, fault",
    "0x0401, fault",
    "0x0009, silenced",
    "0x0801, normal",
    "0x1001, normal",
    "0x2001, normal"
  })
  void theGravestBitOfASystemIsItsState(String state, String word) {
    assertThat(told("01 01 0b 03" + low(Integer.decode(state)) + Wire.TIME))
        .containsExactly("[120000000A41/11-3 @" + TAG + "]", "state:" + word);
  }

  @ParameterizedTest
  @CsvSource({
    "01, normal",
    "00, test",
    "03, fire",
    "05, fault",
    "08, fault",
    "11, fault",
    "21, fault",
    "41, fault"
  })
  void theGravestBitOfTheDeviceIsItsState(String state, String word) {
    assertThat(told("15 01" + state + Wire.TIME))
        .containsExactly("[120000000A41 @" + TAG + "]", "state:" + word);
  }

  @Test
  void aReservedBitIsRefusedBesideTheStateAndNamesItsComponent() {
    String data = "02 01 01 02 28 0a 00 05 00" + low(0x0203) + described("7楼02室会议室烟感") + Wire.TIME;
    assertThat(told(data))
        .containsExactly(
            "!unknown-word frame at byte 0 (7 of 120000000A41), object 1,"
                + " 120000000A41/1-2/0005000A (7楼02室会议室烟感): bit 9 of its state, 0x203, is"
                + " reserved; the option bits.component may say what it means",
            "[120000000A41/1-2/0005000A @" + TAG + "]",
            "state:fire");
  }

  @Test
  void aSiteMaySayWhatBitsMean() {
    Map<String, Object> options =
        Map.of(
            "bits",
            Map.of(
                "component", Map.of(9, "low-battery", "10", "removed", 0, "normal", 12, "offline"),
                "device", Map.of(7, "removed")));
    assertThat(
            told(
                options,
                Wire.sent("02 04" + state(0x0000) + state(0x0200) + state(0x0609) + state(0x1601))))
        .filteredOn(line -> line.startsWith("state"))
        .containsExactly("state:normal", "state:low-battery", "state:removed", "state:offline");
    assertThat(told(options, Wire.sent("15 01 81" + Wire.TIME))).endsWith("state:removed");
  }

  private static String state(int state) {
    return "01 02 28 0a 00 05 00" + low(state) + described("") + Wire.TIME;
  }

  @ParameterizedTest
  @CsvSource({
    "01, 05 00, events=5.0",
    "02, 7d 00, height=1.25 m",
    "03, d7 00, temperature=21.5 °C",
    "03, 55 f5, temperature=-273.1 °C",
    "04, 04 00, pressure=0.4 MPa",
    "05, b8 01, pressure=44.0 kPa",
    "06, fb 00, gas=25.1 %LEL",
    "07, 00 7d, time=32000.0 s",
    "08, 98 08, voltage=220.0 V",
    "09, 03 00, current=0.3 A",
    "0a, 01 00, flow=0.1 L/s",
    "0b, 02 00, air-volume=0.2 m3/min",
    "0c, 14 00, wind-speed=20.0 m/s",
    "00, 01 00, analog-0=1.0",
    "0d, ff ff, analog-13=-1.0",
    "80, ff 7f, analog-128=32767.0"
  })
  void analogTypes(String type, String value, String line) {
    assertThat(told("03 01 01 02 1f 0a 00 05 00" + type + value + Wire.TIME))
        .containsExactly("[120000000A41/1-2/0005000A @" + TAG + "]", line);
  }

  @Test
  void valuesOfOneComponentAndTimeAreOneEntry() {
    String component = "01 02 11 0a 00 05 00";
    assertThat(
            told(
                "03 03"
                    + (component + "08 98 08" + Wire.TIME)
                    + (component + "09 03 00" + Wire.TIME)
                    + (component + "09 04 00" + Wire.TIME)))
        .containsExactly(
            "[120000000A41/1-2/0005000A @" + TAG + "]",
            "voltage=220.0 V",
            "current=0.3 A",
            "[120000000A41/1-2/0005000A @" + TAG + "]",
            "current=0.4 A");
  }

  @ParameterizedTest
  @CsvSource({
    "00 00 00 00 00 00",
    "ff ff ff ff ff ff",
    "3c 00 00 01 01 17",
    "00 3c 00 01 01 17",
    "00 00 18 01 01 17",
    "00 00 00 00 01 17",
    "00 00 00 1d 02 17",
    "00 00 00 1f 0b 17",
    "00 00 00 01 00 17",
    "00 00 00 01 0d 17",
    "00 00 00 01 01 64",
    "00 00 00 01 01 00"
  })
  void aTimeThatIsNoneIsReplacedByTheFramesTagAndThatByTheArrival(String time) {
    byte[] data = Wire.bytes("15 01 01" + time);
    assertThat(told(Map.of(), Wire.frame(1, 2, Wire.TIME, Wire.SOURCE, data)))
        .containsExactly("[120000000A41 @" + TAG + "]", "state:normal");
    assertThat(told(Map.of(), Wire.frame(1, 2, time, Wire.SOURCE, data)))
        .containsExactly("[120000000A41 @now]", "state:normal");
  }

  @Test
  void timesAreThoseOfTheZone() {
    byte[] leapDay = Wire.sent("15 01 01" + Wire.time(LocalDateTime.of(2024, 2, 29, 23, 59, 59)));
    assertThat(told(Map.of(), leapDay)).startsWith("[120000000A41 @1709222399000]");
    assertThat(told(Map.of("zone", "UTC"), leapDay)).startsWith("[120000000A41 @1709251199000]");
  }

  @Test
  void addressesMayBeDecimal() {
    byte[] data = Wire.bytes("03 01 01 02 1f 0a 00 05 81 03 d7 00" + Wire.TIME);
    byte[] frame = Wire.frame(1, 5, Wire.TIME, "79 83 00 00 00 90", data);
    assertThat(told(Map.of("addresses", "decimal"), frame))
        .startsWith("[158329674433401/1-2/10-33029 @" + TAG + "]");
    assertThat(told(Map.of("addresses", "hex"), frame))
        .startsWith("[900000008379/1-2/8105000A @" + TAG + "]");
  }

  @Test
  void answersToQuestionsAreReadToo() {
    byte[] data = Wire.bytes("15 01 02" + Wire.TIME);
    assertThat(told(Map.of(), Wire.frame(1, 5, Wire.TIME, Wire.SOURCE, data)))
        .containsExactly("[120000000A41 @" + TAG + "]", "state:fire");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "04 01 01 02 01 05 | operations at a system of 120000000A41",
        "05 01 01 02 01 05 | software version of a system of 120000000A41",
        "06 01 01 02 00 | configuration of a system of 120000000A41",
        "08 01 01 02 | clock of a system of 120000000A41",
        "18 01 20 01 | operations at the device 120000000A41",
        "19 01 01 01 | software version of the device 120000000A41",
        "1a 01 00 | configuration of the device 120000000A41",
        "1c 01 | clock of the device 120000000A41",
        "03 00 | no objects from 120000000A41",
        "07 01 | names of components: none whole"
      })
  void whatMeasuresNothingSaysWhatItIs(String data, String why) {
    assertThat(told(data)).containsExactly("nothing: " + why);
  }

  @Test
  void namesOfComponentsAreShownToWhoMapsThem() {
    assertThat(
            told(
                "07 02 01 02 28 0a 00 05 00"
                    + described("3号楼5层走廊烟感")
                    + "01 02 17 0b 00 05 00"
                    + described(" ")))
        .containsExactly(
            "nothing: names of components: 120000000A41/1-2/0005000A (3号楼5层走廊烟感),"
                + " 120000000A41/1-2/0005000B");
  }

  @ParameterizedTest
  @CsvSource({
    "1, a command of the centre; number 7",
    "3, a confirmation of number 7",
    "4, a command of the centre; number 7",
    "6, a denial of number 7"
  })
  void otherCommandsMeasureNothing(int command, String why) {
    assertThat(told(Map.of(), Wire.frame(7, command, Wire.TIME, Wire.SOURCE, new byte[0])))
        .containsExactly("nothing: " + why.replace(';', ','));
  }

  @Test
  void reasonsOfAMessageAreToldTogetherAndNotForever() {
    byte[] payload = new byte[0];
    for (int i = 0; i < 9; i++) {
      payload = Wire.joined(payload, Wire.frame(i / 2, 3, Wire.TIME, Wire.SOURCE, new byte[0]));
    }
    assertThat(told(Map.of(), payload))
        .containsExactly(
            "nothing: a confirmation of number 0; a confirmation of number 1; a confirmation of"
                + " number 2; a confirmation of number 3; and more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00 01 | type 0 is none of the standard's",
        "09 01 | type 9 is none of the standard's",
        "3d 01 01 02 | type 61 is a question of the centre, not a report",
        "80 01 | type 128 is the maker's own, and not known here",
        "15 | 0 objects of type 21 make 2 bytes of application data, there are 1",
        "15 02 01 00 0d 06 0f 0b 17 | 2 objects of type 21 make 16 bytes of application data, there are 9",
        "03 01 01 02 1f 0a 00 05 00 03 d7 00 | 1 objects of type 3 make 18 bytes of application data, there are 12",
        "01 01 01 02 04 00 00 0d 06 0f 0b 17 00 | 1 objects of type 1 make 12 bytes of application data, there are 13"
      })
  void applicationDataThatCannotBeReadAreRefused(String data, String detail) {
    byte[] good = Wire.sent("15 01 01" + Wire.TIME);
    assertThat(told(Map.of(), Wire.joined(good, Wire.sent(data), good)))
        .containsExactly(
            "!bad-payload frame at byte 39 (7 of 120000000A41): " + detail,
            "[120000000A41 @" + TAG + "]",
            "state:normal",
            "[120000000A41 @" + TAG + "]",
            "state:normal");
  }

  @Test
  void aCommandThatIsNotKnownIsRefused() {
    for (int command : new int[] {0, 7, 128, 255}) {
      assertThat(told(Map.of(), Wire.frame(7, command, Wire.TIME, Wire.SOURCE, new byte[0])))
          .containsExactly(
              "!bad-payload frame at byte 0 (7 of 120000000A41): there is no command " + command);
    }
  }

  @Test
  void aWrongOptionSaysWhichAndWhatWasMeant() {
    refuses(Map.of("time-zone", "UTC"), "time-zone: no such option; there are ");
    refuses(Map.of("zone", "China"), "zone: no such time zone: China; they are named as Asia/");
    refuses(Map.of("addresses", "hexa"), "addresses: no such way: hexa, did you mean 'hex'?");
    refuses(Map.of("confirm-topic", "a/+/b"), "confirm-topic: a topic to publish on belongs here");
    refuses(
        Map.of("confirm-topic", "a/{gatway}"),
        "confirm-topic: no such placeholder: {gatway}, did you mean '{gateway}'?");
    refuses(Map.of("bits", Map.of("components", Map.of())), "bits.components: no such option, did");
    refuses(
        Map.of("bits", Map.of("component", Map.of(16, "fire"))),
        "bits.component.16: a bit from 0 to 15 belongs here");
    refuses(
        Map.of("bits", Map.of("device", Map.of(7, "fires"))),
        "bits.device.7: no such state: fires, did you mean 'fire'?");
  }

  private static void refuses(Map<String, Object> options, String message) {
    assertThatThrownBy(() -> Gbt26875.KIND.create(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("codec gbt26875, " + message);
  }
}
