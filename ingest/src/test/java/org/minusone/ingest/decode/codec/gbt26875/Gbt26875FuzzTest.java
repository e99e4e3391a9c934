package org.minusone.ingest.decode.codec.gbt26875;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.decode.codec.Barrage;

/** Frames made at random, a few to a payload, and bent at random. */
class Gbt26875FuzzTest {
  private static final int QUICK = 20_000;
  private static final int MANY = 1_000_000;
  private static final long SEED = 20_261_124;

  private static final List<Map<String, Object>> OPTIONS =
      List.of(
          Map.of(),
          Map.of("confirm-topic", "sites/fubao/gateways/{gateway}/{source}", "zone", "UTC"),
          Map.of(
              "addresses",
              "decimal",
              "confirm-topic",
              "a/{source}",
              "bits",
              Map.of("component", Map.of(9, "low-battery", 0, "normal"))));

  private static final List<byte[]> FRAGMENTS =
      List.of(
          Wire.bytes("40 40"),
          Wire.bytes("23 23"),
          Wire.bytes("40"),
          Wire.bytes("00 00 02"),
          Wire.bytes("00 04 02"),
          Wire.bytes("ff ff"),
          Wire.bytes("00".repeat(30)),
          Wire.bytes("40".repeat(40)),
          Wire.bytes("0d 0a"),
          Wire.sent(""),
          Wire.sent("15 01 03" + Wire.TIME));

  @Test
  void frames() {
    frames(QUICK);
  }

  @Test
  @Tag("slow")
  void aMillion() {
    frames(MANY);
  }

  private static void frames(int payloads) {
    for (Map<String, Object> options : OPTIONS) {
      Barrage.run(
          Gbt26875.KIND.create(options),
          payloads / OPTIONS.size() + 1,
          SEED,
          false,
          random -> Barrage.bent(random, List.of(payload(random), payload(random)), FRAGMENTS));
    }
  }

  private static byte[] payload(Random random) {
    byte[] payload = new byte[0];
    int frames = random.nextInt(5_000) == 0 ? 100 : 1 + random.nextInt(3);
    for (int i = 0; i < frames; i++) {
      payload = Wire.joined(payload, frame(random));
    }
    return payload;
  }

  private static byte[] frame(Random random) {
    int command =
        random.nextInt(8) == 0 ? random.nextInt(256) : random.nextInt(8) == 0 ? Frame.ANSWER : 2;
    return Wire.frame(
        random.nextInt(65_536),
        command,
        time(random),
        random.nextInt(4) == 0 ? "79 03 00 00 00 00" : Wire.SOURCE,
        random.nextInt(12) == 0 ? new byte[0] : data(random));
  }

  private static String time(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> "00".repeat(6);
      case 1 -> String.format("%012x", random.nextLong() & 0xffff_ffff_ffffL);
      default -> String.format("%02x", random.nextInt(60)) + " 0d 06 0f 0b 17";
    };
  }

  /** Objects of a type, their bodies at random, each with a time; now and then miscounted. */
  private static byte[] data(Random random) {
    int[] types = {1, 2, 3, 21, 1, 2, 3, 21, 3, 4, 7, 24, 28, random.nextInt(256)};
    int type = types[random.nextInt(types.length)];
    int body =
        switch (type) {
          case 2 -> 40;
          case 3 -> 10;
          case 7 -> 32;
          case 21 -> 1;
          case 28 -> 0;
          default -> 4;
        };
    int count = random.nextInt(100) == 0 ? 1000 / (body + 6) : 1 + random.nextInt(3);
    byte[] data = {(byte) type, (byte) (random.nextInt(40) == 0 ? random.nextInt(256) : count)};
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[body];
      random.nextBytes(bytes);
      for (int at = 0; at < bytes.length && random.nextInt(4) != 0; at++) {
        bytes[at] = (byte) random.nextInt(4);
      }
      data = Wire.joined(data, bytes, Wire.bytes(time(random)));
    }
    return data;
  }

  @Test
  void neighboursOfWhateverIsBrokenAreRead() {
    Random random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      byte[] first = Wire.frame(1, 2, time(random), Wire.SOURCE, data(random));
      byte[] last = Wire.frame(2, 2, time(random), Wire.SOURCE, data(random));
      byte[] broken = Wire.frame(3, 2, time(random), Wire.SOURCE, data(random));
      int at = random.nextInt(broken.length);
      int value = (broken[at] + 1 + random.nextInt(255)) & 0xff;
      byte[] payload = Wire.joined(first, Wire.with(broken, at, value), last);
      Found found = new Found();
      Frames.find(payload, found);
      assertThat(found.starts)
          .as("seed %d, round %d, byte %d = %d", SEED, i, at, value)
          .contains(0, payload.length - last.length);
      assertThat(found.broken).isPositive();
    }
  }

  private static final class Found implements Frames.Sink {
    private final List<Integer> starts = new ArrayList<>();
    private int broken;

    @Override
    public void frame(Frame frame) {
      starts.add(frame.start());
    }

    @Override
    public void broken(Frame frame, String detail) {
      broken++;
    }
  }
}
