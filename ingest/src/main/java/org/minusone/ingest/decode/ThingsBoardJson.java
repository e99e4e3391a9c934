package org.minusone.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * The canonical payload (DOMAIN §5.1), taken apart into entries, each with one time or none:
 *
 * <pre>
 * {"temperature":21.5}                          one entry, no time
 * {"ts":1700000000000,"values":{…}}             one entry with its time
 * {"values":{…}}                                one entry, no time
 * [{…},{…}]                                     several of those
 * {"H-07":[{…}],"H-08":[{…}]}                   on a gateway topic: several by sensor
 * </pre>
 *
 * {@code ts} beside bare quantities would be a quantity named "ts" in ThingsBoard, and the reading
 * would get its arrival as time although the sender named another: we refuse that entry instead.
 */
final class ThingsBoardJson {
  /** Values that one entry may carry. */
  static final int MAX_VALUES = 256;

  /** What the parts of a message are told to. {@code device} is null on a sensor's own topic. */
  interface Entries {
    /**
     * An entry with values.
     *
     * @param ts the stamp as it stands there; null without one
     * @param values an object of 1 to {@link #MAX_VALUES} quantities
     */
    void entry(String device, JsonNode ts, JsonNode values);

    /** An entry that is none. */
    void badEntry(String device, String detail);

    /** An entry with too many values. */
    void tooManyValues(String device, int values);
  }

  private ThingsBoardJson() {}

  static void read(JsonNode root, Entries out) {
    readEntries(null, root, out);
  }

  static void readGateway(JsonNode root, Entries out) {
    if (!root.isObject() || root.isEmpty()) {
      out.badEntry(null, "a gateway sends {\"sensor\":[{…}]}, this is " + what(root));
      return;
    }
    for (Map.Entry<String, JsonNode> device : root.properties()) {
      if (device.getValue().isArray()) {
        readEntries(device.getKey(), device.getValue(), out);
      } else {
        out.badEntry(
            device.getKey(),
            "an array of entries belongs here, this is " + what(device.getValue()));
      }
    }
  }

  private static void readEntries(String device, JsonNode node, Entries out) {
    if (!node.isArray()) {
      readEntry(device, node, out);
      return;
    }
    if (node.isEmpty()) {
      out.badEntry(device, "an empty array");
    }
    for (JsonNode entry : node) {
      readEntry(device, entry, out);
    }
  }

  private static void readEntry(String device, JsonNode entry, Entries out) {
    if (!entry.isObject() || entry.isEmpty()) {
      out.badEntry(device, "an object of quantities belongs here, this is " + what(entry));
      return;
    }
    JsonNode ts = entry.get("ts");
    JsonNode values = entry.get("values");
    if (values == null) {
      if (ts == null) {
        readValues(device, null, entry, out);
      } else {
        out.badEntry(device, "a ts belongs beside values: {\"ts\":…,\"values\":{…}}");
      }
      return;
    }
    for (Map.Entry<String, JsonNode> other : entry.properties()) {
      if (!other.getKey().equals("ts") && !other.getKey().equals("values")) {
        out.badEntry(
            device, StrictJson.brief(other.getKey()) + " stands beside values, not in them");
      }
    }
    if (values.isObject() && !values.isEmpty()) {
      readValues(device, ts, values, out);
    } else {
      out.badEntry(device, "values are an object of quantities, this is " + what(values));
    }
  }

  private static void readValues(String device, JsonNode ts, JsonNode values, Entries out) {
    if (values.size() > MAX_VALUES) {
      out.tooManyValues(device, values.size());
    } else {
      out.entry(device, ts, values);
    }
  }

  private static String what(JsonNode node) {
    return node.isContainerNode() && node.isEmpty()
        ? "empty"
        : StrictJson.brief(node).replaceFirst("^$", "nothing");
  }
}
