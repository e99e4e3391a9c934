package org.minusone.ingest.decode.codec.sparkplug;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.minusone.ingest.decode.codec.Entries;

/** Bytes to a metric. What is nested deeper than its properties is passed over as bytes. */
final class MetricReader {
  private static final int MAX_NAME = 512;
  private static final int MAX_TEXT = 256;
  private static final int MAX_UNIT = 32;
  private static final int MAX_PROPERTIES = 256;

  private String name;
  private Long alias;
  private long timeMs = Entries.NO_TIME;
  private int datatype;
  private boolean historical;
  private boolean isNull;
  private String unit;
  private Integer quality;
  private Value value = Value.NOTHING;

  private MetricReader() {}

  /**
   * @throws IOException with a message for a person, if the bytes are none
   */
  static Metric read(String place, byte[] bytes) throws IOException {
    MetricReader metric = new MetricReader();
    Fields fields = new Fields(bytes);
    while (fields.next()) {
      metric.read(fields);
    }
    if (metric.name == null && metric.alias == null) {
      throw new IOException("neither a name nor an alias says which it is");
    }
    return new Metric(
        place,
        metric.name,
        metric.alias,
        metric.timeMs,
        metric.datatype,
        metric.historical,
        metric.unit,
        metric.quality,
        metric.isNull ? Value.NULL : metric.value);
  }

  private void read(Fields fields) throws IOException {
    switch (fields.number()) {
      case 1 -> name = name(fields.block());
      case 2 -> alias = fields.varint();
      case 3 -> timeMs = fields.time();
      case 4 -> datatype = fields.int32();
      case 5 -> historical = fields.flag();
      case 7 -> isNull = fields.flag();
      case 9 -> properties(fields.block());
      case 10 -> value = Value.integer(fields.varint() & 0xffff_ffffL);
      case 11 -> value = Value.integer(fields.varint());
      case 12 -> value = Value.number(fields.float32());
      case 13 -> value = Value.number(fields.float64());
      case 14 -> value = Value.flag(fields.flag());
      case 15 -> value = text(fields.block());
      case 16 -> value = Value.other("bytes, " + fields.block().length + " of them");
      case 17 -> value = passedOver("a data set", fields);
      case 18 -> value = passedOver("a template", fields);
      case 19 -> value = passedOver("an extension", fields);
      default -> fields.skip();
    }
  }

  private static String name(byte[] bytes) throws IOException {
    if (bytes.length > MAX_NAME) {
      throw new IOException("a name of " + bytes.length + " bytes, limit " + MAX_NAME);
    }
    String name = Fields.utf8(bytes);
    if (name == null) {
      throw new IOException("its name is not UTF-8");
    }
    return name.isEmpty() ? null : name;
  }

  private static Value text(byte[] bytes) {
    if (bytes.length > MAX_TEXT) {
      return Value.other("a text of " + bytes.length + " bytes");
    }
    String text = Fields.utf8(bytes);
    return text == null ? Value.other("a text that is not UTF-8") : Value.text(text);
  }

  private static Value passedOver(String called, Fields fields) throws IOException {
    fields.block();
    return Value.other(called);
  }

  /** Two lists of one length: names, and what they have. */
  private void properties(byte[] bytes) throws IOException {
    List<byte[]> keys = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    Fields fields = new Fields(bytes);
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> keys.add(fields.block());
        case 2 -> values.add(fields.block());
        default -> fields.skip();
      }
      if (keys.size() > MAX_PROPERTIES || values.size() > MAX_PROPERTIES) {
        throw new IOException("more than " + MAX_PROPERTIES + " properties");
      }
    }
    if (keys.size() != values.size()) {
      throw new IOException(
          keys.size() + " names of properties and " + values.size() + " values of them");
    }
    for (int i = 0; i < keys.size(); i++) {
      property(Fields.utf8(keys.get(i)), values.get(i));
    }
  }

  /** (D) Upper and lower case do not count: older senders write {@code quality}. */
  private void property(String key, byte[] bytes) throws IOException {
    if ("Quality".equalsIgnoreCase(key)) {
      Value said = propertyValue(bytes);
      if (said.isInteger()) {
        quality = (int) said.bits();
      }
    } else if ("engUnit".equalsIgnoreCase(key)) {
      Value said = propertyValue(bytes);
      if (said.kind() == Value.Kind.TEXT && !said.text().isBlank()) {
        String stripped = said.text().strip();
        unit = stripped.substring(0, Math.min(stripped.length(), MAX_UNIT));
      }
    }
  }

  private static Value propertyValue(byte[] bytes) throws IOException {
    Value value = Value.NOTHING;
    Fields fields = new Fields(bytes);
    while (fields.next()) {
      switch (fields.number()) {
        case 3, 4 -> value = Value.integer(fields.varint());
        case 8 -> value = text(fields.block());
        default -> fields.skip();
      }
    }
    return value;
  }
}
