package org.minusone.ingest.decode.codec.thingsboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.minusone.ingest.decode.StrictJson;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.model.RejectionReason;

/**
 * ThingsBoard's JSON, taken apart into entries, each with one time or none:
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
 *
 * <p>A number may come as text, {@code "21.5"}: ThingsBoard casts text that is a plain decimal
 * (digits, one point, a leading minus) unless told not to, and devices in the field rely on it. An
 * exponent, a unit or a blank in the text is no number.
 */
final class ThingsBoardCodec implements Codec {
  /** Values that one entry may carry. */
  static final int MAX_VALUES = 256;

  /** What ThingsBoard takes for a number in text. */
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{0,30}\\.?\\d{1,30}");

  private static final Pattern DIGITS = Pattern.compile("-?\\d{1,18}");

  @Override
  public void decode(Envelope message, Entries out) {
    JsonNode root;
    try {
      root = StrictJson.parse(message.payload());
    } catch (IOException e) {
      out.refuse(RejectionReason.BAD_PAYLOAD, e.getMessage());
      return;
    }
    if (message.sensor() != null) {
      readEntries(null, root, out);
    } else {
      readGateway(root, out);
    }
  }

  private static void readGateway(JsonNode root, Entries out) {
    if (!root.isObject() || root.isEmpty()) {
      bad(null, "a gateway sends {\"sensor\":[{…}]}, this is " + what(root), out);
      return;
    }
    for (Map.Entry<String, JsonNode> device : root.properties()) {
      if (device.getValue().isArray()) {
        readEntries(device.getKey(), device.getValue(), out);
      } else {
        bad(
            device.getKey(),
            "an array of entries belongs here, this is " + what(device.getValue()),
            out);
      }
    }
  }

  private static void readEntries(String device, JsonNode node, Entries out) {
    if (!node.isArray()) {
      readEntry(device, node, out);
      return;
    }
    if (node.isEmpty()) {
      bad(device, "an empty array", out);
    }
    for (JsonNode entry : node) {
      readEntry(device, entry, out);
    }
  }

  private static void readEntry(String device, JsonNode entry, Entries out) {
    if (!entry.isObject() || entry.isEmpty()) {
      bad(device, "an object of quantities belongs here, this is " + what(entry), out);
      return;
    }
    JsonNode ts = entry.get("ts");
    JsonNode values = entry.get("values");
    if (values == null) {
      if (ts == null) {
        readValues(device, null, entry, out);
      } else {
        bad(device, "a ts belongs beside values: {\"ts\":…,\"values\":{…}}", out);
      }
      return;
    }
    for (Map.Entry<String, JsonNode> other : entry.properties()) {
      if (!other.getKey().equals("ts") && !other.getKey().equals("values")) {
        bad(device, StrictJson.brief(other.getKey()) + " stands beside values, not in them", out);
      }
    }
    if (values.isObject() && !values.isEmpty()) {
      readValues(device, ts, values, out);
    } else {
      bad(device, "values are an object of quantities, this is " + what(values), out);
    }
  }

  private static void readValues(String device, JsonNode ts, JsonNode values, Entries out) {
    if (values.size() > MAX_VALUES) {
      out.refuse(
          RejectionReason.TOO_LARGE,
          of(device) + values.size() + " values in one entry, limit " + MAX_VALUES);
      return;
    }
    long time = Entries.NO_TIME;
    if (ts != null) {
      time = epochMs(ts);
      if (time == Entries.NO_TIME) {
        out.refuse(
            RejectionReason.BAD_TIME,
            of(device) + "ts=" + StrictJson.brief(ts) + ", " + Entries.TIME_EXPECTED);
        return;
      }
    }
    out.entry(device, time);
    for (Map.Entry<String, JsonNode> field : values.properties()) {
      readValue(field.getKey(), field.getValue(), out);
    }
  }

  private static void readValue(String quantity, JsonNode value, Entries out) {
    if (value.isNumber()) {
      out.number(quantity, value.doubleValue(), null);
    } else if (!value.isTextual()) {
      out.neither(quantity, StrictJson.brief(value));
    } else if (DECIMAL.matcher(value.textValue()).matches()) {
      out.number(quantity, Double.parseDouble(value.textValue()), null);
    } else {
      out.word(quantity, value.textValue());
    }
  }

  /** Epoch milliseconds as a whole number or the text of one; {@code NO_TIME} for anything else. */
  private static long epochMs(JsonNode ts) {
    if (ts.isIntegralNumber()) {
      return ts.canConvertToLong() ? ts.longValue() : Entries.NO_TIME;
    }
    if (ts.isNumber()) {
      double value = ts.doubleValue();
      return value == Math.rint(value) && Math.abs(value) < 1e17 ? (long) value : Entries.NO_TIME;
    }
    return ts.isTextual() && DIGITS.matcher(ts.textValue()).matches()
        ? Long.parseLong(ts.textValue())
        : Entries.NO_TIME;
  }

  private static void bad(String device, String detail, Entries out) {
    out.refuse(RejectionReason.BAD_PAYLOAD, of(device) + detail);
  }

  private static String of(String device) {
    return device == null ? "" : StrictJson.brief(device) + ": ";
  }

  private static String what(JsonNode node) {
    return node.isContainerNode() && node.isEmpty()
        ? "empty"
        : StrictJson.brief(node).replaceFirst("^$", "nothing");
  }
}
