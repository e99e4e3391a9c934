package org.minusone.ingest.decode.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.minusone.ingest.decode.codec.gbt26875.Gbt26875;
import org.minusone.ingest.decode.codec.mapped.MappedJson;
import org.minusone.ingest.decode.codec.senml.Senml;
import org.minusone.ingest.decode.codec.sparkplug.SparkplugB;
import org.minusone.ingest.decode.codec.thingsboard.ThingsBoard;

/** The formats there are. */
public final class Codecs {
  private static final Map<String, CodecKind> KINDS =
      index(
          List.of(
              ThingsBoard.KIND,
              Senml.JSON,
              Senml.CBOR,
              MappedJson.KIND,
              Gbt26875.KIND,
              SparkplugB.KIND));

  private Codecs() {}

  private static Map<String, CodecKind> index(List<CodecKind> kinds) {
    Map<String, CodecKind> byId = new LinkedHashMap<>();
    kinds.forEach(kind -> byId.put(kind.id(), kind));
    return byId;
  }

  public static Optional<CodecKind> find(String id) {
    return Optional.ofNullable(KINDS.get(id));
  }

  /** Their names, the default first. */
  public static Set<String> ids() {
    return KINDS.keySet();
  }
}
