package org.minusone.ingest.decode.codec.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.ingest.decode.codec.Options;
import org.minusone.ingest.decode.codec.Told;

/** A codec at the end of a line, and a clock that counts seconds from {@link #START}. */
final class SparkplugLine {
  static final long START = 1_700_000_000_000L;

  private final Codec codec;
  private long nowMs = START;

  SparkplugLine(Codec codec) {
    this.codec = codec;
  }

  static SparkplugLine with(Map<String, Object> options) {
    return new SparkplugLine(SparkplugB.KIND.create(options));
  }

  static SparkplugLine plain() {
    return with(Map.of());
  }

  static SparkplugLine on(Edges edges) {
    return new SparkplugLine(new SparkplugCodec(Options.of(SparkplugB.KIND.id(), Map.of()), edges));
  }

  /** Epoch milliseconds of a second of the story. */
  static long s(double second) {
    return START + Math.round(second * 1000);
  }

  SparkplugLine at(double second) {
    nowMs = s(second);
    return this;
  }

  /** What comes of a message on {@code spBv1.0/{rest}}. */
  List<String> told(String rest, byte[] payload) {
    return Told.of(codec, new Envelope("spBv1.0/" + rest, null, null, payload, nowMs));
  }

  List<String> told(String rest, Spb payload) {
    return told(rest, payload.bytes());
  }

  SparkplugLine tells(String rest, Spb payload, String... lines) {
    assertThat(told(rest, payload)).containsExactly(lines);
    return this;
  }

  /** Heard, its lines being another test's. */
  SparkplugLine hears(String rest, Spb payload) {
    told(rest, payload);
    return this;
  }
}
