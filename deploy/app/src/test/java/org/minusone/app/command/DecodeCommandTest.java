package org.minusone.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engineer holds a payload in hand and asks what becomes of it. */
class DecodeCommandTest {
  private static final String GAUGE = "sites/harbour/flood-point/F-1/readings";

  /** How frames of the transmission device 120000000A41 begin, dated 2023-11-15T06:13. */
  private static final String DEVICE =
      "40 40 07 00 01 00 05 0d 06 0f 0b 17 41 0a 00 00 00 12 01 00 00 00 00 00";

  /** It says a system has a fault; a heartbeat has no application data at all. */
  private static final String FAULT =
      DEVICE + "0c 00 02 01 01 01 02 04 00 00 0d 06 0f 0b 17 0a 23 23";

  private static final String HEARTBEAT = DEVICE + "00 00 02 b1 23 23";

  @TempDir Path dir;

  private static Said decode(Object... words) {
    return Said.by(new DecodeCommand(), words);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }

  @Test
  void aReadingIsToldWithTimeUnitAndCalibration() throws Exception {
    HarbourFiles files = HarbourFiles.in(dir);
    files.write(
        "sensors/flood-point.yaml",
        "family: flood-point",
        "quantities: [depth]",
        "sensors:",
        "  - {id: F-1, community: east, x: 1, y: 2, name: Bridge,",
        "     calibrations: {depth: {unit: inch, scale: 1.02, offset: -0.5}}}");
    Path payload = dir.resolve("payload.json");
    Files.writeString(payload, "{\"ts\":1700000000000,\"values\":{\"depth\":10}}");

    Said said =
        decode("--site", dir, "--topic", GAUGE, "--at", "2023-11-15T06:13:22+08:00", payload);

    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains(
            "thingsboard, the standard",
            "25.408 cm  2023-11-14T22:13:20Z  own",
            "from depth = 10 inch (unit by the sensor), calibrated: in cm × 1.02 − 0.5");

    JsonNode row =
        decode("--site", dir, "--topic", GAUGE, "--json", "--hex", hex("{\"depth\":-10}"))
            .json()
            .at("/readings/0");
    assertThat(row.get("value").asDouble()).isCloseTo(-26.408, within(1e-9));
    assertThat(row.get("flag").asInt()).as("below what a gauge can report").isEqualTo(4);
    assertThat(row.get("stamp").asText()).isEqualTo("arrival");
    assertThat(row.at("/from/value").asDouble()).isEqualTo(-10);
  }

  @Test
  void whatIsRefusedIsToldWithItsReason() throws Exception {
    HarbourFiles.in(dir);
    String three = "{\"depth\":\"deep\",\"colour\":1,\"battery\":80}";

    Said said = decode("--site", dir, "--topic", GAUGE, "--hex", hex(three));

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("1 reading", "2 rejections", "not-a-number ", "unknown-quantity ", "colour");
    assertThat(decode("--site", dir, "--topic", GAUGE, "--hex", "00").out())
        .contains("bad-payload");
    assertThat(
            decode("--site", dir, "--topic", GAUGE.replace("F-1", "F-9"), "--hex", hex(three))
                .out())
        .contains("unknown-sensor", "F-9 is not registered at harbour");
    assertThat(
            decode(
                    "--site",
                    dir,
                    "--topic",
                    "sites/harbour/gateways/gw-2/readings",
                    "--hex",
                    hex("{\"F-3\":[{\"depth\":5}]}"))
                .out())
        .contains("wrong-gateway", "F-3 belongs to gateway gw-1, not to gw-2");
    assertThat(
            decode(
                    "--site",
                    dir,
                    "--topic",
                    GAUGE.replace("F-1", "F-3"),
                    "--hex",
                    hex("{\"depth\":5}"),
                    "--client",
                    "harbour/gw-2")
                .out())
        .contains("wrong-gateway");
  }

  @Test
  void theFormatIsTheOneThatTheSiteHasChosenOrTheOneOnTrial() throws Exception {
    HarbourFiles files = HarbourFiles.in(dir);
    files.write(
        "codecs.yaml",
        "codecs:",
        "  - {filter: app/+/up, codec: senml-json, units: {depth: m}}",
        "  - {filter: " + GAUGE + ", codec: senml-json, quantities: {d: depth}}");
    String senml = hex("[{\"n\":\"d\",\"u\":\"mm\",\"v\":120}]");

    assertThat(decode("--site", dir, "--topic", GAUGE, "--hex", senml).out())
        .contains(
            "senml-json, by the filter " + GAUGE + ", number 2 in codecs.yaml",
            "12 cm",
            "from d = 120 mm (unit by the payload)");
    assertThat(
            decode(
                    "--site",
                    dir,
                    "--topic",
                    "app/x/up",
                    "--hex",
                    hex("[{\"n\":\"F-1/depth\",\"v\":1.5}]"))
                .out())
        .contains("150 cm", "from depth = 1.5 m (unit by the codec)");
    Said trial =
        decode(
            "--site",
            dir,
            "--topic",
            GAUGE,
            "--codec",
            "mapped-json",
            "--option",
            "values.depth=/level",
            "--unit",
            "depth=mm",
            "--hex",
            hex("{\"level\":70}"));
    assertThat(trial.out()).contains("mapped-json, by --codec", "7 cm");
    assertThat(trial.code()).isZero();
    assertThat(
            decode("--site", dir, "--topic", GAUGE.replace("harbour", "harbour@r1"), "--hex", senml)
                .out())
        .as("a run speaks as its site does")
        .contains("number 2 in codecs.yaml", "12 cm");
  }

  @Test
  void withoutASiteEverySensorIsAdmitted() {
    assertThat(
            decode(
                    "--topic",
                    "sites/new/hazmat-storage/Z-1/readings",
                    "--hex",
                    hex("{\"temperature\":31}"))
                .out())
        .contains("Z-1", "31 °C", "the standard: --codec or --site may say another");

    Said gateway =
        decode(
            "--topic",
            "sites/new/gateways/g/readings",
            "--hex",
            hex("{\"A\":[{\"depth\":4}],\"B\":[{\"obscuration\":0.1}]}"));
    assertThat(gateway.code()).isZero();
    assertThat(gateway.out())
        .contains("A is taken for flood-point", "B is taken for smoke", "4 cm", "0.1 dB/m");

    Said foreign =
        decode(
            "--topic",
            "app/7/up",
            "--codec",
            "senml-json",
            "--family",
            "smoke",
            "--hex",
            hex("[{\"bn\":\"urn:dev:mac:01:\",\"n\":\"temp\",\"u\":\"Far\",\"v\":72.5}]"),
            "--quantity",
            "temp=temperature");
    assertThat(foreign.out())
        .contains("sensor-1 stands for 'urn:dev:mac:01'", "taken for smoke", "22.5 °C");
    assertThat(decode("--topic", "app/7/up", "--hex", "00").out())
        .contains("bad-topic", "--codec NAME decodes it all the same");
  }

  @Test
  void whatIsAnsweredAndWhatSaysNothingIsToldToo() {
    String topic = "sites/new/gateways/uitd-1/readings";
    Said fault =
        decode(
            "--topic",
            topic,
            "--codec",
            "gbt26875",
            "--option",
            "confirm-topic=sites/new/gateways/uitd-1/confirm",
            "--hex",
            FAULT);
    assertThat(fault.code()).isZero();
    assertThat(fault.out())
        .contains("sensor-1 stands for '120000000A41/1-2'", "fault  2023-11-14T22:13:00Z")
        .contains("1 answer, published once all of it is kept")
        .contains("sites/new/gateways/uitd-1/confirm  40 40 07 00");

    Said heartbeat = decode("--topic", topic, "--codec", "gbt26875", "--hex", HEARTBEAT);
    assertThat(heartbeat.code()).isZero();
    assertThat(heartbeat.out()).contains("nothing, because: a heartbeat of 120000000A41");
    assertThat(
            decode("--topic", topic, "--codec", "gbt26875", "--json", "--hex", HEARTBEAT)
                .json()
                .get("nothing")
                .asText())
        .contains("heartbeat");
  }

  @Test
  void whatWasAnnouncedBeforeExplainsWhatFollows() throws Exception {
    Path node = dir.resolve("nbirth.bin");
    Path device = dir.resolve("dbirth.bin");
    long at = 1_700_000_000_000L;
    Files.write(node, sparkplug(at, 0));
    Files.write(device, sparkplug(at, 1, metric("temperature", 5, 21.5)));
    String data = HexFormat.of().formatHex(sparkplug(at + 5_000, 2, metric(null, 5, 22.5)));
    Object[] alone = {
      "--topic", "spBv1.0/G/DDATA/E/D", "--codec", "sparkplug-b", "--hex", data, "--at", at + 5_100
    };
    Object[] explained = Arrays.copyOf(alone, alone.length + 4);
    explained[alone.length] = "--before";
    explained[alone.length + 1] = "spBv1.0/G/NBIRTH/E=" + node;
    explained[alone.length + 2] = "--before";
    explained[alone.length + 3] = "spBv1.0/G/DBIRTH/E/D=" + device;

    assertThat(decode(alone).out()).contains("no-birth", "1 answer, published", "spBv1.0/G/NCMD/E");
    Said said = decode(explained);
    assertThat(said.code()).as(said.out()).isZero();
    assertThat(said.out())
        .contains("sensor-1 stands for 'G/E/D'", "22.5 °C  2023-11-14T22:13:25Z  own");
  }

  private static byte[] sparkplug(long timeMs, int number, byte[]... metrics) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeUInt64(1, timeMs);
    for (byte[] metric : metrics) {
      out.writeByteArray(2, metric);
    }
    out.writeUInt64(3, number);
    out.flush();
    return bytes.toByteArray();
  }

  /** A double. */
  private static byte[] metric(String name, int alias, double value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    if (name != null) {
      out.writeString(1, name);
    }
    out.writeUInt64(2, alias);
    out.writeUInt32(4, 10);
    out.writeDouble(13, value);
    out.flush();
    return bytes.toByteArray();
  }

  @Test
  void aSlipOnTheCommandLineIsToldWithTheNearestWord() {
    assertThat(decode("--topic", GAUGE, "--codec", "senml-jsn", "--hex", "00"))
        .satisfies(said -> assertThat(said.code()).isEqualTo(2))
        .satisfies(said -> assertThat(said.out()).contains("did you mean 'senml-json'?"));
    assertThat(
            decode(
                    "--topic",
                    GAUGE,
                    "--codec",
                    "mapped-json",
                    "--option",
                    "vales.depth=/d",
                    "--hex",
                    "00")
                .out())
        .contains("did you mean 'values'?");
    assertThat(decode("--topic", GAUGE, "--option", "a=b", "--hex", "00").out())
        .contains("go with --codec NAME: thingsboard, ");
    assertThat(
            decode(
                    "--topic",
                    GAUGE,
                    "--codec",
                    "senml-cbor",
                    "--unit",
                    "depth=metre",
                    "--hex",
                    "00")
                .out())
        .contains("no unit 'metre' of depth");
    assertThat(decode("--topic", GAUGE, "--hex", "0").code()).isEqualTo(2);
    assertThat(decode("--topic", GAUGE, "--hex", "00", "--base64", "AA==").code()).isEqualTo(2);
    assertThat(decode("--topic", GAUGE, "--at", "noon", "--hex", "00").code()).isEqualTo(2);
    assertThat(decode("--topic", "app/+/up", "--hex", "00").code()).isEqualTo(2);
    assertThat(decode("--hex", "00").code()).isEqualTo(2);
  }
}
