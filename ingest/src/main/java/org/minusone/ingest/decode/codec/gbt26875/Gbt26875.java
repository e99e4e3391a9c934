package org.minusone.ingest.decode.codec.gbt26875;

import java.util.Map;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.CodecKind;
import org.minusone.ingest.decode.codec.Options;

/** The frames of user information transmission devices as they can be chosen. */
public final class Gbt26875 implements CodecKind {
  public static final CodecKind KIND = new Gbt26875();

  private Gbt26875() {}

  @Override
  public String id() {
    return "gbt26875";
  }

  @Override
  public String describe() {
    return "GB/T 26875.3-2011, frames @@ … ## of fire alarm transmission devices";
  }

  @Override
  public Codec create(Map<String, Object> options) {
    return new Gbt26875Codec(Options.of(id(), options));
  }
}
