package org.minusone.ingest.decode.codec.mapped;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.minusone.ingest.decode.StrictJson;
import org.minusone.ingest.decode.codec.Codec;
import org.minusone.ingest.decode.codec.Entries;
import org.minusone.ingest.decode.codec.Envelope;
import org.minusone.ingest.decode.codec.Timeline;
import org.minusone.model.RejectionReason;

/**
 * JSON by its mapping. An entry without its sensor, or with a time that is none, is refused; a
 * value that is not there is none; an entry without any value is refused unless the site says
 * otherwise. Values leave in the order of their times.
 */
final class MappedCodec implements Codec {
  private static final int MAX_SENSOR = 256;

  private final Mapping mapping;

  MappedCodec(Mapping mapping) {
    this.mapping = mapping;
  }

  @Override
  public void decode(Envelope message, Entries out) {
    JsonNode root;
    try {
      root = StrictJson.parse(message.payload());
    } catch (IOException e) {
      out.refuse(RejectionReason.BAD_PAYLOAD, e.getMessage());
      return;
    }
    List<Place> entries = mapping.each().entries(root);
    if (entries.size() > Each.MAX_ENTRIES) {
      out.refuse(
          RejectionReason.TOO_LARGE, "more than " + Each.MAX_ENTRIES + " entries in one message");
      return;
    }
    if (entries.isEmpty()) {
      out.refuse(RejectionReason.BAD_PAYLOAD, "there is no entry at " + mapping.each());
    }
    String ofTopic = mapping.sensorLevel() == 0 ? null : level(message.topic());
    if (mapping.sensorLevel() != 0 && ofTopic == null) {
      out.refuse(
          RejectionReason.UNKNOWN_SENSOR,
          "the topic has no level " + mapping.sensorLevel() + " that would name the sensor");
      return;
    }
    Timeline timeline = new Timeline();
    for (Place entry : entries) {
      read(entry, ofTopic, timeline, out);
    }
    timeline.tell(message.arrivalMs(), out);
  }

  private String level(String topic) {
    String[] levels = topic.split("/", -1);
    return levels.length < mapping.sensorLevel() || levels[mapping.sensorLevel() - 1].isEmpty()
        ? null
        : levels[mapping.sensorLevel() - 1];
  }

  private void read(Place entry, String ofTopic, Timeline timeline, Entries out) {
    String where = entry.parent() == null ? "" : StrictJson.brief(entry.toString()) + ": ";
    String sensor = ofTopic;
    if (mapping.sensor() != null) {
      JsonNode named = mapping.sensor().find(entry);
      sensor = named.isTextual() || named.isIntegralNumber() ? named.asText().strip() : "";
      if (sensor.isEmpty() || sensor.length() > MAX_SENSOR) {
        out.refuse(
            RejectionReason.UNKNOWN_SENSOR,
            where + "the sensor's name belongs at " + mapping.sensor() + ", there is " + at(named));
        return;
      }
    }
    long timeMs = Entries.NO_TIME;
    JsonNode time = mapping.time() == null ? null : mapping.time().find(entry);
    if (time != null && !time.isMissingNode() && !time.isNull()) {
      OptionalLong read = mapping.timeFormat().read(time);
      if (read.isEmpty()) {
        out.refuse(
            RejectionReason.BAD_TIME,
            where
                + "the time at "
                + mapping.time()
                + " is "
                + at(time)
                + ", "
                + mapping.timeFormat()
                + " belongs there");
        return;
      }
      timeMs = read.getAsLong();
    }
    String problem =
        mapping.name() == null
            ? byPaths(entry, sensor, timeMs, timeline)
            : byName(entry, sensor, timeMs, timeline);
    if (problem != null) {
      out.refuse(RejectionReason.BAD_PAYLOAD, where + problem);
    }
  }

  /** Why the entry has no value; null if it has one. */
  private String byPaths(Place entry, String sensor, long timeMs, Timeline timeline) {
    boolean empty = true;
    for (Map.Entry<String, Measured> each : mapping.values().entrySet()) {
      Measured measured = each.getValue();
      JsonNode value = measured.path().find(entry);
      if (!value.isMissingNode()) {
        empty = false;
        measured.tell(entry, sensor, timeMs, each.getKey(), value, timeline);
      }
    }
    if (!empty) {
      return null;
    }
    if (!mapping.refusesEmpty()) {
      timeline.heard(sensor, timeMs);
      return null;
    }
    return "no value at "
        + mapping.values().values().stream()
            .limit(5)
            .map(measured -> measured.path().toString())
            .collect(Collectors.joining(", "))
        + (mapping.values().size() > 5 ? " …" : "");
  }

  private String byName(Place entry, String sensor, long timeMs, Timeline timeline) {
    JsonNode named = mapping.name().find(entry);
    JsonNode value = mapping.value().find(entry);
    if (named.isMissingNode() && value.isMissingNode() && !mapping.refusesEmpty()) {
      timeline.heard(sensor, timeMs);
      return null;
    }
    String quantity = named.isTextual() || named.isIntegralNumber() ? named.asText().strip() : "";
    if (quantity.isEmpty()) {
      return "the quantity's name belongs at " + mapping.name() + ", there is " + at(named);
    }
    if (value.isMissingNode()) {
      return "no value at " + mapping.value() + " for " + StrictJson.brief(quantity);
    }
    mapping
        .values()
        .getOrDefault(quantity, mapping.other())
        .tell(entry, sensor, timeMs, quantity, value, timeline);
    return null;
  }

  private static String at(JsonNode node) {
    return node.isMissingNode() ? "nothing" : StrictJson.brief(node);
  }
}
