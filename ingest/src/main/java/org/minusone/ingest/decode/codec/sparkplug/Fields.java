package org.minusone.ingest.decode.codec.sparkplug;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.minusone.ingest.decode.codec.Entries;

/**
 * The fields of one protobuf message, one after the other. Groups, which the schema has none of,
 * are refused, so nothing here calls itself.
 */
final class Fields {
  private final CodedInputStream in;
  private int tag;

  Fields(byte[] bytes) {
    this.in = CodedInputStream.newInstance(bytes);
  }

  /** Goes on to the next field; false at the end. */
  boolean next() throws IOException {
    tag = in.readTag();
    return tag != 0;
  }

  int number() {
    return WireFormat.getTagFieldNumber(tag);
  }

  /** How many bytes were read. */
  int at() {
    return in.getTotalBytesRead();
  }

  long varint() throws IOException {
    expect(WireFormat.WIRETYPE_VARINT);
    return in.readRawVarint64();
  }

  /** Milliseconds; what no signed number can hold is later than all times. 0 is no time. */
  long time() throws IOException {
    long ms = varint();
    if (ms == 0) {
      return Entries.NO_TIME;
    }
    return ms < 0 ? Long.MAX_VALUE : ms;
  }

  int int32() throws IOException {
    return (int) varint();
  }

  boolean flag() throws IOException {
    return varint() != 0;
  }

  /** In decimals: 21.3 is not to become 21.299999237060547. */
  double float32() throws IOException {
    expect(WireFormat.WIRETYPE_FIXED32);
    return Double.parseDouble(Float.toString(in.readFloat()));
  }

  double float64() throws IOException {
    expect(WireFormat.WIRETYPE_FIXED64);
    return in.readDouble();
  }

  /** A text, a message or bytes, as bytes. */
  byte[] block() throws IOException {
    expect(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return in.readByteArray();
  }

  /** Null if the bytes are no UTF-8. */
  static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  void skip() throws IOException {
    int type = WireFormat.getTagWireType(tag);
    if (type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP) {
      throw new IOException("field " + number() + " is a group, Sparkplug has none");
    }
    in.skipField(tag);
  }

  private void expect(int type) throws IOException {
    int is = WireFormat.getTagWireType(tag);
    if (is != type) {
      throw new IOException(
          "field " + number() + " has wire type " + is + ", the schema has " + type + " there");
    }
  }

  /** What is wrong, for a person: protobuf's own lines are for its users. */
  static String said(IOException e) {
    return e instanceof InvalidProtocolBufferException
        ? "it is cut off or no protobuf"
        : e.getMessage();
  }
}
