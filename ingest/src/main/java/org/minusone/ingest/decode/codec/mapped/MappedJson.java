package org.minusone.ingest.decode.codec.mapped;

import java.util.Map;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.CodecKind;
import org.minusone.ingest.decode.codec.Options;

/** JSON of any shape, as it can be chosen. */
public final class MappedJson implements CodecKind {
  public static final CodecKind KIND = new MappedJson();

  private static final String ID = "mapped-json";

  private MappedJson() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String describe() {
    return "JSON of a vendor's own: options say by path where sensor, time and values stand";
  }

  @Override
  public Codec create(Map<String, Object> options) {
    return new MappedCodec(Mapping.of(Options.of(ID, options)));
  }
}
