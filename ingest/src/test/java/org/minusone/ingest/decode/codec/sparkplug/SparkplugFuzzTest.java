package org.minusone.ingest.decode.codec.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.codec.Barrage;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.ingest.decode.codec.Options;

/** Births, data and deaths of a few edge nodes at random, bent at random, lost and repeated. */
class SparkplugFuzzTest {
  private static final int QUICK = 20_000;
  private static final int MANY = 1_000_000;
  private static final long SEED = 20_261_124;
  private static final int MOST_NAMES = 40;
  private static final int MOST_DECLARED = 200;

  private static final Map<String, Object> OPTIONS =
      Map.of("words", Map.of("m1", Map.of("true", "fire", "0", "normal")));

  private static final List<byte[]> FRAGMENTS =
      List.of(
          Spb.hex("12"),
          Spb.hex("12 00"),
          Spb.hex("12 ff ff ff ff 07"),
          Spb.hex("ff".repeat(10)),
          Spb.hex("0b".repeat(60)),
          Spb.hex("4a 02 0a 00"),
          Spb.payload(0, 0).bytes(),
          Spb.payload(1).metric(Spb.bdSeq(1)).bytes(),
          new Spb().metric(Spb.named("x".repeat(600)).flag(true)).bytes());

  private long nowMs = SparkplugLine.START;
  private Envelope last;

  @Test
  void messages() {
    messages(QUICK);
  }

  @Test
  @Tag("slow")
  void aMillion() {
    messages(MANY);
  }

  private void messages(int count) {
    Edges edges = new Edges(MOST_NAMES, MOST_DECLARED);
    Barrage.remembering(
        codec(edges), codec(new Edges(MOST_NAMES, MOST_DECLARED)), count, SEED, this::message);
    assertThat(edges.names()).isBetween(2, MOST_NAMES);
    assertThat(edges.declared()).isBetween(1, MOST_DECLARED);
  }

  private static SparkplugCodec codec(Edges edges) {
    return new SparkplugCodec(Options.of(SparkplugB.KIND.id(), OPTIONS), edges);
  }

  private Envelope message(Random random) {
    nowMs += random.nextInt(100) == 0 ? -random.nextInt(100_000) : random.nextInt(3_000);
    if (last != null && random.nextInt(10) == 0) {
      return new Envelope(last.topic(), null, null, last.payload(), nowMs);
    }
    Address.Type[] types = Address.Type.values();
    Address.Type type = types[random.nextInt(types.length)];
    if (random.nextBoolean()) {
      type = random.nextBoolean() ? Address.Type.DDATA : Address.Type.DBIRTH;
    }
    String topic = "spBv1.0/G/" + type + "/E" + random.nextInt(random.nextInt(20) == 0 ? 200 : 4);
    if (type.isOfDevice() != (random.nextInt(100) == 0)) {
      topic += "/D" + random.nextInt(6);
    }
    if (random.nextInt(100) == 0) {
      int at = random.nextInt(topic.length());
      topic = topic.substring(0, at) + (char) random.nextInt(128) + topic.substring(at);
    }
    byte[] payload =
        random.nextInt(3) == 0
            ? Barrage.bent(random, List.of(payload(random), payload(random)), FRAGMENTS)
            : payload(random);
    last = new Envelope(topic, null, null, payload, nowMs);
    return last;
  }

  private byte[] payload(Random random) {
    Spb payload = new Spb();
    if (random.nextInt(5) != 0) {
      payload.with(out -> out.writeUInt64(1, time(random)));
    }
    if (random.nextInt(5) == 0) {
      payload.metric(Spb.bdSeq(random.nextInt(3)));
    }
    for (int metrics = random.nextInt(5); metrics > 0; metrics--) {
      payload.metric(metric(random));
    }
    if (random.nextInt(10) != 0) {
      payload.with(out -> out.writeUInt64(3, random.nextInt(random.nextInt(20) == 0 ? 300 : 4)));
    }
    return payload.bytes();
  }

  private long time(Random random) {
    return switch (random.nextInt(30)) {
      case 0 -> random.nextLong();
      case 1 -> 0;
      case 2 -> nowMs + random.nextInt(2_000_000) - 1_000_000;
      default -> nowMs;
    };
  }

  private Spb metric(Random random) {
    Spb metric = new Spb();
    int which = random.nextInt(8);
    if (random.nextInt(3) != 0) {
      metric.with(out -> out.writeString(1, "m" + which));
    }
    if (random.nextInt(3) != 0) {
      metric.alias0(which);
    }
    if (random.nextBoolean()) {
      metric.at(time(random));
    }
    if (random.nextBoolean()) {
      metric.type(random.nextInt(36));
    }
    switch (random.nextInt(12)) {
      case 0 -> metric.historical();
      case 1 -> metric.isNull();
      case 2 -> metric.quality(random.nextInt(600));
      case 3 -> metric.engUnit("°C");
      default -> {}
    }
    return switch (random.nextInt(8)) {
      case 0 -> metric.intValue(random.nextInt());
      case 1 -> metric.intValue(random.nextInt(200));
      case 2 -> metric.longValue(random.nextLong());
      case 3 -> metric.floatValue(Float.intBitsToFloat(random.nextInt()));
      case 4 -> metric.doubleValue(random.nextGaussian());
      case 5 -> metric.flag(random.nextBoolean());
      case 6 -> metric.text("w" + (char) random.nextInt(0xd000));
      default -> metric.with(out -> out.writeByteArray(16 + random.nextInt(4), new byte[3]));
    };
  }
}
