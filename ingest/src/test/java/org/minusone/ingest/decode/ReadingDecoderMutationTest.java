package org.minusone.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.minusone.ingest.TestSite;
import org.minusone.ingest.decode.codec.Barrage;
import org.minusone.model.Reading;
import org.minusone.model.codec.ReadingSerde;

/**
 * Payloads bent at random: none gets an exception out, each becomes readings or rejections, every
 * reading survives its journey through Kafka. The seed is in the message of a failure.
 */
class ReadingDecoderMutationTest {
  private static final long MOST_NS = 50_000_000;
  private static final long SEED = 20_260_301;
  private static final long ARRIVAL = 1_700_000_000_000L;
  private static final List<String> TOPICS =
      List.of(
          "sites/fubao/hazmat-storage/H-07/readings",
          "sites/fubao/fire-facility/P-1/readings",
          "sites/fubao/gateways/gw-1/readings",
          "sites/fubao@r17/flood-point/G-9/readings",
          "sites/fubao@r17/run");
  private static final List<String> PAYLOADS_TO_BEND =
      List.of(
          "{\"temperature\":21.5}",
          "{\"ts\":1700000000000,\"values\":{\"temperature\":21.5,\"humidity\":60,\"gas\":\"0.5\"}}",
          "[{\"temperature\":21.5},{\"ts\":1700000000000,\"values\":{\"state\":\"normal\"}}]",
          "{\"H-07\":[{\"ts\":1700000000000,\"values\":{\"gas\":1}}],\"F-03\":[{\"depth\":1e2}]}",
          "{\"pump-mode\":\"auto\",\"pressure\":0.31,\"温度\":\"二十\"}");
  private static final List<String> FRAGMENTS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "null",
          "NaN",
          "-",
          "1e999",
          "\\u0000",
          "\"ts\":",
          "9".repeat(70),
          "\"values\":{",
          "[".repeat(1000),
          "\ud83d",
          "true",
          "/*",
          "0x1F",
          "\"" + "a".repeat(300) + "\":1,");

  @Test
  void nothingEscapesAndNothingVanishes() {
    bend(50_000);
  }

  @Test
  @Tag("slow")
  void norInAMillion() {
    bend(1_000_000);
  }

  private static void bend(int payloads) {
    Random random = new Random(SEED);
    ReadingDecoder decoder = new ReadingDecoder(new TestSite(), TestSite.RUN::equals, 10);
    int readings = 0;
    int rejections = 0;
    for (int i = 0; i < payloads; i++) {
      byte[] payload = bent(random);
      String topic = bentTopic(random);
      int number = i;
      Supplier<String> about =
          () ->
              "seed "
                  + SEED
                  + ", payload "
                  + number
                  + " on "
                  + topic
                  + ": "
                  + Arrays.toString(payload);
      Decoded decoded;
      long begun = Barrage.cpuNs();
      try {
        decoded = decoder.decode(topic, payload, ARRIVAL);
        RunRequest.parse(payload);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(about.get(), e);
      }
      if (Barrage.cpuNs() - begun > MOST_NS && isSlow(topic, payload)) {
        throw new AssertionError(about.get() + " takes over 50 ms");
      }
      if (decoded.count() < 1
          || decoded.rejections().stream().anyMatch(r -> r.rejected().detail().isEmpty())
          || !decoded.readings().stream().allMatch(ReadingDecoderMutationTest::isSound)) {
        throw new AssertionError(about.get() + " became " + decoded);
      }
      readings += decoded.readings().size();
      rejections += decoded.rejections().size();
    }
    // Bent too little or too much, it would prove nothing.
    assertThat(readings).isGreaterThan(payloads / 20);
    assertThat(rejections).isGreaterThan(payloads / 5);
  }

  /** Each time, not because the collector of garbage passed by. */
  private static boolean isSlow(String topic, byte[] payload) {
    ReadingDecoder decoder = new ReadingDecoder(new TestSite(), TestSite.RUN::equals, 10);
    for (int i = 0; i < 5; i++) {
      long begun = Barrage.cpuNs();
      decoder.decode(topic, payload, ARRIVAL);
      if (Barrage.cpuNs() - begun <= MOST_NS) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSound(Reading reading) {
    return ReadingSerde.read(ReadingSerde.write(reading)).equals(reading)
        && reading.timeMs() <= ARRIVAL + 60_000 + 1_000_000;
  }

  private static byte[] bent(Random random) {
    String text = PAYLOADS_TO_BEND.get(random.nextInt(PAYLOADS_TO_BEND.size()));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int times = random.nextInt(4); times > 0; times--) {
      int at = random.nextInt(bytes.length + 1);
      switch (random.nextInt(5)) {
        case 0 -> bytes = splice(bytes, at, at, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        case 1 -> bytes = splice(bytes, at, Math.min(bytes.length, at + random.nextInt(8)), "");
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> {
          if (at < bytes.length) {
            bytes[at] = (byte) random.nextInt(256);
          }
        }
        default -> {
          String other = PAYLOADS_TO_BEND.get(random.nextInt(PAYLOADS_TO_BEND.size()));
          bytes = splice(bytes, at, at, other.substring(random.nextInt(other.length())));
        }
      }
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, String insert) {
    byte[] middle = insert.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[from + middle.length + bytes.length - to];
    System.arraycopy(bytes, 0, out, 0, from);
    System.arraycopy(middle, 0, out, from, middle.length);
    System.arraycopy(bytes, to, out, from + middle.length, bytes.length - to);
    return out;
  }

  private static String bentTopic(Random random) {
    String topic = TOPICS.get(random.nextInt(TOPICS.size()));
    if (random.nextInt(20) > 0) {
      return topic;
    }
    int at = random.nextInt(topic.length());
    return topic.substring(0, at)
        + (char) random.nextInt(0x250)
        + topic.substring(at + random.nextInt(2));
  }
}
