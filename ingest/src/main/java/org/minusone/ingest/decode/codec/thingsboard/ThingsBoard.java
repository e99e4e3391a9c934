package org.minusone.ingest.decode.codec.thingsboard;

import java.util.Map;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.CodecKind;
import org.minusone.ingest.decode.codec.Options;

/** The canonical payload (DOMAIN §5.1), spoken wherever nothing else is configured. */
public final class ThingsBoard implements CodecKind {
  public static final CodecKind KIND = new ThingsBoard();

  private ThingsBoard() {}

  @Override
  public String id() {
    return "thingsboard";
  }

  @Override
  public String describe() {
    return "JSON as ThingsBoard takes it, from a sensor or a gateway; the default";
  }

  @Override
  public Codec create(Map<String, Object> options) {
    Options.of(id(), options).only();
    return new ThingsBoardCodec();
  }
}
