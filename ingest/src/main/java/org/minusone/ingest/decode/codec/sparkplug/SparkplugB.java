package org.minusone.ingest.decode.codec.sparkplug;

import java.util.Map;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.CodecKind;
import org.minusone.ingest.decode.codec.Options;

/** Sparkplug B as it can be chosen. */
public final class SparkplugB implements CodecKind {
  public static final CodecKind KIND = new SparkplugB();

  private SparkplugB() {}

  @Override
  public String id() {
    return "sparkplug-b";
  }

  @Override
  public String describe() {
    return "Sparkplug B (Eclipse Sparkplug 3.0), on topics spBv1.0/{group}/…";
  }

  @Override
  public Codec create(Map<String, Object> options) {
    return new SparkplugCodec(Options.of(id(), options), Edges.standard());
  }
}
