package org.minusone.rules.evaluate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.minusone.rules.quality.QualityMemory;

/** Bytes that grow; whole numbers as varints, small ones first. */
final class ByteWriter implements QualityMemory.Out {
  private byte[] bytes = new byte[256];
  private int size;

  void clear() {
    size = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void need(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  void oneByte(int value) {
    need(1);
    bytes[size++] = (byte) value;
  }

  void unsigned(long value) {
    need(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Zigzag: short for small numbers of either sign. */
  @Override
  public void signed(long value) {
    unsigned(value << 1 ^ value >> 63);
  }

  @Override
  public void real(double value) {
    need(8);
    long bits = Double.doubleToLongBits(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
  }

  /** Null and the empty text stay apart. */
  void text(String value) {
    if (value == null) {
      unsigned(0);
      return;
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    unsigned(utf8.length + 1L);
    need(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }
}
