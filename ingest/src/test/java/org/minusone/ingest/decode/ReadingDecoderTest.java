package org.minusone.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minusone.ingest.TestSite;
import org.minusone.model.Family;
import org.minusone.model.QualityFlag;
import org.minusone.model.Reading;
import org.minusone.model.RejectionReason;
import org.minusone.model.Stamp;

class ReadingDecoderTest {
  /** 2023-11-14T22:13:20Z. */
  private static final long ARRIVAL = 1_700_000_000_000L;

  private final ReadingDecoder decoder =
      new ReadingDecoder(new TestSite(), TestSite.RUN::equals, 1000);

  private Decoded decode(String topic, String payload) {
    return decoder.decode(topic, payload.getBytes(StandardCharsets.UTF_8), ARRIVAL);
  }

  /** {@code sensor quantity=value@time - arrival/stamp} of each, then {@code !reason} of each. */
  private static String brief(Decoded decoded) {
    List<String> parts = new ArrayList<>();
    for (Reading r : decoded.readings()) {
      String stamp =
          switch (r.stamp()) {
            case OWN -> "";
            case ARRIVAL -> "a";
            case HISTORICAL -> "h";
            case REPLACED -> "r";
          };
      Object value = r.word() == null ? (Object) r.value() : r.word();
      parts.add(
          r.sensor()
              + " "
              + r.quantity().id()
              + "="
              + value
              + "@"
              + (r.timeMs() - ARRIVAL)
              + stamp);
    }
    decoded.rejections().forEach(r -> parts.add("!" + r.rejected().reason().id()));
    return String.join("; ", parts);
  }

  /** Short names for topics of the table. */
  private static String topic(String name) {
    return switch (name) {
      case "hazmat" -> "sites/fubao/hazmat-storage/H-07/readings";
      case "smoke" -> "sites/fubao/smoke/S-1/readings";
      case "facility" -> "sites/fubao/fire-facility/P-1/readings";
      case "gateway" -> "sites/fubao/gateways/gw-1/readings";
      case "run" -> "sites/fubao@r17/flood-point/G-9/readings";
      case "run-gateway" -> "sites/fubao@r17/gateways/gw-1/readings";
      default -> name;
    };
  }

  @ParameterizedTest(name = "{0}: {1} → {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // The forms.
        "hazmat | {\"temperature\":21.5} | H-07 temperature=21.5@0a",
        "hazmat | {\"temperature\":21.5,\"humidity\":60} | H-07 temperature=21.5@0a; H-07 humidity=60.0@0a",
        "hazmat | {\"ts\":1699999999000,\"values\":{\"temperature\":21,\"gas\":0}} | H-07 temperature=21.0@-1000; H-07 gas=0.0@-1000",
        "hazmat | {\"values\":{\"temperature\":21}} | H-07 temperature=21.0@0a",
        "hazmat | [{\"temperature\":1},{\"temperature\":2}] | H-07 temperature=1.0@0a; H-07 temperature=2.0@1a",
        "hazmat | [{\"ts\":1699999998000,\"values\":{\"gas\":1}},{\"ts\":1699999999000,\"values\":{\"gas\":2}}] | H-07 gas=1.0@-2000; H-07 gas=2.0@-1000",
        "gateway | {\"H-07\":[{\"ts\":1699999999000,\"values\":{\"gas\":1}}],\"F-03\":[{\"depth\":12}]} | H-07 gas=1.0@-1000; F-03 depth=12.0@0a",
        "facility | {\"pump-mode\":\"auto\",\"pressure\":0.3} | P-1 pump-mode=auto@0a; P-1 pressure=0.3@0a",
        "smoke | {\"state\":\"low-battery\",\"battery\":9} | S-1 state=low-battery@0a; S-1 battery=9.0@0a",
        // Numbers.
        "hazmat | {\"temperature\":\"21.5\"} | H-07 temperature=21.5@0a",
        "hazmat | {\"temperature\":\"-3\"} | H-07 temperature=-3.0@0a",
        "hazmat | {\"temperature\":2.15e1} | H-07 temperature=21.5@0a",
        "hazmat | {\"temperature\":\"2.15e1\"} | !not-a-number",
        "hazmat | {\"temperature\":\"21.5 C\"} | !not-a-number",
        "hazmat | {\"temperature\":\"\"} | !not-a-number",
        "hazmat | {\"temperature\":null} | !not-a-number",
        "hazmat | {\"temperature\":NaN} | !not-a-number",
        "hazmat | {\"temperature\":-Infinity} | !not-a-number",
        "hazmat | {\"temperature\":1e999} | !not-a-number",
        "hazmat | {\"temperature\":true} | !not-a-number",
        "hazmat | {\"temperature\":{\"celsius\":21}} | !not-a-number",
        "hazmat | {\"temperature\":[21]} | !not-a-number",
        // Words.
        "facility | {\"pump-mode\":\"automatic\"} | !unknown-word",
        "facility | {\"pump-mode\":1} | !unknown-word",
        "smoke | {\"state\":\"FIRE\"} | !unknown-word",
        // One bad value does not cost its neighbours.
        "hazmat | {\"temperature\":21,\"humidity\":null,\"pressure\":1,\"gas\":2} | H-07 temperature=21.0@0a; H-07 gas=2.0@0a; !not-a-number; !unknown-quantity",
        "hazmat | [{\"temperature\":1},7,{\"ts\":1,\"values\":{\"gas\":1}},{\"gas\":2}] | H-07 temperature=1.0@0a; H-07 gas=2.0@1a; !bad-payload; !bad-time",
        "gateway | {\"X-1\":[{\"gas\":1}],\"H-07\":[{\"gas\":1}],\"no id\":[{\"gas\":2}],\"F-03\":{\"depth\":1}} | H-07 gas=1.0@0a; !unknown-sensor; !unknown-sensor; !bad-payload",
        // Time.
        "hazmat | {\"ts\":1700000060000,\"values\":{\"gas\":1}} | H-07 gas=1.0@60000",
        "hazmat | {\"ts\":1700000060001,\"values\":{\"gas\":1}} | H-07 gas=1.0@0r",
        "hazmat | {\"ts\":\"1699999999000\",\"values\":{\"gas\":1}} | H-07 gas=1.0@-1000",
        "hazmat | {\"ts\":1.699999999E12,\"values\":{\"gas\":1}} | H-07 gas=1.0@-1000",
        "hazmat | {\"ts\":1700000000,\"values\":{\"gas\":1}} | !bad-time",
        "hazmat | {\"ts\":1700000000000000,\"values\":{\"gas\":1}} | !bad-time",
        "hazmat | {\"ts\":-5,\"values\":{\"gas\":1}} | !bad-time",
        "hazmat | {\"ts\":99999999999999999999999,\"values\":{\"gas\":1}} | !bad-time",
        "hazmat | {\"ts\":null,\"values\":{\"gas\":1}} | !bad-time",
        "hazmat | {\"ts\":\"now\",\"values\":{\"gas\":1}} | !bad-time",
        // Not a form we know.
        "hazmat | {\"ts\":1699999999000,\"gas\":1} | !bad-payload",
        "hazmat | {\"ts\":1699999999000,\"values\":{\"gas\":1},\"unit\":\"%\"} | H-07 gas=1.0@-1000; !bad-payload",
        "hazmat | {\"ts\":1699999999000,\"values\":{}} | !bad-payload",
        "hazmat | {\"ts\":1699999999000,\"values\":[1]} | !bad-payload",
        "hazmat | {} | !bad-payload",
        "hazmat | [] | !bad-payload",
        "hazmat | 21.5 | !bad-payload",
        "hazmat | null | !bad-payload",
        "hazmat | {\"gas\":1} x | !bad-payload",
        "hazmat | {\"gas\":1,\"gas\":2} | !bad-payload",
        "hazmat | {\"gas\":1 | !bad-payload",
        "hazmat | [[[[[[[[[[1]]]]]]]]]] | !bad-payload",
        "hazmat | `` | !bad-payload",
        "gateway | [{\"gas\":1}] | !bad-payload",
        "gateway | {\"H-07\":[]} | !bad-payload",
        "gateway | {} | !bad-payload",
        // Who may speak.
        "sites/other/smoke/S-1/readings | {\"battery\":1} | !unknown-site",
        "sites/fubao/smoke/S-999/readings | {\"battery\":1} | !unknown-sensor",
        "sites/fubao/smoke/H-07/readings | {\"battery\":1} | !wrong-family",
        "sites/fubao/radiation/R-1/readings | {\"battery\":1} | !bad-topic",
        "sites/Fubao/smoke/S-1/readings | {\"battery\":1} | !bad-topic",
        "sites/fubao/smoke/S 1/readings | {\"battery\":1} | !bad-topic",
        "sites/fubao/smoke/S-1 | {\"battery\":1} | !bad-topic",
        "devices/1/readings | {\"battery\":1} | !bad-topic",
        // Runs.
        "run | {\"ts\":1695988800000,\"values\":{\"depth\":3}} | G-9 depth=3.0@-4011200000",
        "sites/fubao@r17/smoke/H-07/readings | {\"battery\":1} | !wrong-family",
        "sites/fubao@r18/smoke/S-1/readings | {\"battery\":1} | !run-closed",
        "sites/other@r17/smoke/S-1/readings | {\"battery\":1} | !unknown-site",
        "run-gateway | {\"F-03\":[{\"depth\":1}],\"G-9\":[{\"depth\":1}]} | F-03 depth=1.0@0a; !unknown-sensor",
      })
  void vectors(String topic, String payload, String expected) {
    assertThat(brief(decode(topic(topic), payload))).isEqualTo(expected);
  }

  @Test
  void aReadingCarriesAllOfItself() {
    Reading reading = decode(topic("hazmat"), "{\"temperature\":1300}").readings().get(0);
    assertThat(reading.site()).isEqualTo(TestSite.FUBAO);
    assertThat(reading.family()).isEqualTo(Family.HAZMAT_STORAGE);
    assertThat(reading.arrivalMs()).isEqualTo(ARRIVAL);
    assertThat(reading.stamp()).isEqualTo(Stamp.ARRIVAL);
    assertThat(reading.flag()).as("no instrument reports that").isEqualTo(QualityFlag.FAIL);
  }

  @Test
  void stampsThatAreReplacedAndMissingShareOneStrictlyIncreasingClock() {
    assertThat(brief(decode(topic("hazmat"), "{\"gas\":1}"))).isEqualTo("H-07 gas=1.0@0a");
    assertThat(brief(decode(topic("hazmat"), "{\"ts\":1800000000000,\"values\":{\"gas\":2}}")))
        .isEqualTo("H-07 gas=2.0@1r");
    assertThat(brief(decode(topic("hazmat"), "{\"gas\":3,\"temperature\":4}")))
        .isEqualTo("H-07 gas=3.0@2a; H-07 temperature=4.0@2a");
  }

  @Test
  void aClockThatRunsAheadIsHeldAgainstAllThatItStamps() {
    Decoded decoded =
        decode(
            topic("hazmat"),
            "{\"ts\":1800000000000,\"values\":{\"gas\":2,\"temperature\":1300,\"state\":\"normal\"}}");
    assertThat(decoded.readings())
        .extracting(Reading::flag)
        .containsExactly(QualityFlag.SUSPECT, QualityFlag.FAIL, QualityFlag.SUSPECT);
  }

  @Test
  void rejectionsSayWhatIsWrongAndWhatWouldBeRight() {
    assertThat(detail(topic("hazmat"), "{\"temprature\":1}"))
        .isEqualTo(
            "H-07: temprature; hazmat-storage has temperature, humidity, gas, battery, state");
    assertThat(detail(topic("facility"), "{\"pump-mode\":\"on\"}"))
        .isEqualTo("P-1: pump-mode=\"on\", one of auto, manual, off, fault");
    assertThat(detail(topic("hazmat"), "{\"ts\":1700000000,\"values\":{\"gas\":1}}"))
        .startsWith("H-07: ts=1700000000, epoch milliseconds");
    assertThat(detail("sites/fubao/smoke/H-07/readings", "{\"battery\":1}"))
        .isEqualTo("H-07 is hazmat-storage, the topic says smoke");
    assertThat(detail("sites/fubao/flood-point/F-02/telemetry", "{\"depth\":1}"))
        .isEqualTo("readings end in /readings, not in /telemetry");
    assertThat(detail(topic("hazmat"), "{\"gas\":1,\"gas\":2}"))
        .isEqualTo("a name is given twice in one object: \"gas\"");
    assertThat(detail(topic("hazmat"), "[".repeat(20) + "]".repeat(20)))
        .isEqualTo("not taken: more than 16 levels deep");
  }

  @Test
  void whatGatewaysAreToldIsNoReadingAndNoError() {
    for (String topic :
        List.of(
            "sites/fubao/gateways/gw-1/confirm",
            "spBv1.0/Fubao/NCMD/edge-1",
            "spBv1.0/Fubao/DCMD/edge-1/pump",
            "spBv1.0/STATE/host")) {
      Decoded decoded = decode(topic, "anything");
      assertThat(decoded.records()).as(topic).isZero();
      assertThat(decoded.nothing()).isNotEmpty();
    }
  }

  private String detail(String topic, String payload) {
    return decode(topic, payload).rejections().get(0).rejected().detail();
  }

  @Test
  void whatIsTooLargeIsRefusedUnread() {
    byte[] large = new byte[ReadingDecoder.MAX_BYTES + 1];
    Decoded decoded = decoder.decode(topic("hazmat"), large, ARRIVAL);
    assertThat(brief(decoded)).isEqualTo("!too-large");
    StringBuilder many = new StringBuilder("{\"gas\":1");
    for (int i = 0; i < 256; i++) {
      many.append(",\"q").append(i).append("\":1");
    }
    assertThat(brief(decode(topic("hazmat"), many + "}"))).isEqualTo("!too-large");
  }

  @Test
  void aFloodOfErrorsIsCountedInFullAndKeptInFew() {
    String ones = "1,".repeat(9_999) + "1";
    Decoded decoded = decode(topic("hazmat"), "[{\"gas\":1}," + ones + "]");
    assertThat(decoded.readings()).hasSize(1);
    assertThat(decoded.rejections()).hasSize(Decoded.MAX_REJECTIONS);
    assertThat(decoded.count()).isEqualTo(10_001);
    assertThat(decoded.rejections().get(Decoded.MAX_REJECTIONS - 1).rejected().detail())
        .endsWith("(and 9936 more of this message)");
  }

  @Test
  void namesThatNobodyKnowsAreNotCountedUnderTheirName() {
    assertThat(decode("sites/nowhere/smoke/S-1/readings", "{}").rejections().get(0).site())
        .isEmpty();
    assertThat(decode("sites/fubao@r99/smoke/S-1/readings", "{}").rejections().get(0).site())
        .isEqualTo("fubao");
  }

  @Test
  void controlOfRuns() {
    assertThat(run("{\"speed\":600}")).isEqualTo(new RunRequest(false, 600, null));
    assertThat(run("{\"speed\":\"max\"}")).isEqualTo(new RunRequest(false, 0, null));
    assertThat(run("{\"ended\":true}").ended()).isTrue();
    for (String bad :
        List.of(
            "", "{}", "[]", "1", "{\"speed\":-1}", "{\"speed\":NaN}", "{\"ended\":false}", "{")) {
      assertThat(run(bad).problem()).as(bad).isNotBlank();
    }
    assertThat(TopicName.parse("sites/fubao@r17/run").kind()).isEqualTo(TopicName.Kind.RUN);
    assertThat(TopicName.parse("sites/fubao/run").kind()).isEqualTo(TopicName.Kind.FOREIGN);
    assertThat(TopicName.parse("sites/fubao/smoke/S-1/status").kind())
        .isEqualTo(TopicName.Kind.STATUS);
    assertThat(decode("sites/fubao", "{}").rejections().get(0).rejected().reason())
        .isEqualTo(RejectionReason.BAD_TOPIC);
  }

  private static RunRequest run(String payload) {
    return RunRequest.parse(payload.getBytes(StandardCharsets.UTF_8));
  }
}
