package org.minusone.ingest.decode.codec.gbt26875;

import java.util.Map;
import java.util.Optional;
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

  @Override
  public Optional<String> answersOn(Map<String, Object> options, String gateway) {
    return ConfirmTopic.of(Options.of(id(), options)).map(topic -> topic.filter(gateway));
  }

  @Override
  public Optional<String> misfit(String filter, Map<String, Object> options) {
    Options all = Options.of(id(), options);
    return ConfirmTopic.of(all)
        .flatMap(topic -> topic.misfit(filter))
        .map(why -> all.wrong(ConfirmTopic.OPTION, why).getMessage());
  }
}
