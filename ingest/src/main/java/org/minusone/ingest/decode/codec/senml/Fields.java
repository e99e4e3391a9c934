package org.minusone.ingest.decode.codec.senml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;
import org.minusone.ingest.decode.StrictJson;

/**
 * The fields of one record as they stand there.
 *
 * @param problem why the record cannot be used, whatever its values; null if it can
 * @param mustUnderstandBase a base field we do not know and may not ignore; null without one
 */
record Fields(Map<Label, JsonNode> known, String problem, String mustUnderstandBase) {
  /**
   * @param cbor whether numbers stand for labels
   */
  static Fields of(JsonNode record, boolean cbor) {
    Map<Label, JsonNode> known = new EnumMap<>(Label.class);
    if (!record.isObject()) {
      return new Fields(known, "an object of fields belongs here, this is " + quoted(record), null);
    }
    String problem = record.isEmpty() ? "it has no fields" : null;
    String base = null;
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      String key = field.getKey();
      Label label = Label.of(key, cbor);
      if (label != null) {
        if (known.put(label, field.getValue()) != null) {
          problem = label + " is there twice, by its name and by its number";
        }
      } else if (key.endsWith("_")) {
        // RFC 8428 §4.4: what we do not know and must understand.
        problem = mustUnderstand(key);
        base = key.startsWith("b") ? key : base;
      }
    }
    return new Fields(known, problem, base);
  }

  static String mustUnderstand(String key) {
    return "the field "
        + StrictJson.brief(key)
        + " must be understood (RFC 8428 §4.4), and is not known here";
  }

  JsonNode get(Label label) {
    return known.get(label);
  }

  /** Whether it only sets base values for the records that follow. */
  boolean onlyBase() {
    return !known.isEmpty() && known.keySet().stream().allMatch(Label::isBase);
  }

  static String quoted(JsonNode node) {
    String brief = StrictJson.brief(node);
    return brief.isEmpty() ? "nothing" : brief;
  }
}
