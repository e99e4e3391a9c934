package org.minusone.ingest.decode.codec.sparkplug;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes payloads as an edge node does, field by field. */
final class Spb {
  interface Field {
    void to(CodedOutputStream out) throws IOException;
  }

  private final List<Field> fields = new ArrayList<>();

  static byte[] hex(String spaced) {
    return HexFormat.of().parseHex(spaced.replaceAll("\\s", ""));
  }

  /** A payload without a number. */
  static Spb payload(long timeMs) {
    return new Spb().with(out -> out.writeUInt64(1, timeMs));
  }

  static Spb payload(long timeMs, int seq) {
    return payload(timeMs).with(out -> out.writeUInt64(3, seq));
  }

  static Spb named(String name) {
    return new Spb().with(out -> out.writeString(1, name));
  }

  static Spb alias(long alias) {
    return new Spb().alias0(alias);
  }

  static Spb bdSeq(long number) {
    return named("bdSeq").type(Value.UINT64).longValue(number);
  }

  Spb with(Field field) {
    fields.add(field);
    return this;
  }

  Spb metric(Spb metric) {
    return with(out -> out.writeByteArray(2, metric.bytes()));
  }

  Spb alias0(long alias) {
    return with(out -> out.writeUInt64(2, alias));
  }

  Spb at(long timeMs) {
    return with(out -> out.writeUInt64(3, timeMs));
  }

  Spb type(int datatype) {
    return with(out -> out.writeUInt32(4, datatype));
  }

  Spb historical() {
    return with(out -> out.writeBool(5, true));
  }

  Spb isNull() {
    return with(out -> out.writeBool(7, true));
  }

  Spb quality(int quality) {
    return property(
        "Quality", new Spb().with(o -> o.writeUInt32(1, 3)).with(o -> o.writeUInt32(3, quality)));
  }

  Spb engUnit(String unit) {
    return property(
        "engUnit", new Spb().with(o -> o.writeUInt32(1, 12)).with(o -> o.writeString(8, unit)));
  }

  Spb property(String key, Spb value) {
    return with(
        out ->
            out.writeByteArray(
                9,
                new Spb()
                    .with(o -> o.writeString(1, key))
                    .with(o -> o.writeByteArray(2, value.bytes()))
                    .bytes()));
  }

  Spb intValue(int bits) {
    return with(out -> out.writeUInt32(10, bits));
  }

  Spb longValue(long bits) {
    return with(out -> out.writeUInt64(11, bits));
  }

  Spb floatValue(float value) {
    return with(out -> out.writeFloat(12, value));
  }

  Spb doubleValue(double value) {
    return with(out -> out.writeDouble(13, value));
  }

  Spb flag(boolean value) {
    return with(out -> out.writeBool(14, value));
  }

  Spb text(String value) {
    return with(out -> out.writeString(15, value));
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (Field field : fields) {
        field.to(out);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
