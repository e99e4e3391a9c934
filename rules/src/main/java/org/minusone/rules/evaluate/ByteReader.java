package org.minusone.rules.evaluate;

import java.nio.charset.StandardCharsets;
import org.minusone.rules.quality.QualityMemory;

/** Reads what {@link ByteWriter} wrote. */
final class ByteReader implements QualityMemory.In {
  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int oneByte() {
    return bytes[at++] & 0xFF;
  }

  long unsigned() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  int count() {
    return (int) unsigned();
  }

  @Override
  public long signed() {
    long value = unsigned();
    return value >>> 1 ^ -(value & 1);
  }

  @Override
  public double real() {
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = bits << 8 | bytes[at++] & 0xFF;
    }
    return Double.longBitsToDouble(bits);
  }

  String text() {
    int length = count();
    if (length == 0) {
      return null;
    }
    String value = new String(bytes, at, length - 1, StandardCharsets.UTF_8);
    at += length - 1;
    return value;
  }
}
