package org.minusone.ingest.decode.codec.gbt26875;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.Answer;
import org.minusone.ingest.decode.Decoded;
import org.minusone.ingest.decode.ReadingDecoder;
import org.minusone.model.CodecChoice;
import org.minusone.model.Family;
import org.minusone.model.Quantity;
import org.minusone.model.Run;
import org.minusone.model.Sensor;
import org.minusone.model.SensorId;
import org.minusone.model.SiteId;
import org.minusone.model.SiteVersion;
import org.minusone.model.Text;
import org.minusone.model.port.SiteCatalog;

/** A transmission device behind gateway gw-9 of a site: its frames as readings, and its answers. */
class Gbt26875SiteTest {
  /** 2023-11-15 06:13:20 in China. */
  private static final long NOW = 1_700_000_000_000L;

  private static final SiteId FUBAO = new SiteId("fubao");
  private static final String TOPIC = "sites/fubao/gateways/gw-9/readings";

  private static final CodecChoice CODEC =
      new CodecChoice(
          TOPIC,
          "gbt26875",
          Map.of("height", Quantity.DEPTH),
          Map.of(),
          Set.of("events"),
          Map.of("confirm-topic", "sites/fubao/gateways/{gateway}/commands"));

  /** The same, confirmed by device, on a tree that names no gateway. */
  private static final CodecChoice OTHER_TREE =
      new CodecChoice(
          "utd/+/up",
          "gbt26875",
          Map.of(),
          Map.of(),
          Set.of(),
          Map.of("confirm-topic", "utd/{source}/down"));

  private static final CodecChoice NO_GATEWAY =
      new CodecChoice(
          "lost/#",
          "gbt26875",
          Map.of(),
          Map.of(),
          Set.of(),
          Map.of("confirm-topic", "sites/fubao/gateways/{gateway}/commands"));

  private final ReadingDecoder decoder = new ReadingDecoder(new Site(), run -> false, 10);

  private Decoded decoded(String topic, byte[]... frames) {
    return decoder.decode(topic, Wire.joined(frames), NOW);
  }

  private static List<String> lines(Decoded decoded) {
    List<String> lines = new ArrayList<>();
    decoded
        .readings()
        .forEach(
            reading ->
                lines.add(
                    reading.sensor()
                        + " "
                        + reading.quantity().id()
                        + "="
                        + (reading.quantity().isWord() ? reading.word() : reading.value())
                        + " @"
                        + reading.timeMs()));
    decoded
        .rejections()
        .forEach(
            rejection ->
                lines.add(
                    "!"
                        + rejection.rejected().reason().id()
                        + " "
                        + rejection.rejected().detail().replaceFirst("; .*", "")));
    return lines;
  }

  private static String hex(Answer answer) {
    return HexFormat.ofDelimiter(" ").formatHex(answer.payload());
  }

  @Test
  void framesBecomeReadingsOfTheSensorsThatAliasesName() {
    byte[] described = "7楼02室会议室烟感".getBytes(Charset.forName("GB18030"));
    String smoke =
        "01 02 28 0a 00 05 00 02 02" + HexFormat.of().formatHex(Arrays.copyOf(described, 31));
    assertThat(
            lines(
                decoded(
                    TOPIC,
                    Wire.sent("15 01 01 00 0d 06 0f 0b 17"),
                    Wire.sent("02 01" + smoke + "04 0d 06 0f 0b 17"),
                    Wire.bytes("00 00"),
                    Wire.sent(
                        "03 04"
                            + "0b 01 5b 01 00 00 00 05 7c 0d 01 0d 06 0f 0b 17"
                            + "0b 01 5b 01 00 00 00 01 05 00 01 0d 06 0f 0b 17"
                            + "00 01 00 02 00 00 00 02 7d 00 02 0d 06 0f 0b 17"
                            + "00 01 00 03 00 00 00 03 d7 00 02 0d 06 0f 0b 17"))))
        .containsExactly(
            "UTD-9 state=normal @1699999980000",
            "P-1 pressure=0.3452 @1699999981000",
            "F-1 depth=125.0 @1699999982000",
            "S-1 state=fire @1699999984000",
            "!unknown-word frame at byte 39 (7 of 120000000A41), object 1,"
                + " 120000000A41/1-2/0005000A (7楼02室会议室烟感): bit 9 of its state, 0x202, is"
                + " reserved",
            "!bad-payload byte 117: 2 bytes that belong to no frame: 00 00",
            "!unknown-sensor 120000000A41/0-1/00000003 is neither a sensor id nor anybody's alias");
  }

  @Test
  void soundFramesAreConfirmedInTheirOrderAndBrokenOnesDenied() {
    byte[] bare = new byte[0];
    Decoded decoded =
        decoded(
            TOPIC,
            Wire.sent("15 01 01 00 0d 06 0f 0b 17"),
            Wire.with(Wire.sent("15 01 03 00 0d 06 0f 0b 17"), 29, 0),
            Wire.frame(0x1234, 2, Wire.TIME, Wire.SOURCE, bare),
            // Answered they are not: a command, a confirmation, an answer, a denial, half a frame.
            Wire.frame(1, 1, Wire.TIME, Wire.SOURCE, bare),
            Wire.frame(1, 3, Wire.TIME, Wire.SOURCE, bare),
            Wire.frame(1, 5, Wire.TIME, Wire.SOURCE, bare),
            Wire.frame(1, 6, Wire.TIME, Wire.SOURCE, bare),
            Wire.with(Wire.frame(1, 3, Wire.TIME, Wire.SOURCE, bare), 27, 0),
            Wire.frame(8, 99, Wire.TIME, Wire.SOURCE, bare),
            // It cannot be read, and to send it again would not help.
            Wire.frame(9, 2, Wire.TIME, Wire.SOURCE, Wire.bytes("80 01")),
            Arrays.copyOf(Wire.sent("15 01 03 00 0d 06 0f 0b 17"), 30));
    assertThat(decoded.answers())
        .extracting(Answer::topic)
        .hasSize(5)
        .containsOnly("sites/fubao/gateways/gw-9/commands");
    String confirmed =
        "40 40 07 00 01 00 14 0d 06 0f 0b 17 01 00 00 00 00 00 41 0a 00 00 00 12 00 00 03 c1 23 23";
    assertThat(decoded.answers())
        .extracting(Gbt26875SiteTest::hex)
        .containsExactly(
            confirmed,
            // Denied: command 6, checksum c1 + 3.
            confirmed.replace("03 c1", "06 c4"),
            // Number 0x1234: c1 - 7 + 34 + 12.
            confirmed.replace("07 00 01", "34 12 01").replace("c1 23", "00 23"),
            confirmed.replace("40 40 07", "40 40 08").replace("03 c1", "06 c5"),
            confirmed.replace("40 40 07", "40 40 09").replace("c1 23", "c3 23"));
  }

  @Test
  void aDeviceMayHaveATopicOfItsOwnToBeConfirmedOn() {
    Decoded decoded = decoded("utd/x/up", Wire.sent("15 01 05 00 0d 06 0f 0b 17"));
    assertThat(lines(decoded)).containsExactly("UTD-9 state=fault @1699999980000");
    assertThat(decoded.answers())
        .extracting(Answer::topic)
        .containsExactly("utd/120000000A41/down");
  }

  @Test
  void aTopicThatLacksAGatewayToConfirmToSaysSo() {
    Decoded decoded = decoded("lost/1", Wire.sent("15 01 05 00 0d 06 0f 0b 17"));
    assertThat(lines(decoded))
        .containsExactly(
            "UTD-9 state=fault @1699999980000",
            "!bad-topic nothing is confirmed: the option confirm-topic has {gateway}, and this"
                + " topic names none");
    assertThat(decoded.answers()).isEmpty();
  }

  @Test
  void aHeartbeatIsConfirmedAndNothingElse() {
    Decoded decoded = decoded(TOPIC, Wire.sent(""));
    assertThat(lines(decoded)).isEmpty();
    assertThat(decoded.nothing()).isEqualTo("a heartbeat of 120000000A41");
    assertThat(decoded.answers()).hasSize(1);
  }

  private static final class Site implements SiteCatalog {
    private final SiteVersion version =
        new SiteVersion(
            FUBAO,
            1,
            Instant.EPOCH,
            "test",
            new Text("福保", "Fubao"),
            "Asia/Shanghai",
            false,
            Map.of(
                new SensorId("UTD-9"),
                sensor("UTD-9", Family.FIRE_FACILITY, "120000000A41"),
                new SensorId("P-1"),
                sensor("P-1", Family.FIRE_FACILITY, "120000000A41/11-1/00000001"),
                new SensorId("F-1"),
                sensor("F-1", Family.FLOOD_POINT, "120000000A41/0-1/00000002"),
                new SensorId("S-1"),
                sensor("S-1", Family.SMOKE, "120000000A41/1-2/0005000A")),
            List.of(),
            List.of(),
            false,
            Map.of(),
            List.of(CODEC, OTHER_TREE, NO_GATEWAY));

    private static Sensor sensor(String id, Family family, String alias) {
      return new Sensor(
          new SensorId(id),
          family,
          new Text(id, id),
          null,
          null,
          family.quantities(),
          null,
          Set.of(alias),
          Map.of(),
          null);
    }

    @Override
    public Optional<SiteVersion> live(SiteId site) {
      return site.base().equals(FUBAO) ? Optional.of(version) : Optional.empty();
    }

    @Override
    public Collection<SiteVersion> sites() {
      return List.of(version);
    }

    @Override
    public Optional<Run> run(SiteId site) {
      return Optional.empty();
    }

    @Override
    public Collection<Run> runs() {
      return List.of();
    }
  }
}
