package org.minusone.ingest.decode.codec.gbt26875;

import java.util.HexFormat;
import java.util.Locale;

/** How addresses are written in the names of sensors, as {@code S/1-2/C}. */
enum Addresses {
  /** 12 and 8 digits, the high byte first (the wire has the low one first). */
  HEX {
    @Override
    String source(Frame frame) {
      return DIGITS.toHexDigits(number(frame.payload(), frame.start() + Frame.SOURCE, 6), 12);
    }

    @Override
    String component(byte[] bytes, int at) {
      return DIGITS.toHexDigits(number(bytes, at, 4), 8);
    }
  },

  /** One number; zone and place of a component with a hyphen between. */
  DECIMAL {
    @Override
    String source(Frame frame) {
      return Long.toString(number(frame.payload(), frame.start() + Frame.SOURCE, 6));
    }

    @Override
    String component(byte[] bytes, int at) {
      return Frame.word(bytes, at) + "-" + Frame.word(bytes, at + 2);
    }
  };

  private static final HexFormat DIGITS = HexFormat.of().withUpperCase();

  /** Of the transmission device that sent a frame. */
  abstract String source(Frame frame);

  /**
   * @param at of its 4 bytes: zone, place
   */
  abstract String component(byte[] bytes, int at);

  /** As the configuration has it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static long number(byte[] bytes, int at, int count) {
    long number = 0;
    for (int i = count - 1; i >= 0; i--) {
      number = number << 8 | bytes[at + i] & 0xff;
    }
    return number;
  }
}
