package org.minusone.ingest.decode.codec.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.minusone.ingest.decode.codec.sparkplug.SparkplugLine.s;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.alias;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.hex;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.named;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.model.QualityFlag;
import org.minusone.model.RejectionReason;

/** What a metric becomes; payloads by hand where bytes are the point. */
class SparkplugPayloadsTest {
  private static final int FLOAT = 9;
  private static final int DOUBLE = 10;
  private static final int STRING = 12;
  private static final int DATE_TIME = 13;

  private final SparkplugLine line = SparkplugLine.plain();

  /** What a device's birth at second 0 with one metric tells, beyond its entry. */
  private String one(Spb metric) {
    return one(line, metric);
  }

  private static String one(SparkplugLine line, Spb metric) {
    line.at(0).hears("G/NBIRTH/E", payload(s(0), 0));
    List<String> told = line.told("G/DBIRTH/E/D", payload(s(0), 1).metric(metric));
    return told.get(0).startsWith("[")
        ? String.join(" | ", told.subList(1, told.size()))
        : String.join(" | ", told);
  }

  @Test
  void theSpecificationsSupplyVoltageByHand() {
    byte[] byHand =
        hex(
            "08 ea f2 f5 a8 a0 2b"
                + "12 1e"
                + "  0a 0e 53 75 70 70 6c 79 20 56 6f 6c 74 61 67 65"
                + "  18 ea f2 f5 a8 a0 2b"
                + "  20 09"
                + "  65 cd cc 44 41"
                + "18 02");
    assertThat(byHand)
        .isEqualTo(
            payload(1_486_144_502_122L)
                .metric(
                    named("Supply Voltage").at(1_486_144_502_122L).type(FLOAT).floatValue(12.3f))
                .with(out -> out.writeUInt64(3, 2))
                .bytes());
    assertThat(line.told("Sparkplug B Devices/NDATA/Raspberry Pi", byHand))
        .containsExactly(
            "[Sparkplug B Devices/Raspberry Pi @1486144502122]",
            "Supply Voltage=12.3",
            "answer spBv1.0/Sparkplug B Devices/NCMD/Raspberry Pi");
  }

  @Test
  void aRebirthIsAskedForInTheseBytes() {
    List<byte[]> asked = new ArrayList<>();
    Codec codec = SparkplugB.KIND.create(Map.of());
    codec.decode(
        new Envelope("spBv1.0/G/NDATA/E", null, null, payload(s(0), 4).bytes(), 1_486_144_502_122L),
        new Deaf() {
          @Override
          public void answer(String topic, byte[] payload) {
            assertThat(topic).isEqualTo("spBv1.0/G/NCMD/E");
            asked.add(payload);
          }
        });
    assertThat(asked)
        .containsExactly(
            hex(
                "08 ea f2 f5 a8 a0 2b"
                    + "12 21"
                    + "  0a 14 4e 6f 64 65 20 43 6f 6e 74 72 6f 6c 2f 52 65 62 69 72 74 68"
                    + "  18 ea f2 f5 a8 a0 2b"
                    + "  20 0b"
                    + "  70 01"));
  }

  @Test
  void integersHaveTheSignOfTheirTypeHoweverFarItWasExtended() {
    assertThat(one(named("a").type(Value.INT8).intValue(0xff))).isEqualTo("a=-1.0");
    assertThat(one(named("a").type(Value.INT8).intValue(-1))).isEqualTo("a=-1.0");
    assertThat(one(named("a").type(Value.INT16).intValue(0xffff))).isEqualTo("a=-1.0");
    assertThat(one(named("a").type(Value.INT32).intValue(-1))).isEqualTo("a=-1.0");
    assertThat(one(named("a").type(Value.INT64).longValue(-1))).isEqualTo("a=-1.0");
    assertThat(one(named("a").type(Value.UINT8).intValue(0xff))).isEqualTo("a=255.0");
    assertThat(one(named("a").type(Value.UINT16).intValue(0xffff))).isEqualTo("a=65535.0");
    assertThat(one(named("a").type(Value.UINT32).intValue(-1))).isEqualTo("a=4.294967295E9");
    assertThat(one(named("a").type(Value.UINT64).longValue(-1)))
        .isEqualTo("a=1.8446744073709552E19");
    assertThat(one(named("a").type(DATE_TIME).longValue(s(7)))).isEqualTo("a=" + (double) s(7));
    // Some write a negative number as ten bytes into the field of 32 bits.
    assertThat(one(named("a").type(Value.INT32).with(out -> out.writeInt64(10, -5))))
        .isEqualTo("a=-5.0");
  }

  @Test
  void otherTypesAreWhatTheyAre() {
    assertThat(one(named("a").type(FLOAT).floatValue(21.3f))).isEqualTo("a=21.3");
    assertThat(one(named("a").type(DOUBLE).doubleValue(21.3))).isEqualTo("a=21.3");
    assertThat(one(named("a").type(DOUBLE).doubleValue(Double.NaN))).isEqualTo("a=NaN");
    assertThat(one(named("a").type(Value.BOOLEAN).flag(true))).isEqualTo("a:true");
    assertThat(one(named("a").type(Value.BOOLEAN).intValue(0))).isEqualTo("a:false");
    assertThat(one(named("a").type(STRING).text("fire"))).isEqualTo("a:fire");
    assertThat(one(named("a").type(STRING).isNull())).isEqualTo("a?null");
    assertThat(one(named("a").type(STRING))).isEqualTo("a?no value");
    assertThat(one(named("a").type(STRING).text("x".repeat(257))))
        .isEqualTo("a?a text of 257 bytes");
    assertThat(one(named("a").with(out -> out.writeByteArray(15, hex("c3 28")))))
        .isEqualTo("a?a text that is not UTF-8");
    assertThat(one(named("a").with(out -> out.writeByteArray(16, new byte[3]))))
        .isEqualTo("a?bytes, 3 of them");
    assertThat(one(named("a").with(out -> out.writeByteArray(17, new byte[3]))))
        .isEqualTo("a?a data set");
    assertThat(one(named("a").with(out -> out.writeByteArray(18, new byte[3]))))
        .isEqualTo("a?a template");
    assertThat(one(named("a").with(out -> out.writeByteArray(19, new byte[3]))))
        .isEqualTo("a?an extension");
  }

  @Test
  void qualityFollowsTheValueAndAWordOfABadOneIsNone() {
    Spb bad = named("a").type(FLOAT).floatValue(1).at(s(-9));
    assertThat(one(bad.quality(0))).isEqualTo("a=1.0 FAIL");
    assertThat(one(named("a").floatValue(1).quality(500))).isEqualTo("a=1.0 FAIL");
    assertThat(one(named("a").floatValue(1).quality(192))).isEqualTo("a=1.0");
    assertThat(one(named("a").floatValue(1).quality(64))).isEqualTo("a=1.0 SUSPECT");
    assertThat(one(named("a").text("normal").quality(500)))
        .isEqualTo("a?normal of quality 500, stale");
  }

  @Test
  void unitAndTypeOfTheBirthHoldForTheDataByAliasAndByName() {
    line.at(0)
        .hears("G/NBIRTH/E", payload(s(0), 0))
        .hears(
            "G/DBIRTH/E/D",
            payload(s(0), 1)
                .metric(named("t").alias0(7).type(Value.INT16).engUnit(" °F ").intValue(-40)))
        .at(1)
        .tells(
            "G/DDATA/E/D",
            payload(s(1), 2).metric(alias(7).intValue(0xffff)).metric(named("t").intValue(0xfffe)),
            "[G/E/D @" + s(1) + "]",
            "t=-1.0 °F",
            "[G/E/D @" + s(1) + "]",
            "t=-2.0 °F");
  }

  @Test
  void anIntegerOfUnknownTypeIsReadOnlyWhereItIsTheSameInEvery() {
    line.at(0)
        .tells(
            "G/DDATA/E/D",
            payload(s(0), 9).metric(named("a").intValue(127)).metric(named("b").intValue(128)),
            "!no-birth G/E/D: its birth was not seen since ingest started or it died, another is"
                + " requested; unknown without it: the datatype of b",
            "[G/E/D @" + s(0) + "]",
            "a=127.0",
            "answer spBv1.0/G/NCMD/E");
    assertThat(one(named("b").intValue(128)))
        .isEqualTo(
            "!bad-payload G/E/D, metric 1: neither it nor its birth says a datatype, and 128 may be"
                + " a negative number");
  }

  @Test
  void timesAreTheMetricsThenTheMessagesThenTheArrival() {
    line.at(0)
        .hears("G/NBIRTH/E", payload(s(0), 0))
        .at(9)
        .tells(
            "G/NDATA/E",
            payload(s(3), 1)
                .metric(named("a").floatValue(1).at(s(2)))
                .metric(named("b").floatValue(2))
                .metric(named("c").floatValue(3).at(s(1)))
                .metric(named("d").floatValue(4).at(s(2)))
                .metric(named("e").floatValue(5).at(s(2)).historical())
                .metric(named("f").floatValue(6).at(0)),
            "[G/E @" + s(1) + "]",
            "c=3.0",
            "[G/E @" + s(2) + "]",
            "a=1.0",
            "d=4.0",
            "[G/E @" + s(2) + " historical]",
            "e=5.0",
            "[G/E @" + s(3) + "]",
            "b=2.0",
            "f=6.0")
        .tells(
            "G/NDATA/E",
            new Spb()
                .with(out -> out.writeUInt64(3, 2))
                .metric(named("a").floatValue(1))
                .metric(named("b").floatValue(1).at(Long.MIN_VALUE)),
            "[G/E @now]",
            "a=1.0",
            "[G/E @" + Long.MAX_VALUE + "]",
            "b=1.0");
  }

  @Test
  void whatABirthSaysHoldsAsOfTheBirthUnlessItIsKnownToBeOld() {
    line.at(0)
        .hears("G/NBIRTH/E", payload(s(0), 0))
        .tells(
            "G/DBIRTH/E/D",
            payload(s(0), 1)
                .metric(named("state").text("normal").at(s(-500)))
                .metric(named("t").floatValue(1).at(s(-400)).quality(500))
                .metric(named("u").floatValue(2).at(s(-300)).historical()),
            "[G/E/D @" + s(-400) + "]",
            "t=1.0 FAIL",
            "[G/E/D @" + s(-300) + " historical]",
            "u=2.0",
            "[G/E/D @" + s(0) + "]",
            "state:normal");
  }

  @Test
  void wordsAreChosenByMetric() {
    SparkplugLine worded =
        SparkplugLine.with(
            Map.of(
                "words", Map.of("Alarm", Map.of("true", "fire", "false", "normal", "2", "test"))));
    assertThat(one(worded, named("Alarm").flag(true))).isEqualTo("Alarm:fire");
    assertThat(one(worded, named("Alarm").type(Value.INT8).intValue(2))).isEqualTo("Alarm:test");
    assertThat(one(worded, named("Alarm").floatValue(2))).isEqualTo("Alarm:test");
    assertThat(one(worded, named("Alarm").text("2"))).isEqualTo("Alarm:test");
    assertThat(one(worded, named("Alarm").type(Value.INT8).intValue(3))).isEqualTo("Alarm:3");
    assertThat(one(worded, named("Other").flag(true))).isEqualTo("Other:true");
  }

  @Test
  void theNodesOwnMetricsCanBeLeftOut() {
    SparkplugLine devices = SparkplugLine.with(Map.of("nodes", "ignore"));
    String ignored = "nothing: the edge node's own metrics are ignored, by the option nodes";
    devices
        .at(0)
        .tells("G/NBIRTH/E", payload(s(0), 0).metric(named("Make").text("X")), ignored)
        .tells(
            "G/NDEATH/E", payload(s(0)), "nothing: the death of G/E, no device of which was heard")
        .at(1)
        .hears("G/NBIRTH/E", payload(s(1), 0))
        .hears("G/DBIRTH/E/D", payload(s(1), 1))
        // A gap is one all the same.
        .tells("G/NDATA/E", payload(s(1.5), 3), ignored, "answer spBv1.0/G/NCMD/E")
        .at(2)
        .tells("G/NDEATH/E", payload(s(0)), "[G/E/D @now offline]");
  }

  @Test
  void whatMeasuresNothingSaysSo() {
    line.at(0)
        .tells("G/NCMD/E", payload(s(0)), "nothing: a command to G/E")
        .tells("G/DCMD/E/D", payload(s(0)), "nothing: a command to G/E/D")
        .tells("STATE/scada", payload(s(0)), "nothing: the state of a host application")
        .tells("G/STATE/scada", payload(s(0)), "nothing: the state of a host application")
        .tells("G/NBIRTH/E", payload(s(0), 0), "nothing: a message of G/E without metrics")
        .tells(
            "G/DBIRTH/E/D",
            payload(s(0), 1).metric(named("Device Control/Scan").alias0(4).flag(true)),
            "nothing: only metrics of the protocol: Device Control/Scan")
        .tells(
            "G/DDATA/E/D",
            payload(s(0), 2).metric(alias(4).flag(true)),
            "nothing: only metrics of the protocol: Device Control/Scan");
  }

  @Test
  void topicsThatAreNone() {
    assertThat(line.told("G/NBIRTH/E/D", new byte[0]))
        .containsExactly("!bad-topic a topic of type NBIRTH has 4 levels, this has 5");
    assertThat(line.told("G/DDATA/E", new byte[0]))
        .containsExactly("!bad-topic a topic of type DDATA has 5 levels, this has 4");
    assertThat(line.told("G/DDATA/E/", new byte[0]))
        .containsExactly("!bad-topic a level of the topic is empty");
    assertThat(line.told("G/NDATE/E", new byte[0]))
        .containsExactly(
            "!bad-topic no such type of message: 'NDATE'; there are NBIRTH, NDEATH, NDATA, NCMD,"
                + " DBIRTH, DDEATH, DDATA, DCMD, STATE");
    assertThat(line.told("G/NDATA/" + "x".repeat(257), new byte[0]))
        .containsExactly("!bad-topic a name of 257 characters in the topic, limit 256");
  }

  @Test
  void bytesThatAreNoPayload() {
    assertThat(line.told("G/NDATA/E", hex("12 05 0a")))
        .containsExactly(
            "!bad-payload not a Sparkplug B payload, byte 2 of 3: it is cut off or no protobuf");
    assertThat(
            line.told("G/NDATA/E", "{\"t\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .singleElement()
        .asString()
        .startsWith("!bad-payload not a Sparkplug B payload, byte ");
    assertThat(line.told("G/NDATA/E", hex("0a 01 00")))
        .containsExactly(
            "!bad-payload not a Sparkplug B payload, byte 1 of 3: field 1 has wire type 2, the"
                + " schema has 0 there");
    assertThat(line.told("G/NDATA/E", hex("33 34")))
        .containsExactly(
            "!bad-payload not a Sparkplug B payload, byte 1 of 2: field 6 is a group, Sparkplug has"
                + " none");
    assertThat(line.told("G/NDATA/E", new Spb().with(o -> o.writeString(4, "SPBV1.0_COMPRESSED"))))
        .singleElement()
        .asString()
        .endsWith("it is compressed; switch that off at the edge node");
    Spb many = payload(s(0), 0);
    for (int i = 0; i <= PayloadReader.MAX_METRICS; i++) {
      many.metric(alias(i));
    }
    assertThat(line.told("G/NDATA/E", many))
        .containsExactly("!too-large more than 10000 metrics in one message");
  }

  @Test
  void aBadMetricCostsNeitherItsNeighboursNorTheirNumbering() {
    line.at(0)
        .tells(
            "G/NBIRTH/E",
            payload(s(0), 0)
                .metric(named("a").floatValue(1))
                .metric(new Spb().floatValue(2))
                .metric(new Spb().with(out -> out.writeByteArray(1, hex("ff"))))
                .metric(named("x".repeat(513)).floatValue(3))
                .metric(named("b").with(out -> out.writeString(12, "no float")))
                .metric(named("c").with(out -> out.writeByteArray(9, hex("0a 01 61"))))
                .metric(alias(3).floatValue(4))
                .metric(named("d").floatValue(5)),
            "!bad-payload G/E, metric 2: neither a name nor an alias says which it is",
            "!bad-payload G/E, metric 3: its name is not UTF-8",
            "!bad-payload G/E, metric 4: a name of 513 bytes, limit 512",
            "!bad-payload G/E, metric 5: field 12 has wire type 2, the schema has 5 there",
            "!bad-payload G/E, metric 6: 1 names of properties and 0 values of them",
            "!bad-payload G/E, metric 7: a birth says its name, this has alias 3 only",
            "[G/E @" + s(0) + "]",
            "a=1.0",
            "d=5.0")
        .tells(
            "G/NDATA/E",
            payload(s(0), 1).metric(named("a").floatValue(1)),
            "[G/E @" + s(0) + "]",
            "a=1.0");
  }

  @Test
  void optionsThatAreNone() {
    assertThatThrownBy(() -> SparkplugLine.with(Map.of("word", Map.of())))
        .hasMessage("codec sparkplug-b, word: no such option, did you mean 'words'?");
    assertThatThrownBy(() -> SparkplugLine.with(Map.of("nodes", "ignored")))
        .hasMessage("codec sparkplug-b, nodes: no such way: ignored, did you mean 'ignore'?");
    assertThatThrownBy(() -> SparkplugLine.with(Map.of("words", Map.of("a", "fire"))))
        .hasMessage("codec sparkplug-b, words.a: a map belongs here, this is fire");
  }

  /** Hears nothing. */
  private static class Deaf implements Entries {
    @Override
    public void entry(String device, long timeMs, boolean historical) {}

    @Override
    public void number(String quantity, double value, String unit, QualityFlag flag) {}

    @Override
    public void word(String quantity, String word) {}

    @Override
    public void refuse(RejectionReason reason, String detail) {}

    @Override
    public void offline(String device, long timeMs) {}

    @Override
    public void nothing(String why) {}

    @Override
    public void answer(String topic, byte[] payload) {}
  }
}
