package org.minusone.ingest.decode.codec.senml;

import java.util.Map;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.CodecKind;
import org.minusone.ingest.decode.codec.Options;

/** SenML as it can be chosen: in JSON or in CBOR. */
public final class Senml implements CodecKind {
  public static final CodecKind JSON =
      new Senml("senml-json", "SenML in JSON (RFC 8428, application/senml+json)", false);
  public static final CodecKind CBOR =
      new Senml("senml-cbor", "SenML in CBOR (RFC 8428, application/senml+cbor)", true);

  private final String id;
  private final String description;
  private final boolean cbor;

  private Senml(String id, String description, boolean cbor) {
    this.id = id;
    this.description = description;
    this.cbor = cbor;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public Codec create(Map<String, Object> options) {
    return new SenmlCodec(cbor, Options.of(id, options));
  }
}
