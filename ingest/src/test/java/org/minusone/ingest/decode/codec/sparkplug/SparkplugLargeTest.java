package org.minusone.ingest.decode.codec.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minusone.ingest.decode.codec.sparkplug.SparkplugLine.s;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.alias;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.hex;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.named;
import static org.minusone.ingest.decode.codec.sparkplug.Spb.payload;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.codec.Barrage;

/**
 * The largest payloads we take, filled with what costs most, are read within 50 ms of the
 * processor's time.
 */
class SparkplugLargeTest {
  private static final int MOST_BYTES = 256 * 1024;

  @Test
  void manyMetrics() {
    holds("good", i -> named("m" + i).at(s(-i)).floatValue(1.1f));
    holds("one name", i -> named("m").floatValue(1.1f));
    holds("nameless", i -> new Spb().flag(true));
    holds("broken", i -> named("m").with(out -> out.writeRawByte(0xff)));
    holds("no UTF-8", i -> new Spb().with(out -> out.writeByteArray(1, hex("ff"))));
    holds("of a group", i -> new Spb().with(out -> out.writeRawByte(0x0b)));
    holds("unborn", i -> alias(i).flag(true));
    holds("untyped", i -> named("m" + i).intValue(200));
    holds("texts", i -> named("m").text("é".repeat(120)));
    holds("qualities", i -> named("m" + i).flag(true).quality(500).engUnit("°C"));
  }

  @Test
  void oneMetricOfManyProperties() {
    Spb metric = named("m").flag(true);
    for (int i = 0; i < MOST_BYTES / 8; i++) {
      metric.property("Quality", new Spb());
    }
    within50Ms("properties", trimmed(payload(s(0), 1).metric(metric).bytes()));
  }

  @Test
  void oneByteOverAndOver() {
    for (int filling = 0; filling < 256; filling++) {
      byte[] payload = new byte[MOST_BYTES];
      Arrays.fill(payload, (byte) filling);
      within50Ms("all " + filling, payload);
    }
  }

  private static void holds(String what, IntFunction<Spb> metric) {
    Spb payload = payload(s(0), 1);
    int bytes = 0;
    for (int i = 0; i < PayloadReader.MAX_METRICS && bytes < MOST_BYTES - 100; i++) {
      Spb one = metric.apply(i);
      bytes += one.bytes().length + 3;
      payload.metric(one);
    }
    within50Ms(what, payload.bytes());
  }

  private static byte[] trimmed(byte[] payload) {
    return Arrays.copyOf(payload, Math.min(payload.length, MOST_BYTES));
  }

  private static void within50Ms(String what, byte[] payload) {
    for (String topic : new String[] {"G/DBIRTH/E/D", "G/DDATA/E/D", "G/NDEATH/E"}) {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 25 && best > 50; i++) {
        SparkplugLine line = SparkplugLine.plain().at(0);
        long begun = Barrage.cpuNs();
        assertThat(line.told(topic, payload)).isNotEmpty();
        best = Math.min(best, (Barrage.cpuNs() - begun) / 1_000_000);
      }
      assertThat(best).as(what + " on " + topic).isLessThanOrEqualTo(50);
    }
  }
}
